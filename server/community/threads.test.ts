import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aPerson } from '../accounts/factory.ts';
import type { PostList, ThreadPage, ThreadView } from '../contract/community.ts';
import type { SearchPage } from '../contract/search.ts';
import { database } from '../database/connection.ts';
import { startTestApp, type TestApp, type TestClient } from '../testing/app.ts';
import { aMember, aModerator, aNetwork, aReply, aThread, type BuiltNetwork } from './factory.ts';

let app: TestApp;
let network: BuiltNetwork;
beforeAll(async () => {
  app = await startTestApp();
  network = await aNetwork();
});
afterAll(() => app.close());

const member = async (where: { id: string } = network) => {
  const person = await aMember(where);
  return { person, client: await app.as(person) };
};
const view = async (client: TestClient, number: number, query = '') => (await client.get<ThreadView>(`threads/${number}${query}`)).body;
const titles = async (client: TestClient, query = '') => (await client.get<ThreadPage>(`networks/${network.key}/threads?limit=100${query}`)).body.items.map(({ title }) => title);
const noticesOf = async (client: TestClient) => (await client.get<{ items: { kind: string; link: string }[] }>('notices')).body.items;

describe('a thread', () => {
  it('is opened by a member, once however often it is sent, and read by anybody where the network is public', async () => {
    const { person, client } = await member();
    const input = { clientId: randomUUID(), title: 'Convenzione con i Comuni: chi firma?', html: '<p>Il Consiglio o il Presidente?</p>', tags: ['Convenzioni', 'convenzioni', 'TUEL'] };
    const replies = await Promise.all([1, 2, 3].map(() => client.post<ThreadView>(`networks/${network.key}/threads`, input)));
    expect(new Set(replies.map(({ status, body }) => `${status} ${body.number}`)).size).toBe(1);
    const seen = await view(app.anonymous(), replies[0]?.body.number ?? 0);
    expect(seen).toMatchObject({
      title: input.title, tags: ['convenzioni', 'tuel'], lastSequence: 1, author: { id: person.id, body: 'Provincia di Treviso' }, readSequence: null,
      posts: [{ sequence: 1, html: '<p>Il Consiglio o il Presidente?</p>' }], abilities: { reply: false, accept: false, moderate: false, change: false },
    });
  });

  it('is refused to who is no member, and says every mistake', async () => {
    const stranger = await app.as(await aPerson());
    const input = { clientId: randomUUID(), title: 'Una domanda qualunque', html: '<p>Testo</p>' };
    expect((await stranger.post(`networks/${network.key}/threads`, input)).body).toMatchObject({ status: 403, code: 'network-not-member' });
    expect((await app.anonymous().post(`networks/${network.key}/threads`, input)).status).toBe(401);
    const { client } = await member();
    const wrong = await client.post<{ errors: { path: string }[] }>(`networks/${network.key}/threads`, { clientId: 'no', title: 'Breve', html: '', tags: ['?'] });
    expect(wrong.body.errors.map(({ path }) => path).sort()).toEqual(['body.clientId', 'body.html', 'body.tags.0', 'body.title']);
    expect((await client.post<{ errors: { path: string; code: string }[] }>(`networks/${network.key}/threads`, { ...input, html: '<p> </p><script>1</script>' })).body.errors).toMatchObject([{ path: 'body.html', code: 'post-empty' }]);
  });

  it('numbers the replies of many at once without gap or double, and keeps one of what is sent twice', async () => {
    const { client } = await member();
    const { number } = await aThread(client, network);
    const others = await Promise.all(Array.from({ length: 5 }, () => member()));
    const sent = others.flatMap(({ client: other }) => Array.from({ length: 6 }, () => ({ other, clientId: randomUUID() })));
    await Promise.all([...sent, ...sent].map(({ other, clientId }) => aReply(other, number, '<p>Anche noi.</p>', clientId)));
    const { items, lastSequence } = (await client.get<PostList>(`threads/${number}/posts?limit=100`)).body;
    expect(lastSequence).toBe(31);
    expect(items.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 31 }, (_, i) => i + 1));
  });

  it('opens at any post', async () => {
    const { client } = await member();
    const { number } = await aThread(client, network);
    for (let i = 0; i < 6; i += 1) await aReply(client, number, `<p>Risposta ${i}</p>`);
    expect((await view(client, number, '?from=5&limit=2')).posts.map(({ sequence }) => sequence)).toEqual([5, 6]);
    expect((await view(client, number, '?from=99')).posts).toEqual([]);
    expect((await client.get(`threads/${number}?from=0`)).status).toBe(422);
  });

  it('is solved by the answer that its author accepts; who helped and who had the question too are told', async () => {
    const [asker, helper, other] = [await member(), await member(), await member()];
    const { number, postId } = await aThread(asker.client, network, { title: 'Chi nomina il RUP?' });
    await other.client.put(`threads/${number}/interest`);
    const answer = await aReply(helper.client, number);
    expect((await helper.client.put(`threads/${number}/acceptance`, { postId: answer.id })).status).toBe(403);
    expect((await asker.client.put(`threads/${number}/acceptance`, { postId })).status).toBe(404);
    const elsewhere = await aReply(helper.client, (await aThread(asker.client, network)).number);
    expect((await asker.client.put(`threads/${number}/acceptance`, { postId: elsewhere.id })).status).toBe(404);
    expect((await asker.client.put<ThreadView>(`threads/${number}/acceptance`, { postId: answer.id })).body).toMatchObject({ accepted: { postId: answer.id, sequence: 2 } });
    await app.settled();
    expect((await noticesOf(helper.client)).map(({ kind }) => kind)).toContain('answer-accepted');
    expect((await noticesOf(other.client)).map(({ kind }) => kind).sort()).toEqual(['thread-reply', 'thread-solved']);
    expect(await titles(asker.client, '&filter=solved')).toContain('Chi nomina il RUP?');
    expect(await titles(asker.client, '&filter=unanswered')).not.toContain('Chi nomina il RUP?');
    expect((await asker.client.delete<ThreadView>(`threads/${number}/acceptance`)).body.accepted).toBeNull();
  });

  it('tells a reply once to who takes part, until she has read; never to who may no longer read', async () => {
    const closed = await aNetwork({ reading: 'members' });
    const [asker, helper, gone] = [await member(closed), await member(closed), await member(closed)];
    const { number } = await aThread(asker.client, closed);
    await aReply(gone.client, number);
    await gone.client.delete(`networks/${closed.key}/membership`);
    await app.settled();
    await asker.client.put('notices/reading');
    for (let i = 0; i < 3; i += 1) await aReply(helper.client, number);
    await app.settled();
    expect(await noticesOf(asker.client)).toMatchObject([{ kind: 'thread-reply', link: `/reti/${closed.key}/discussioni/${number}?da=3` }, { kind: 'thread-reply' }]);
    expect(await noticesOf(gone.client)).toEqual([]);
    expect(await noticesOf(helper.client)).toEqual([]);
  });

  it('is closed, pinned and removed by a moderator alone, with every act in the register', async () => {
    const [{ client }, moderator] = [await member(), await app.as(await aModerator(network))];
    const { number } = await aThread(client, network, { title: 'Da tenere in ordine' });
    for (const [method, act] of [['PUT', 'closure'], ['DELETE', 'closure'], ['PUT', 'pin'], ['DELETE', 'pin']] as const) expect([act, (await client.call(method, `threads/${number}/${act}`, {})).status]).toEqual([act, 403]);
    expect((await client.put(`threads/${number}/removal`, { reason: 'Non mi piace' })).status).toBe(403);
    await aThread(client, network, { title: 'Arrivata dopo' });
    expect((await moderator.put<ThreadView>(`threads/${number}/pin`)).body.pinned).toBe(true);
    expect((await titles(client))[0]).toBe('Da tenere in ordine');
    expect((await moderator.put<ThreadView>(`threads/${number}/closure`, { reason: 'Risolta altrove' })).body.closed).toMatchObject({ reason: 'Risolta altrove' });
    expect((await client.post(`threads/${number}/posts`, { clientId: randomUUID(), html: '<p>Ancora</p>' })).body).toMatchObject({ code: 'thread-closed' });
    expect((await moderator.delete<ThreadView>(`threads/${number}/closure`)).body.closed).toBeNull();
    await aReply(client, number);
    expect((await moderator.put(`threads/${number}/removal`, { reason: 'Dati personali' })).status).toBe(200);
    expect((await client.get(`threads/${number}`)).status).toBe(404);
    expect(await titles(client)).not.toContain('Da tenere in ordine');
    expect((await database()('audit_entries').where('subject_kind', 'thread').whereRaw("details ->> 'number' = ?", [String(number)]).orderBy('id').pluck('act')) as string[])
      .toEqual(['thread.pin', 'thread.close', 'thread.reopen', 'thread.remove']);
  });

  it('changes title and tags for its author, and is then found by the new ones', async () => {
    const [{ client }, stranger] = [await member(), await member()];
    const { number } = await aThread(client, network, { title: 'Titolo sbagliato davvero', tags: ['errori'] });
    expect((await stranger.client.patch(`threads/${number}`, { title: 'Rubato titolo' })).status).toBe(403);
    expect((await client.patch<ThreadView>(`threads/${number}`, { title: 'Fatturazione elettronica estera', tags: ['fatture'] })).body).toMatchObject({ title: 'Fatturazione elettronica estera', tags: ['fatture'] });
    expect((await client.get<SearchPage>('search?q=fatturazione')).body.items.map(({ thread }) => thread.number)).toContain(number);
    expect((await client.get<SearchPage>('search?q=sbagliato')).body.items.map(({ thread }) => thread.number)).not.toContain(number);
    expect(await titles(client, '&tag=fatture')).toEqual(['Fatturazione elettronica estera']);
  });
});

describe('the list of threads', () => {
  it('goes page by page without losing or repeating one, also at the same instant', async () => {
    const own = await aNetwork();
    const { client } = await member(own);
    for (let i = 0; i < 7; i += 1) await aThread(client, own, { title: `Discussione numero ${i}` });
    await database()('threads').where('network_id', own.id).update({ last_post_at: new Date('2026-11-01T10:00:00Z') });
    const moderator = await app.as(await aModerator(own));
    const { number } = await aThread(client, own, { title: 'In cima a tutto' });
    await database()('threads').where({ number }).update({ last_post_at: new Date('2026-01-01T10:00:00Z') });
    await moderator.put(`threads/${number}/pin`);
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await client.get<ThreadPage>(`networks/${own.key}/threads?limit=3${cursor && `&cursor=${cursor}`}`);
      seen.push(...body.items.map(({ title }) => title));
      cursor = body.next ?? '';
    } while (cursor !== '');
    expect(seen[0]).toBe('In cima a tutto');
    expect(seen).toHaveLength(8);
    expect(new Set(seen).size).toBe(8);
    expect((await client.get(`networks/${own.key}/threads?cursor=niente`)).status).toBe(400);
  });
});
