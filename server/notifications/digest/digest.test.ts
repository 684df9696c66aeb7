import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aMember, aNetwork, aReply, aThread, type BuiltNetwork } from '../../community/factory.ts';
import type { NotificationSettings } from '../../contract/notifications.ts';
import { database } from '../../database/connection.ts';
import { startTestApp, type TestApp } from '../../testing/app.ts';
import { DEFAULT_SETTINGS } from '../settings/settings.ts';
import { tellPost } from '../tell-post.ts';
import { writeDigest } from './write-digest.ts';
import { writeDigests } from './write-digests.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ workers: false });
});
afterAll(() => app.close());

const [MONDAY, TUESDAY, WEDNESDAY] = ['2026-11-30', '2026-12-01', '2026-12-02'];
const NO_SUGGESTIONS: NotificationSettings['ways'] = { ...DEFAULT_SETTINGS.ways, suggestion: 'none' };

async function reader(network: BuiltNetwork, ways: Partial<NotificationSettings['ways']>) {
  const person = await aMember(network);
  const client = await app.as(person);
  await client.put('notification-settings', { ...DEFAULT_SETTINGS, ways: { ...NO_SUGGESTIONS, ...ways } });
  const mails = async () => (await database()('mails').where('person_id', person.id).whereLike('key', 'digest:%').orderBy('key')) as { key: string; subject: string; body_text: string; headers: Record<string, string> }[];
  return { id: person.id, client, mails };
}

describe('a digest', () => {
  it('tells once what waited for it, on its day, however often it is written', async () => {
    const network = await aNetwork();
    const [weekly, helper] = [await reader(network, { reply: 'weekly' }), await aMember(network)];
    const { number } = await aThread(weekly.client, network, { title: 'Chi paga la mensa?' });
    await tellPost({ postId: (await aReply(await app.as(helper), number)).id });
    await writeDigest(weekly.id, TUESDAY);
    expect(await weekly.mails()).toEqual([]);
    await Promise.all([writeDigest(weekly.id, MONDAY), writeDigest(weekly.id, MONDAY)]);
    await writeDigest(weekly.id, MONDAY);
    expect(await weekly.mails()).toMatchObject([{ key: `digest:${MONDAY}:${weekly.id}`, subject: 'Il riepilogo della settimana', body_text: expect.stringContaining('Nuova risposta: Chi paga la mensa?'), headers: { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } }]);
    await writeDigest(weekly.id, '2026-12-07');
    expect(await weekly.mails()).toHaveLength(1);
  });

  it('is never empty, and holds nothing that was read, muted, removed, or may no longer be read', async () => {
    const [network, left] = [await aNetwork(), await aNetwork({ reading: 'members' })];
    const daily = await reader(network, { reply: 'daily' });
    await database()('network_members').insert({ network_id: left.id, person_id: daily.id, status: 'active', decided_at: new Date() });
    await writeDigest(daily.id, TUESDAY);
    const helper = await app.as(await aMember(network));
    const helperThere = await app.as(await aMember(left));
    const told = async (title: string, where: BuiltNetwork) => {
      const { number } = await aThread(daily.client, where, { title });
      await tellPost({ postId: (await aReply(where === left ? helperThere : helper, number)).id });
      return number;
    };
    await told('Questa la ha letta', network);
    await daily.client.put('notices/reading');
    const muted = await told('Questa è silenziata', network);
    await daily.client.put(`threads/${muted}/notice-level`, { level: 'muted' });
    const removed = await told('Questa è rimossa', network);
    await database()('threads').where('number', removed).update({ deleted_at: new Date() });
    await told('Questa è riservata', left);
    await daily.client.delete(`networks/${left.key}/membership`);
    await writeDigest(daily.id, TUESDAY);
    expect(await daily.mails()).toEqual([]);
    // It would have been written for anything else
    await told('Questa le importa', network);
    await writeDigest(daily.id, WEDNESDAY);
    const [mail] = await daily.mails();
    expect(mail?.body_text).toContain('Questa le importa');
    for (const title of ['letta', 'silenziata', 'rimossa', 'riservata']) expect(mail?.body_text).not.toContain(title);
  });

  it('names questions that she can answer: in her networks, unsolved, of others, the ones near her tags first', async () => {
    const [network, foreign] = [await aNetwork(), await aNetwork({ reading: 'members' })];
    const expert = await reader(network, { suggestion: 'daily' });
    const asker = await app.as(await aMember(network));
    const { number: answered } = await aThread(asker, network, { title: 'Quella a cui ha risposto', tags: ['espropri'] });
    await aReply(expert.client, answered);
    await aThread(asker, network, { title: 'Vicina alle sue etichette', tags: ['espropri'] });
    for (const title of ['Lontana numero uno', 'Lontana numero due', 'Lontana numero tre']) await aThread(asker, network, { title });
    await aThread(expert.client, network, { title: 'La sua stessa domanda' });
    await aThread(await app.as(await aMember(foreign)), foreign, { title: 'Di un’altra rete' });
    await writeDigest(expert.id, TUESDAY);
    const body = (await expert.mails())[0]?.body_text ?? '';
    const order = ['Vicina alle sue etichette', 'Lontana numero tre', 'Lontana numero due'].map((title) => body.indexOf(title));
    expect(order.every((place, index) => place > (order[index - 1] ?? 0))).toBe(true);
    for (const title of ['Lontana numero uno', 'Quella a cui ha risposto', 'La sua stessa domanda', 'Di un’altra rete']) expect(body).not.toContain(title);
    expect(body).toContain('ancora senza risposta');
  });

  it('is looked for every morning, for whom it may concern and nobody who stopped the mails', async () => {
    const network = await aNetwork();
    const [wants, stopped, nothing] = [await reader(network, { suggestion: 'daily' }), await reader(network, { suggestion: 'daily' }), await reader(network, {})];
    await stopped.client.put('notification-settings', { ...DEFAULT_SETTINGS, mails: false, ways: { ...DEFAULT_SETTINGS.ways, suggestion: 'daily' } });
    await writeDigests();
    const { rows } = await database().raw<{ rows: { data: string }[] }>("select data::text from bullmq.job where name = 'write-digest'");
    const concerned = (id: string) => rows.some(({ data }) => data.includes(id));
    expect([concerned(wants.id), concerned(stopped.id), concerned(nothing.id)]).toEqual([true, false, false]);
    await aThread(await app.as(await aMember(network)), network);
    await writeDigest(stopped.id, TUESDAY);
    expect(await stopped.mails()).toEqual([]);
  });
});
