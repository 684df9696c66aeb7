import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aMember, aNetwork, aReply, aThread, type BuiltNetwork } from '../../community/factory.ts';
import type { NotificationSettings, Unsubscription } from '../../contract/notifications.ts';
import { database } from '../../database/connection.ts';
import { startTestApp, type TestApp } from '../../testing/app.ts';
import { DEFAULT_SETTINGS } from '../settings/settings.ts';
import { unsubscribeToken } from './unsubscribe-token.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

async function conversation(network: BuiltNetwork) {
  const [asker, helper] = [await aMember(network), await aMember(network)];
  const { number } = await aThread(await app.as(asker), network, { title: 'Una domanda riservata' });
  const reply = async () => {
    await aReply(await app.as(helper), number);
    await app.settled();
  };
  await reply();
  const mails = async () => (await database()('mails').where('person_id', asker.id).orderBy('id')) as { headers: Record<string, string>; body_text: string }[];
  return { asker, number, reply, mails };
}
const tokensOf = (body: string) => [...body.matchAll(/disiscrizione\?codice=([\w-]+)/g)].map(([, token = '']) => token);
const scopeOf = async (token: string) => (await app.anonymous().get<Unsubscription>(`unsubscriptions/${token}/scope`)).body;

describe('to unsubscribe', () => {
  it('needs nobody signed in: what a mail program posts stops the thread (RFC 8058)', async () => {
    const { asker, mails, reply, number } = await conversation(await aNetwork());
    const [mail] = await mails();
    const address = new URL(/<(.+)>/.exec(mail?.headers['List-Unsubscribe'] ?? '')?.[1] ?? '').pathname;
    // As such a program does: no cookie, no origin, a form
    const answer = await fetch(app.url + address, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'List-Unsubscribe=One-Click', redirect: 'manual' });
    expect(answer.status).toBe(200);
    await (await app.as(asker)).put('notices/reading');
    await reply();
    expect(await mails()).toHaveLength(1);
    expect((await (await app.as(asker)).get(`threads/${number}/notice-level`)).body).toMatchObject({ own: 'muted' });
    // Whoever opens that address comes to the page with the button
    const opened = await app.anonymous().raw('GET', address);
    expect([opened.status, opened.headers.get('location')]).toEqual([303, expect.stringMatching(/\/disiscrizione\?codice=/)]);
  });

  it('has a link for the thread, the network and all mails, each does its own and twice is once', async () => {
    const network = await aNetwork();
    const { asker, mails, number } = await conversation(network);
    const client = await app.as(asker);
    await client.put(`threads/${number}/notice-level`, { level: 'watching' });
    const tokens = tokensOf((await mails())[0]?.body_text ?? '');
    const post = async (token: string) => (await app.anonymous().post(`unsubscriptions/${token}?page=true`)).status;
    expect(await Promise.all(tokens.map(scopeOf))).toEqual([{ scope: 'thread', name: 'Una domanda riservata', done: false }, { scope: 'network', name: network.name, done: false }, { scope: 'all', name: '', done: false }]);
    const [, ofNetwork = '', all = ''] = tokens;
    expect([await post(ofNetwork), await post(ofNetwork)]).toEqual([303, 303]);
    expect(await scopeOf(ofNetwork)).toMatchObject({ done: true });
    expect((await client.get(`threads/${number}/notice-level`)).body).toEqual({ own: null, effective: 'muted', from: 'network' });
    await post(all);
    expect((await client.get<NotificationSettings>('notification-settings')).body).toEqual({ ...DEFAULT_SETTINGS, mails: false });
  });

  it('works with a link that we made and no other, and names nothing that she may no longer read', async () => {
    const closed = await aNetwork({ reading: 'members', joining: 'closed' });
    const { asker, mails } = await conversation(closed);
    const [thread = '', network = ''] = tokensOf((await mails())[0]?.body_text ?? '');
    // A bit of its signature, and of whom it is for
    for (const place of [5, 40]) {
      const spoilt = Buffer.from(thread, 'base64url').map((byte, index) => (index === place ? byte ^ 1 : byte));
      expect((await app.anonymous().get(`unsubscriptions/${Buffer.from(spoilt).toString('base64url')}/scope`)).status).toBe(404);
    }
    expect((await app.anonymous().post(`unsubscriptions/${'x'.repeat(66)}`)).status).toBe(404);
    expect((await app.anonymous().post(`unsubscriptions/${await unsubscribeToken('0190c7d0-0000-7000-8000-000000000000', { kind: 'all' })}`)).status).toBe(404);
    await (await app.as(asker)).delete(`networks/${closed.key}/membership`);
    expect([await scopeOf(thread), await scopeOf(network)]).toMatchObject([{ name: '' }, { name: '' }]);
  });
});
