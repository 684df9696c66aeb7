import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anAdministrator } from '../../accounts/factory.ts';
import type { NetworkHome, PostList, ThreadPage, ThreadView } from '../../contract/community.ts';
import type { SearchPage } from '../../contract/search.ts';
import type { CasePage, HeldPosts } from '../../contract/moderation.ts';
import type { Problem } from '../../contract/problem.ts';
import { database } from '../../database/connection.ts';
import { startTestApp, type TestApp, type TestClient } from '../../testing/app.ts';
import { aMember, aModerator, aNetwork, aReply, aThread, type BuiltNetwork } from '../factory.ts';
import { readTrust } from './trust.ts';

let app: TestApp;
let network: BuiltNetwork;
let moderator: TestClient;
beforeAll(async () => {
  app = await startTestApp();
  network = await aNetwork();
  moderator = await app.as(await aModerator(network));
  expect((await moderator.patch<NetworkHome>(`networks/${network.key}`, { holdFirst: true })).body.holdFirst).toBe(true);
});
afterAll(() => app.close());

const member = async (where: { id: string } = network) => {
  const person = await aMember(where);
  return { person, client: await app.as(person) };
};
/** Somebody here for long: only her posts count. */
const settled = (id: string) => database()('people').where({ id }).update({ confirmed_at: new Date(Date.now() - 48 * 3_600_000) });
const held = async (client: TestClient) => (await client.get<HeldPosts>(`networks/${network.key}/held-posts`)).body.items;
const queue = async () => (await moderator.get<CasePage>(`moderation/cases?network=${network.key}&limit=100`)).body.items;
const decide = (id: string, body: object) => moderator.put<Problem>(`moderation/cases/${id}/decision`, body);
const send = (client: TestClient, number: number, html = '<p>Il mio primo messaggio, xilofono</p>', clientId: string = randomUUID()) => client.post<PostList>(`threads/${number}/posts`, { clientId, html });

describe('trust', () => {
  it('follows from posts that stand, from time, from answers that solved; a moderator may vouch early', async () => {
    const free = await aNetwork();
    const keeper = await app.as(await aModerator(free));
    const [{ person, client }, asker] = [await member(free), await member(free)];
    const { number } = await aThread(asker.client, free);
    const posts = [await aReply(client, number), await aReply(client, number), await aReply(client, number)];
    expect(await readTrust(person.id)).toBe('new');
    await settled(person.id);
    expect(await readTrust(person.id)).toBe('member');
    await keeper.put(`posts/${posts[0]?.id}/removal`, { reason: 'Fuori tema' });
    expect(await readTrust(person.id)).toBe('new');
    for (const answer of [1, 2, 3]) {
      const asked = await aThread(asker.client, free);
      const post = await aReply(client, asked.number);
      await asker.client.put(`threads/${asked.number}/acceptance`, { postId: post.id });
      expect(await readTrust(person.id)).toBe(answer === 3 ? 'expert' : 'member');
    }
    const newcomer = await member(free);
    expect((await keeper.put(`moderation/people/${newcomer.person.id}/trust`, { level: 'member' })).body).toEqual({ trust: 'member' });
    expect(await readTrust(newcomer.person.id)).toBe('member');
    expect(await database()('audit_entries').where({ act: 'trust.grant', subject_id: newcomer.person.id })).toMatchObject([{ details: { before: { trust: 'new' }, after: { trust: 'member' } } }]);
    // Who helps herself solves nothing for others
    const alone = await member(free);
    for (let answer = 0; answer < 3; answer += 1) {
      const asked = await aThread(alone.client, free);
      await alone.client.put(`threads/${asked.number}/acceptance`, { postId: (await aReply(alone.client, asked.number)).id });
    }
    expect(await readTrust(alone.person.id)).toBe('new');
    expect(await readTrust((await anAdministrator()).id)).toBe('member');
  });

  it('limits the links of somebody new, at once and by an edit', async () => {
    const free = await aNetwork();
    const { person, client } = await member(free);
    const { number, postId } = await aThread(client, free);
    const links = (count: number) => Array.from({ length: count }, (_, at) => `<p>Vedi <a href="https://esempio.it/${at}">qui</a></p>`).join('');
    expect((await send(client, number, links(3))).body).toMatchObject({ status: 422, errors: [{ path: 'body.html', code: 'post-links' }] });
    expect((await send(client, number, '<p>https://a.it http://b.it https://c.it</p>')).status).toBe(422);
    expect((await send(client, number, links(2))).status).toBe(201);
    expect((await client.patch(`posts/${postId}`, { html: links(3) })).status).toBe(422);
    await database()('trust_grants').insert({ person_id: person.id, granted_by: person.id, at: new Date() });
    expect((await send(client, number, links(3))).status).toBe(201);
  });
});

