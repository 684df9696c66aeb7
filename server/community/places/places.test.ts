import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import { anAdministrator, aPerson } from '../../accounts/factory.ts';
import type { NetworkHome, Post, PostList, Successor, ThreadPage, ThreadView } from '../../contract/community.ts';
import type { DraftState } from '../../contract/drafts.ts';
import type { SearchPage } from '../../contract/search.ts';
import { database } from '../../database/connection.ts';
import { startTestApp, type TestApp, type TestClient } from '../../testing/app.ts';
import { anUpload } from '../documents/factory.ts';
import { aMember, aModerator, aNetwork, aReply, aThread, type BuiltNetwork } from '../factory.ts';

let app: TestApp;
let administrator: TestClient;
beforeAll(async () => {
  app = await startTestApp();
  administrator = await app.as(await anAdministrator());
});
afterAll(() => app.close());

const SECRET = 'corbezzolo';
const view = async (client: TestClient, number: number, query = '') => (await client.get<ThreadView>(`threads/${number}${query}`)).body;
const unread = async (client: TestClient, network: BuiltNetwork, number: number) => (await client.get<ThreadPage>(`networks/${network.key}/threads?limit=100`)).body.items.find((thread) => thread.number === number)?.unread;
const counts = async (network: BuiltNetwork) => {
  const { threads, unanswered, tags } = (await administrator.get<NetworkHome>(`networks/${network.key}`)).body;
  return { threads, unanswered, tags };
};
const found = async (client: TestClient, q: string) => (await client.get<SearchPage>(`search?q=${encodeURIComponent(q)}`)).body.items.map(({ thread, sequence }) => [thread.number, sequence]);
const actsOn = async (act: string) => ((await database()('audit_entries').where({ act }).orderBy('id', 'desc').first('details')) as { details: Record<string, unknown> }).details;

async function member(network: BuiltNetwork) {
  const person = await aMember(network);
  return { person, client: await app.as(person) };
}

/** A thread with some replies, and its sequences are 1 … n. */
async function aConversation(client: TestClient, network: BuiltNetwork, replies: string[], title?: string) {
  const { number, postId } = await aThread(client, network, { ...(title ? { title } : {}), tags: ['gare'] });
  const posts: { id: string; sequence: number }[] = [{ id: postId, sequence: 1 }];
  for (const words of replies) posts.push(await aReply(client, number, `<p>${words}</p>`));
  return { number, posts, ids: posts.map(({ id }) => id) };
}

/** Sequences have no gap and no double, and the thread knows how many there are. */
async function expectExact(number: number): Promise<void> {
  const { rows: [row] } = await database().raw<{ rows: { last: number; posts: number; away: number; most: number | null }[] }>(
    `select t.last_sequence as last, t.moved_away as away, count(p.id)::int as posts, max(p.sequence) as most, count(p.moved_id)::int as gone from threads t join posts p on p.thread_id = t.id where t.number = ? group by t.id`, [number]);
  expect(row).toEqual({ last: row?.most, posts: row?.most, away: (row as { gone?: number }).gone, most: row?.most, gone: (row as { gone?: number }).gone });
}

