import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aMember, aNetwork, aReply, aThread, type BuiltNetwork } from '../../community/factory.ts';
import type { NetworkCard, ThreadPage } from '../../contract/community.ts';
import type { FollowedPlaces, LevelState, Notice, NoticeLevel } from '../../contract/notifications.ts';
import { database } from '../../database/connection.ts';
import { startTestApp, type TestApp, type TestClient } from '../../testing/app.ts';
import { decide, tellPost } from '../tell-post.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

async function member(network: BuiltNetwork): Promise<{ id: string; client: TestClient; membershipId: string }> {
  const person = await aMember(network);
  return { id: person.id, membershipId: person.membershipId, client: await app.as(person) };
}
const noticesOf = async (client: TestClient) => (await client.get<{ items: Notice[] }>('notices?limit=100')).body.items;
const follow = (client: TestClient, place: string, level: NoticeLevel | null) => client.put<LevelState>(`${place}/notice-level`, { level });
const placeOf = (network: BuiltNetwork, tag?: string) => [`networks/${network.key}/notice-level`, tag ? `?tag=${tag}` : ''].join('');

describe('a level', () => {
  const quiet = { place: 'network', mentioned: false, wrote: false, interested: false, asked: false, told: false } as const;
  it.each([
    ['watching', 1, {}, 'thread-new'], ['watching', 2, {}, 'thread-reply'], ['watching', 2, { told: true }, 'thread-reply'],
    ['first', 1, {}, 'thread-new'], ['first', 2, {}, undefined], ['first', 2, { wrote: true }, 'thread-reply'],
    ['normal', 1, {}, undefined], ['normal', 2, {}, undefined], ['normal', 2, { wrote: true }, 'thread-reply'], ['normal', 2, { interested: true }, 'thread-reply'], ['normal', 2, { wrote: true, told: true }, undefined],
    ['tracking', 1, {}, undefined], ['tracking', 2, { wrote: true }, undefined], ['tracking', 2, { asked: true }, 'thread-reply'], ['tracking', 2, { mentioned: true }, 'mention'],
    ['normal', 1, { mentioned: true }, 'mention'], ['muted', 2, { mentioned: true, asked: true, wrote: true }, undefined],
  ] as const)('%s, message %i, %j: %s', (level, sequence, more, kind) => {
    expect(decide({ ...quiet, level, ...more }, sequence)?.kind).toBe(kind);
  });

  it('of the most specific place wins: thread over tag over network over normal; forgotten, the wider one holds again', async () => {
    const network = await aNetwork();
    const { client } = await member(network);
    const { number } = await aThread((await member(network)).client, network, { tags: ['sisma', 'bilancio'] });
    const state = async () => (await client.get<LevelState>(`threads/${number}/notice-level`)).body;
    expect(await state()).toEqual({ own: null, effective: 'normal', from: 'default' });
    await follow(client, `networks/${network.key}`, 'muted');
    expect(await state()).toEqual({ own: null, effective: 'muted', from: 'network' });
    await client.put(placeOf(network, 'sisma'), { level: 'tracking' });
    await client.put(placeOf(network, 'bilancio'), { level: 'first' });
    // Of several tags the most attentive
    expect(await state()).toEqual({ own: null, effective: 'first', from: 'tag' });
    expect((await client.get<LevelState>(placeOf(network, 'sisma'))).body).toEqual({ own: 'tracking', effective: 'tracking', from: 'tag' });
    expect((await follow(client, `threads/${number}`, 'watching')).body).toEqual({ own: 'watching', effective: 'watching', from: 'thread' });
    expect((await client.get<FollowedPlaces>('notice-levels')).body.items.map(({ level, tag, thread }) => [level, tag, thread?.number ?? null])).toEqual([['muted', null, null], ['first', 'bilancio', null], ['tracking', 'sisma', null], ['watching', null, number]]);
    expect((await follow(client, `threads/${number}`, null)).body).toEqual({ own: null, effective: 'first', from: 'tag' });
    expect((await client.put(placeOf(network), { level: 'loud' })).status).toBe(422);
  });

  it('is for who is in the network, and of a closed one nobody else learns', async () => {
    const [network, closed] = [await aNetwork(), await aNetwork({ reading: 'members', joining: 'closed' })];
    const stranger = (await member(network)).client;
    const { number } = await aThread((await member(closed)).client, closed);
    for (const place of [`networks/${closed.key}`, `threads/${number}`]) {
      expect((await stranger.get(`${place}/notice-level`)).status).toBe(404);
      expect((await follow(stranger, place, 'watching')).status).toBe(404);
    }
    const open = await aNetwork();
    expect((await follow(stranger, `networks/${open.key}`, 'watching')).body).toMatchObject({ code: 'network-not-member' });
  });

  it('tells of new threads and of every message as it says, with why; nothing to who left', async () => {
    const network = await aNetwork({ reading: 'members' });
    const [author, watcher, first, tagged, gone] = [await member(network), await member(network), await member(network), await member(network), await member(network)];
    await follow(watcher.client, `networks/${network.key}`, 'watching');
    await follow(gone.client, `networks/${network.key}`, 'watching');
    await follow(first.client, `networks/${network.key}`, 'first');
    await tagged.client.put(placeOf(network, 'mepa'), { level: 'watching' });
    await gone.client.delete(`networks/${network.key}/membership`);
    const { number } = await aThread(author.client, network, { tags: ['mepa'] });
    await aReply(author.client, number);
    await aReply(author.client, number);
    await app.settled();
    const told = async (client: TestClient) => (await noticesOf(client)).map(({ kind }) => kind);
    expect(await told(watcher.client)).toEqual(['thread-reply', 'thread-reply', 'thread-new']);
    expect(await told(tagged.client)).toEqual(['thread-reply', 'thread-reply', 'thread-new']);
    expect(await told(first.client)).toEqual(['thread-new']);
    expect(await told(gone.client)).toEqual([]);
    expect((await noticesOf(tagged.client))[0]?.why).toEqual({ text: `Segui tutti i messaggi con l’etichetta «mepa» nella rete «${network.name}».`, link: `/reti/${network.key}?etichetta=mepa#avvisi` });
    expect((await noticesOf(first.client))[0]?.why?.text).toMatch(/nuove discussioni della rete/);
    const mails = (await database()('mails').where('person_id', first.id)) as { subject: string; body_text: string; headers: Record<string, string> }[];
    expect(mails[0]).toMatchObject({ subject: `[${network.name}] Come si fa una convenzione?`, headers: { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } });
    expect(mails[0]?.body_text).toContain('Perché ricevo questo avviso? Vuoi sapere delle nuove discussioni della rete');
    expect(mails[0]?.body_text).toContain('Chiedo consiglio.');
  });

  it('muted counts nothing as unread and lists nothing as such, and is only her own', async () => {
    const network = await aNetwork();
    const [author, muting, other] = [await member(network), await member(network), await member(network)];
    const { number } = await aThread(author.client, network, { title: 'Da non vedere mai', tags: ['rumore'] });
    const unread = async (client: TestClient) => ({
      thread: (await client.get<ThreadPage>(`networks/${network.key}/threads`)).body.items[0]?.unread,
      network: (await client.get<NetworkCard>(`networks/${network.key}`)).body.unread,
      listed: (await client.get<ThreadPage>(`networks/${network.key}/threads?filter=unread`)).body.items.length,
    });
    expect(await unread(muting.client)).toEqual({ thread: 1, network: 1, listed: 1 });
    await muting.client.put(placeOf(network, 'rumore'), { level: 'muted' });
    expect(await unread(muting.client)).toEqual({ thread: 0, network: 0, listed: 0 });
    await follow(muting.client, `threads/${number}`, 'tracking');
    expect(await unread(muting.client)).toEqual({ thread: 1, network: 1, listed: 1 });
    expect(await unread(other.client)).toEqual({ thread: 1, network: 1, listed: 1 });
  });

  it('is at least normal in a thread in which she writes, unless she spoke of that very thread', async () => {
    const network = await aNetwork();
    const [asker, writer, stubborn] = [await member(network), await member(network), await member(network)];
    const { number } = await aThread(asker.client, network);
    await follow(writer.client, `networks/${network.key}`, 'muted');
    await follow(stubborn.client, `threads/${number}`, 'muted');
    await aReply(writer.client, number);
    await aReply(stubborn.client, number);
    await app.settled();
    expect((await writer.client.get<LevelState>(`threads/${number}/notice-level`)).body).toMatchObject({ own: 'normal' });
    await writer.client.put('notices/reading');
    await aReply(asker.client, number);
    await app.settled();
    expect((await noticesOf(writer.client))[0]?.why?.text).toBe('Hai scritto in questa discussione.');
    expect(await noticesOf(stubborn.client)).toEqual([]);
  });
});

describe('a new post', () => {
  it('is not told to who has read it before its time, nor twice whatever is retried', async () => {
    const network = await aNetwork();
    const [asker, helper] = [await member(network), await member(network)];
    const { number } = await aThread(asker.client, network);
    await app.settled();
    const { id, sequence } = await aReply(helper.client, number);
    await app.settled();
    await Promise.all([tellPost({ postId: id }), tellPost({ postId: id })]);
    expect(await noticesOf(asker.client)).toHaveLength(1);
    await database()('notices').where('person_id', asker.id).delete();
    await asker.client.put(`threads/${number}/reading`, { sequence });
    await tellPost({ postId: id });
    expect(await noticesOf(asker.client)).toEqual([]);
  });
});