describe('a held post', () => {
  it('is its author’s and the moderators’ alone, and gets its place when it is approved', async () => {
    const [known, { person, client }, reader] = [await member(), await member(), await member()];
    await database()('trust_grants').insert([known, reader].map(({ person: { id } }) => ({ person_id: id, granted_by: id, at: new Date() })));
    const { number } = await aThread(known.client, network, { title: 'Dove una nuova risponde' });
    const clientId = randomUUID();
    const answer = await send(client, number, '<p>Il mio primo messaggio, xilofono</p>', clientId);
    expect(answer).toMatchObject({ status: 202, body: { items: [], held: true, lastSequence: 1 } });
    expect((await send(client, number, '<p>Il mio primo messaggio, xilofono</p>', clientId)).status).toBe(202);
    expect((await client.post<Problem>(`threads/${number}/posts`, { clientId: randomUUID(), html: '<p>Con un allegato</p>', attachments: [{ uploadId: randomUUID().replaceAll('-', '') }] })).body).toMatchObject({ status: 422, errors: [{ path: 'body.attachments', code: 'held-files' }] });
    expect(await held(client)).toMatchObject([{ thread: { number }, title: null, html: '<p>Il mio primo messaggio, xilofono</p>' }]);
    expect(await held(known.client)).toEqual([]);
    for (const who of [known.client, client, app.anonymous()]) expect((await who.get<ThreadView>(`threads/${number}`)).body).toMatchObject({ lastSequence: 1, posts: [{ sequence: 1 }] });
    const unread = async () => (await reader.client.get<ThreadPage>(`networks/${network.key}/threads`)).body.items.find((thread) => thread.number === number)?.unread;
    await reader.client.put(`threads/${number}/reading`, { sequence: 1 });
    await aReply(known.client, number);
    await reader.client.put(`threads/${number}/reading`, { sequence: 2 });
    const found = async () => (await reader.client.get<SearchPage>('search?q=xilofono')).body.items.map(({ sequence }) => sequence);
    expect(await found()).toEqual([]);
    await app.settled();
    const told = () => database()('notices').where({ person_id: known.person.id, kind: 'thread-reply' });
    expect(await told()).toEqual([]);
    const [item] = (await queue()).filter(({ author }) => author.id === person.id);
    expect(item).toMatchObject({ kind: 'held', post: { sequence: null, thread: { number, title: 'Dove una nuova risponde' } }, author: { trust: 'new' }, abilities: { trust: true } });
    expect((await decide(item?.id ?? '', { decision: 'approved' })).status).toBe(200);
    expect((await decide(item?.id ?? '', { decision: 'refused', reason: 'Troppo tardi' })).body).toMatchObject({ code: 'case-decided' });
    expect((await known.client.get<ThreadView>(`threads/${number}`)).body.posts.map(({ sequence, author }) => [sequence, author.id])).toEqual([[1, known.person.id], [2, known.person.id], [3, person.id]]);
    expect(await unread()).toBe(1);
    expect(await found()).toEqual([3]);
    expect(await held(client)).toEqual([]);
    await app.settled();
    expect(await told()).toHaveLength(1);
    expect(await database()('notices').where({ person_id: person.id, kind: 'held-approved' })).toHaveLength(1);
    // Sent once more, it is the post that is there
    expect((await send(client, number, '<p>Il mio primo messaggio, xilofono</p>', clientId)).body).toMatchObject({ items: [{ sequence: 3 }] });
  });

  it('may open a thread, which is there once approved; refused it never is, and its author knows why', async () => {
    const { person, client } = await member();
    const ask = (title: string) => client.post<{ held?: boolean }>(`networks/${network.key}/threads`, { clientId: randomUUID(), title, html: '<p>Chiedo consiglio.</p>', tags: ['nuovi'] });
    const titles = async () => (await moderator.get<ThreadPage>(`networks/${network.key}/threads?limit=100`)).body.items.map(({ title }) => title);
    expect(await ask('La mia prima domanda')).toMatchObject({ status: 202, body: { held: true } });
    await ask('La mia seconda domanda');
    expect(await titles()).not.toContain('La mia prima domanda');
    const items = (await queue()).filter(({ author }) => author.id === person.id);
    expect(items.map(({ post }) => post?.thread)).toEqual([{ number: null, title: 'La mia prima domanda' }, { number: null, title: 'La mia seconda domanda' }]);
    await decide(items[0]?.id ?? '', { decision: 'approved' });
    await decide(items[1]?.id ?? '', { decision: 'refused', reason: 'È la stessa domanda' });
    expect(await titles()).toContain('La mia prima domanda');
    expect(await titles()).not.toContain('La mia seconda domanda');
    await app.settled();
    expect(await database()('notices').where({ person_id: person.id, kind: 'held-refused' })).toMatchObject([{ params: { reason: 'È la stessa domanda' } }]);
    expect(await held(client)).toEqual([]);
  });

  it('is not held of who is known, who moderates, or where the network does not ask for it', async () => {
    const free = await aNetwork();
    expect((await aThread((await member(free)).client, free)).number).toBeGreaterThan(0);
    expect((await aThread(moderator, network)).number).toBeGreaterThan(0);
    const { person, client } = await member();
    await moderator.put(`moderation/people/${person.id}/trust`, { level: 'member' });
    expect((await aThread(client, network)).number).toBeGreaterThan(0);
  });

  it('cannot be published once its author is out of a members’ network: it can be refused', async () => {
    const closed = await aNetwork({ reading: 'members' });
    await database()('networks').where('id', closed.id).update({ hold_first: true });
    const keeper = await app.as(await aModerator(closed));
    const { number } = await aThread(keeper, closed);
    const { person, client } = await member(closed);
    await send(client, number);
    await database()('network_members').where({ person_id: person.id }).update({ status: 'removed' });
    const { body } = await keeper.get<CasePage>('moderation/cases');
    expect((await keeper.put(`moderation/cases/${body.items[0]?.id}/decision`, { decision: 'approved' })).body).toMatchObject({ status: 409, code: 'held-place-gone' });
    expect((await keeper.put(`moderation/cases/${body.items[0]?.id}/decision`, { decision: 'refused', reason: 'Non è più nella rete' })).status).toBe(200);
  });
});