describe('a split', () => {
  it('takes posts out in their order, leaves their places, and is exact about what each has read', async () => {
    const network = await aNetwork();
    const [writer, half, whole, late] = [await member(network), await member(network), await member(network), await member(network)];
    const moderator = await app.as(await aModerator(network));
    const { number, ids } = await aConversation(writer.client, network, ['due', 'tre mirtilli', 'quattro', 'cinque mirtilli', 'sei']);
    await half.client.put(`threads/${number}/reading`, { sequence: 3 });
    await whole.client.put(`threads/${number}/reading`, { sequence: 6 });
    await late.client.put(`networks/${network.key}/reading`);
    await half.client.put(`posts/${ids[2]}/reactions/useful`);
    await half.client.put(`threads/${number}/notice-level`, { level: 'watching' });
    const { status, body: created } = await moderator.post<ThreadView>(`threads/${number}/splits`, { title: 'Dei mirtilli si parla qui', tags: ['bosco'], postIds: [ids[4], ids[2]], reason: 'Altro argomento' });
    expect(status).toBe(201);
    expect(created).toMatchObject({ author: { id: writer.person.id }, lastSequence: 2, replies: 1, notes: [{ kind: 'split', sequence: 1, thread: { number }, solutionDropped: false }] });
    expect(created.posts.map(({ id, sequence, html }) => [id, sequence, html])).toEqual([[ids[2], 1, '<p>tre mirtilli</p>'], [ids[4], 2, '<p>cinque mirtilli</p>']]);
    expect(created.posts[0]?.reactions).toMatchObject([{ kind: 'useful', count: 1 }]);
    const old = await view(app.anonymous(), number);
    expect(old).toMatchObject({ lastSequence: 6, replies: 3 });
    const place = (sequence: number) => ({ network: network.key, number: created.number, title: 'Dei mirtilli si parla qui', sequence });
    expect(old.posts.map(({ sequence, html, moved }) => [sequence, html, moved?.to])).toEqual([
      [1, '<p>Chiedo consiglio.</p>', undefined], [2, '<p>due</p>', undefined], [3, '', place(1)], [4, '<p>quattro</p>', undefined], [5, '', place(2)], [6, '<p>sei</p>', undefined],
    ]);
    for (const thread of [number, created.number]) await expectExact(thread);
    expect([await unread(half.client, network, number), await unread(half.client, network, created.number)]).toEqual([3, 1]);
    expect([await unread(whole.client, network, number), await unread(whole.client, network, created.number)]).toEqual([0, 0]);
    expect([await unread(late.client, network, number), await unread(late.client, network, created.number)]).toEqual([0, 0]);
    await aReply(writer.client, created.number);
    expect(await Promise.all([half, whole, late].map(({ client }) => unread(client, network, created.number)))).toEqual([2, 1, 1]);
    // Found where they are, and by the title that they have now
    expect(await found(app.anonymous(), 'mirtilli')).toEqual(expect.arrayContaining([[created.number, 1], [created.number, 2]]));
    expect((await found(app.anonymous(), 'mirtilli')).filter(([thread]) => thread === number)).toEqual([]);
    expect(await counts(network)).toMatchObject({ threads: 2, unanswered: 2, tags: [{ tag: 'bosco', threads: 1 }, { tag: 'gare', threads: 1 }] });
    expect((await half.client.get<{ own: string }>(`threads/${created.number}/notice-level`)).body.own).toBe('watching');
    expect(await actsOn('thread.split')).toMatchObject({ number, reason: 'Altro argomento', before: { posts: [3, 5] }, after: { thread: created.number, posts: [1, 2] } });
    // What went away is nobody’s to change here
    const marker = old.posts[2]?.id;
    expect((await writer.client.patch(`posts/${marker}`, { html: '<p>Mio</p>' })).status).toBe(409);
    expect((await administrator.put(`posts/${marker}/restoration`, { reason: 'Torna indietro' })).status).toBe(409);
  });

  it('is a moderator’s: others are refused, mistakes said, and a solution that goes away is one no more', async () => {
    const network = await aNetwork();
    const { client } = await member(network);
    const { number, ids } = await aConversation(client, network, ['due', 'tre']);
    const moderator = await app.as(await aModerator(network));
    const order = { title: 'Un altro argomento', postIds: [ids[1]] };
    expect((await client.post(`threads/${number}/splits`, order)).status).toBe(403);
    expect((await moderator.post(`threads/${number}/splits`, { title: 'no', postIds: [] })).body).toMatchObject({ errors: [{ path: 'body.title' }, { path: 'body.postIds' }] });
    expect((await moderator.post(`threads/${number}/splits`, { ...order, postIds: [ids[0]] })).body).toMatchObject({ errors: [{ code: 'split-question' }] });
    await client.put(`posts/${ids[2]}/removal`, {});
    expect((await moderator.post(`threads/${number}/splits`, { ...order, postIds: [ids[2]] })).body).toMatchObject({ errors: [{ code: 'split-first-removed' }] });
    await client.put(`threads/${number}/acceptance`, { postId: ids[1] });
    expect(await counts(network)).toMatchObject({ unanswered: 0 });
    const { body: created } = await moderator.post<ThreadView>(`threads/${number}/splits`, order);
    expect(created).toMatchObject({ accepted: null, notes: [{ solutionDropped: true }] });
    const old = await view(client, number);
    expect([old.accepted, old.posts[1]?.moved?.solution]).toEqual([null, true]);
    expect(await counts(network)).toMatchObject({ unanswered: 2 });
  });

  it('by two moderators at once is done once, and replies that arrive meanwhile are all there, in order', async () => {
    const network = await aNetwork();
    const { client } = await member(network);
    const moderators = await Promise.all([1, 2].map(async () => app.as(await aModerator(network))));
    const { number, ids } = await aConversation(client, network, ['due', 'tre', 'quattro']);
    const [splits, replies] = await Promise.all([
      Promise.all(moderators.map((moderator, i) => moderator.post<ThreadView>(`threads/${number}/splits`, { title: `Per conto suo ${i}`, postIds: [ids[1], ids[2 + i]] }))),
      Promise.all(Array.from({ length: 12 }, () => aReply(client, number))),
    ]);
    expect(splits.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    expect(splits.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'posts-moved' });
    expect(replies.map(({ sequence }) => sequence).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, i) => i + 5));
    await expectExact(number);
  });
});

