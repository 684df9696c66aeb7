import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { aMember, aNetwork, aReply, aThread } from '../../community/factory.ts';
import { database } from '../../database/connection.ts';
import { clock } from '../../gateways/clock.ts';
import { startTestApp, type TestApp } from '../../testing/app.ts';
import { deliverMail } from '../deliver-mail.ts';
import { tellPost } from '../tell-post.ts';
import { quietUntil } from './quiet-hours.ts';
import { DEFAULT_SETTINGS } from './settings.ts';

let app: TestApp;
beforeAll(async () => {
  // What waits does not settle: here the tests do the work
  app = await startTestApp({ workers: false });
});
afterEach(() => clock.reset());
afterAll(() => app.close());

const at = (moment: string) => new Date(moment);
const night = { quiet: { from: '19:00', until: '07:30' }, quietWeekends: false };
const office = { quiet: { from: '12:30', until: '14:00' }, quietWeekends: true };

describe('quiet hours', () => {
  it.each([
    ['by day nothing waits', night, '2026-11-25T11:00:00+01:00', null],
    ['in the evening until the morning', night, '2026-11-25T21:00:00+01:00', '2026-11-26T07:30:00+01:00'],
    ['at their first minute', night, '2026-11-25T19:00:00+01:00', '2026-11-26T07:30:00+01:00'],
    ['at night, of the same day', night, '2026-11-26T02:00:00+01:00', '2026-11-26T07:30:00+01:00'],
    ['not at their end', night, '2026-11-26T07:30:00+01:00', null],
    ['at lunch', office, '2026-11-25T13:00:00+01:00', '2026-11-25T14:00:00+01:00'],
    ['a whole weekend', office, '2026-11-28T10:00:00+01:00', '2026-11-30T00:00:00+01:00'],
    ['a weekend and then the night before Monday', { ...night, quietWeekends: true }, '2026-11-28T10:00:00+01:00', '2026-11-30T07:30:00+01:00'],
    ['the night in which clocks go forward', night, '2027-03-27T23:00:00+01:00', '2027-03-28T07:30:00+02:00'],
    ['the night in which clocks go back', night, '2026-10-24T23:00:00+02:00', '2026-10-25T07:30:00+01:00'],
    ['in summer it is Rome’s hour too', night, '2026-07-01T20:00:00Z', '2026-07-02T07:30:00+02:00'],
    ['none', { quiet: null, quietWeekends: false }, '2026-11-28T03:00:00+01:00', null],
  ] as const)('%s', (_, settings, now, until) => {
    expect(quietUntil(settings, at(now))?.toISOString() ?? null).toBe(until === null ? null : at(until).toISOString());
  });

  async function heldMail() {
    const network = await aNetwork({ reading: 'members' });
    const [asker, helper] = [await aMember(network), await aMember(network)];
    const client = await app.as(asker);
    const { number } = await aThread(client, network);
    // Quiet from this minute on for 23 hours
    const wall = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Rome', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    const from = wall.format(new Date(Date.now() - 600_000));
    const until = wall.format(new Date(Date.now() - 1_200_000));
    expect((await client.put('notification-settings', { ...DEFAULT_SETTINGS, quiet: { from, until } })).status).toBe(200);
    const { id } = await aReply(await app.as(helper), number);
    await tellPost({ postId: id });
    const mail = (await database()('mails').where('person_id', asker.id).first('id')) as { id: string };
    const delay = (await database().raw<{ rows: { delay: string }[] }>("select delay_ms::text as delay from bullmq.job where name = 'deliver-mail' and data::text like ?", [`%${mail.id}%`])).rows[0]?.delay;
    const dropped = async () => ((await database()('mails').where('id', mail.id).first('dropped_at')) as { dropped_at: Date | null }).dropped_at !== null;
    return { client, network, mail, delay: Number(delay), dropped };
  }

  it('hold a mail until they end, and then it leaves', async () => {
    const { mail, delay, dropped } = await heldMail();
    expect(delay).toBeGreaterThan(22 * 3_600_000);
    await deliverMail(mail.id);
    expect(await dropped()).toBe(false);
  });

  it('let go of a mail whose notice was read meanwhile', async () => {
    const { client, mail, dropped } = await heldMail();
    await client.put('notices/reading');
    await deliverMail(mail.id);
    expect(await dropped()).toBe(true);
  });

  it('let go of a mail of a network that she has left meanwhile', async () => {
    const { client, network, mail, dropped } = await heldMail();
    await client.delete(`networks/${network.key}/membership`);
    await deliverMail(mail.id);
    expect(await dropped()).toBe(true);
  });
});

describe('the ways of notices', () => {
  it('are all at once until she says otherwise, and are refused where they make no sense', async () => {
    const client = await app.as(await aMember(await aNetwork()));
    expect((await client.get('notification-settings')).body).toEqual(DEFAULT_SETTINGS);
    expect((await client.put('notification-settings', { ...DEFAULT_SETTINGS, quiet: { from: '08:00', until: '08:00' } })).body).toMatchObject({ errors: [{ path: 'body.quiet.until', code: 'quiet-empty' }] });
    expect((await client.put('notification-settings', { ...DEFAULT_SETTINGS, quiet: { from: '25:00', until: '08:00' } })).body).toMatchObject({ errors: [{ code: 'bad-hour' }] });
    expect((await client.put('notification-settings', { ...DEFAULT_SETTINGS, ways: { ...DEFAULT_SETTINGS.ways, suggestion: 'now' } })).status).toBe(422);
  });

  it.each([['none', null], ['daily', 'daily'], ['weekly', 'weekly']] as const)('%s: the notice is in the page, and no mail leaves at once', async (way, digest) => {
    const network = await aNetwork();
    const [asker, helper] = [await aMember(network), await aMember(network)];
    const client = await app.as(asker);
    const { number } = await aThread(client, network);
    await client.put('notification-settings', { ...DEFAULT_SETTINGS, ways: { ...DEFAULT_SETTINGS.ways, reply: way } });
    await tellPost({ postId: (await aReply(await app.as(helper), number)).id });
    expect((await database()('notices').where('person_id', asker.id).select('kind', 'digest')) as object[]).toEqual([{ kind: 'thread-reply', digest }]);
    expect(await database()('mails').where('person_id', asker.id)).toEqual([]);
  });
});