describe('a merge', () => {
  it('appends the posts with their authors and dates, leads the old address on, and is exact about what each has read', async () => {
    const network = await aNetwork();
    const [asker, other, both, one, none] = [await member(network), await member(network), await member(network), await member(network), await member(network)];
    const moderator = await app.as(await aModerator(network));
    const source = await aConversation(asker.client, network, ['risposta vecchia', 'altra vecchia'], 'La stessa domanda doppia');
    const target = await aConversation(other.client, network, ['già detto']);
    await asker.client.put(`threads/${source.number}/acceptance`, { postId: source.ids[1] });
    await both.client.put(`threads/${source.number}/reading`, { sequence: 2 });
    await both.client.put(`threads/${target.number}/reading`, { sequence: 2 });
    await one.client.put(`threads/${source.number}/reading`, { sequence: 3 });
    await one.client.put(`threads/${source.number}/interest`);
    await one.client.put(`threads/${source.number}/draft`, { version: 0, device: randomUUID(), html: '<p>Nella prima</p>' });
    await one.client.put(`threads/${target.number}/draft`, { version: 0, device: randomUUID(), html: '<p>Nella seconda</p>' });
    const before = (await view(moderator, source.number)).posts.map(({ author, createdAt, html }) => [author.id, createdAt, html]);
    expect((await asker.client.put(`threads/${source.number}/merger`, { into: target.number })).status).toBe(403);
    expect((await moderator.put(`threads/${source.number}/merger`, { into: source.number })).body).toMatchObject({ errors: [{ code: 'merge-itself' }] });
    const { body: merged } = await moderator.put<ThreadView>(`threads/${source.number}/merger`, { into: target.number });
    expect(merged.posts.slice(2).map(({ author, createdAt, html }) => [author.id, createdAt, html])).toEqual(before);
    // Its solution is the other’s, which had none
    expect(merged).toMatchObject({ lastSequence: 5, accepted: { postId: source.ids[1], sequence: 4 }, notes: [{ kind: 'merged', sequence: 3, thread: { number: source.number, title: 'La stessa domanda doppia' } }], interest: { bodies: 1 } });
    for (const thread of [source.number, target.number]) await expectExact(thread);
    expect((await asker.client.get(`threads/${source.number}`)).status).toBe(404);
    expect((await app.anonymous().get<Successor>(`threads/${source.number}/successor?sequence=2`)).body).toEqual({ network: network.key, number: target.number, sequence: 4 });
    // Who had read all of the one goes on where she was in the other; who had not, from where she was; to who marks all as read nothing is new
    expect(await Promise.all([both, one, none].map(({ client }) => unread(client, network, target.number)))).toEqual([1, 5, 5]);
    await none.client.put(`networks/${network.key}/reading`);
    expect(await unread(none.client, network, target.number)).toBe(0);
    expect(await counts(network)).toMatchObject({ threads: 1, unanswered: 0, tags: [{ tag: 'gare', threads: 1 }] });
    expect((await found(app.anonymous(), 'domanda doppia')).filter(([thread]) => thread === target.number)).toEqual([]);
    const { draft } = (await one.client.get<DraftState>(`threads/${target.number}/draft`)).body;
    expect([draft?.html, ...(draft?.others ?? []).map(({ html }) => html)]).toEqual(['<p>Nella seconda</p>', '<p>Nella prima</p>']);
    expect(await actsOn('thread.merge')).toMatchObject({ number: source.number, before: { posts: [1, 2, 3], accepted: 2 }, after: { thread: target.number, posts: [3, 4, 5], accepted: 4 } });
    // A reply to the old one, as from a page that is still open or by mail, arrives
    const { status, body } = await asker.client.post<PostList>(`threads/${source.number}/posts`, { clientId: randomUUID(), html: '<p>Arrivo tardi</p>' });
    expect([status, body.elsewhere, body.items[0]?.sequence]).toEqual([201, { network: network.key, number: target.number }, 6]);
  });

  it('marks nothing read that is not: what came from elsewhere is new to who had marked all as read before', async () => {
    const network = await aNetwork();
    const [writer, reader] = [await member(network), await member(network)];
    const moderator = await app.as(await aModerator(network));
    const source = await aConversation(writer.client, network, ['una']);
    await reader.client.put(`networks/${network.key}/reading`);
    const target = await aConversation(writer.client, network, ['nuova']);
    await moderator.put(`threads/${source.number}/merger`, { into: target.number });
    // All of the target, and, because the position is one, what she had read of the source as well
    expect(await unread(reader.client, network, target.number)).toBe(4);
    const second = await aConversation(writer.client, network, ['altra']);
    await reader.client.put(`networks/${network.key}/reading`);
    await moderator.put(`threads/${second.number}/merger`, { into: target.number });
    expect(await unread(reader.client, network, target.number)).toBe(0);
  });

  it('of two threads into each other at once makes one of them', async () => {
    const network = await aNetwork();
    const { client } = await member(network);
    const moderators = await Promise.all([1, 2].map(async () => app.as(await aModerator(network))));
    const [a, b] = [await aConversation(client, network, ['uno']), await aConversation(client, network, ['due'])];
    const answers = await Promise.all([moderators[0]?.put(`threads/${a.number}/merger`, { into: b.number }), moderators[1]?.put(`threads/${b.number}/merger`, { into: a.number }), aReply(client, a.number), aReply(client, b.number)]);
    expect([answers[0]?.status, answers[1]?.status].toSorted()).toEqual([200, 404]);
    const left = answers[0]?.status === 200 ? b.number : a.number;
    expect((await view(client, left)).lastSequence).toBe(6);
    for (const { number } of [a, b]) await expectExact(number);
    expect((await app.anonymous().get<Successor>(`threads/${left === a.number ? b.number : a.number}/successor`)).body.number).toBe(left);
  });
});

describe('a move', () => {
  it('from a public to a closed network hides it everywhere at once, and whoever reads there reads all of it', async () => {
    const [open, closed] = [await aNetwork(), await aNetwork({ reading: 'members', joining: 'closed' })];
    const both = await aMember(open);
    await aMember(closed, { person: both });
    const writer = await app.as(both);
    const [outsider, insider, follower] = [await member(open), await member(closed), await member(open)];
    await follower.client.put(`networks/${open.key}/notice-level`, { level: 'watching' });
    const { number, postId } = await aThread(writer, open, { title: `Domanda sul ${SECRET}`, tags: [SECRET], html: `<p>Il ${SECRET}</p>` });
    const { body } = await writer.post<{ items: Post[] }>(`threads/${number}/posts`, { clientId: randomUUID(), html: '<p>Allego.</p>', attachments: [{ uploadId: await anUpload(writer, 'nota.txt', new TextEncoder().encode(SECRET)), title: 'Una nota' }] });
    const document = body.items[0]?.documents[0]?.number ?? 0;
    const elsewhere = await aThread(outsider.client, open);
    await outsider.client.put(`threads/${number}/reading`, { sequence: 1 });
    await outsider.client.put(`threads/${number}/interest`);
    await app.settled();
    const mailsOf = (id: string) => database()('mails').where('person_id', id).whereLike('subject', `%${SECRET}%`).select('network_ids') as Promise<{ network_ids: string[] }[]>;
    expect([(await mailsOf(follower.person.id)).length, JSON.stringify((await follower.client.get('notices')).body).includes(SECRET), (await outsider.client.get(`documents/${document}`)).status]).toEqual([2, true, 200]);

    const heard: unknown[] = [];
    const [theirs, ours] = [await connect(outsider.client), await connect(insider.client)];
    try {
      for (const socket of [theirs, ours]) expect(await subscribe(socket, `thread:${number}`)).toEqual({ ok: true });
      const cut = new Promise((resolve) => theirs.once('disconnect', resolve));
      const moderator = await app.as(await aPerson({ roles: [open, closed].map(({ id }) => ({ role: 'moderator', scope: 'network', scopeId: id })) }));
      const { body: moved } = await moderator.put<ThreadView>(`threads/${number}/network`, { network: closed.key, reason: 'Riguarda persone' });
      expect(moved).toMatchObject({ network: { key: closed.key, reading: 'members' }, lastSequence: 2, notes: [{ kind: 'moved', network: { key: open.key }, thread: null }] });
      await cut;
      theirs.connect();
      await new Promise<void>((resolve) => (theirs.connected ? resolve() : theirs.once('connect', resolve)));
      expect(await subscribe(theirs, `thread:${number}`)).toEqual({ ok: false, code: 'not-found' });
      theirs.onAny((...hint: unknown[]) => heard.push(hint));
      // The same address, for who may read it
      for (const client of [outsider.client, follower.client, app.anonymous()]) {
        const texts = await Promise.all(['threads', 'documents', 'feed'].map(async (what) => JSON.stringify((await client.get(`networks/${open.key}/${what}`)).body)));
        const answers = await Promise.all([`threads/${number}`, `threads/${number}/posts`, `threads/${number}/successor`, `posts/${postId}/versions`, `documents/${document}`, `documents/${document}/content`].map(async (path) => (await client.get(path)).status));
        expect([answers, texts.join().includes(SECRET), await found(client, SECRET), JSON.stringify((await client.get('search/documents?q=nota')).body).includes('Una nota')]).toEqual([[404, 404, 404, 404, 404, 404], false, [], false]);
      }
      const { body: notices } = await follower.client.get<{ items: unknown[] }>('notices');
      expect([JSON.stringify(notices).includes(SECRET), (await mailsOf(follower.person.id)).every(({ network_ids }) => network_ids.includes(closed.id))]).toEqual([false, true]);
      expect((await outsider.client.get<{ own: unknown }>(`threads/${number}/notice-level`)).status).toBe(404);
      // Inside everything is there, and new where it is
      expect([await unread(insider.client, closed, number), await found(insider.client, SECRET), (await insider.client.get(`documents/${document}/content`)).status]).toEqual([2, [[number, 1]], 200]);
      expect((await counts(closed)).tags).toEqual([{ tag: SECRET, threads: 1 }]);
      expect(await counts(open)).toEqual({ threads: 1, unanswered: 1, tags: [] });
      expect(await actsOn('thread.move')).toMatchObject({ number, before: { network: open.key }, after: { network: closed.key }, reason: 'Riguarda persone' });
      await aReply(writer, number);
      const last = new Promise((resolve) => theirs.once('thread:changed', resolve));
      expect(await subscribe(theirs, `thread:${elsewhere.number}`)).toEqual({ ok: true });
      await aReply(outsider.client, elsewhere.number);
      await last;
      expect(heard).toMatchObject([['thread:changed', { number: elsewhere.number }]]);
      // And back, for all: who had read it has read it
      await moderator.put(`threads/${number}/network`, { network: open.key });
      expect(await unread(outsider.client, open, number)).toBe(2);
      expect((await view(outsider.client, number)).notes.map(({ network }) => network?.key ?? null)).toEqual([open.key, null]);
    } finally {
      for (const socket of [theirs, ours]) socket.close();
    }
  });

  it('wants who moderates both, and a network that is open; what was taken out of it does not tell where it went', async () => {
    const [from, to] = [await aNetwork(), await aNetwork({ reading: 'members' })];
    const { client } = await member(from);
    const { number, ids } = await aConversation(client, from, ['due', 'tre']);
    const half = await app.as(await aModerator(from));
    expect((await half.put(`threads/${number}/network`, { network: to.key })).status).toBe(403);
    expect((await client.put(`threads/${number}/network`, { network: from.key })).status).toBe(403);
    const { body: created } = await half.post<ThreadView>(`threads/${number}/splits`, { title: 'Da tenere riservata', postIds: [ids[2]] });
    expect((await administrator.put(`threads/${created.number}/network`, { network: to.key })).status).toBe(200);
    expect((await view(client, number)).posts[2]).toMatchObject({ html: '', moved: { to: null } });
    expect(JSON.stringify(await view(client, number))).not.toContain('Da tenere riservata');
    await database()('networks').where('id', to.id).update({ archived_at: new Date() });
    expect((await administrator.put(`threads/${number}/network`, { network: to.key })).body).toMatchObject({ code: 'network-archived' });
  });
});

async function connect(client: TestClient): Promise<Socket> {
  const socket = io(`${app.url}/app`, { transports: ['websocket'], forceNew: true, extraHeaders: { cookie: client.cookieHeader } });
  await new Promise<void>((resolve) => socket.on('connect', resolve));
  return socket;
}
const subscribe = (socket: Socket, topic: string) => new Promise((resolve) => socket.emit('subscribe', topic, resolve));
