import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anAdministrator } from '../../accounts/factory.ts';
import type { Post, ThreadView } from '../../contract/community.ts';
import { database } from '../../database/connection.ts';
import { startTestApp, type TestApp, type TestClient } from '../../testing/app.ts';
import { aMember, aModerator, aNetwork, aReply, aThread, type BuiltNetwork } from '../factory.ts';

let app: TestApp;
let network: BuiltNetwork;
let quoter: TestClient;
beforeAll(async () => {
  app = await startTestApp();
  network = await aNetwork();
  quoter = await app.as(await aMember(network));
});
afterAll(() => app.close());

const posts = async (client: TestClient, number: number) => (await client.get<ThreadView>(`threads/${number}`)).body.posts;
const quote = (id: string, words = 'Vale il massimo.') => `<blockquote data-post="${id}" data-label="Un’altra"><p>${words}</p></blockquote><p>Concordo.</p>`;

describe('a quote', () => {
  it('says whose words it has and where they stand, whatever the browser called them; also from another thread', async () => {
    const person = await aMember(network);
    const author = await app.as(person);
    const { number } = await aThread(author, network);
    const answer = await aReply(author, number, '<p>Vale il massimo.</p>');
    const { number: other } = await aThread(quoter, network);
    await aReply(quoter, other, quote(answer.id));
    const [, reply] = await posts(app.anonymous(), other);
    const name = `${person.given_name} ${person.family_name}`;
    expect(reply?.html).toBe(`<blockquote data-post="${answer.id}"><cite><a href="/reti/${network.key}/discussioni/${number}?da=2#m2">${name}</a></cite><p>Vale il massimo.</p></blockquote><p>Concordo.</p>`);
    // Where there is no frame, as in mails and excerpts, the words say what is quoted
    expect(((await database()('posts').where('id', reply?.id).first('words')) as { words: string }).words).toBe(`${name}: «Vale il massimo.» Concordo.`);
    // What comes back as it was read says the same, once
    const again = await quoter.patch<Post>(`posts/${reply?.id}`, { html: reply?.html.replace('Concordo', 'Concordiamo') });
    expect(again.body.html).toBe(reply?.html.replace('Concordo', 'Concordiamo'));
  });

  it('has no source where not everybody who reads it could read that: of a members’ network, of a post that is gone, of nothing', async () => {
    const closed = await aNetwork({ reading: 'members' });
    const both = await aMember(closed);
    await aMember(network, { person: both });
    const client = await app.as(both);
    const { number, postId } = await aThread(client, closed, { html: '<p>Riservato</p>' });
    const { number: open } = await aThread(client, network);
    const gone = await aReply(client, open, '<p>Da togliere</p>');
    await client.put(`posts/${gone.id}/removal`, {});
    for (const id of [postId, gone.id, '0198c0de-0000-7000-8000-000000000000', 'javascript:alert(1)']) {
      const { sequence } = await aReply(client, open, quote(id));
      expect((await posts(client, open)).find((post) => post.sequence === sequence)?.html).toBe('<blockquote><p>Vale il massimo.</p></blockquote><p>Concordo.</p>');
    }
    // In its own network it has one, and so has one of a public network there
    await aReply(client, number, quote(postId));
    await aReply(client, number, quote((await posts(client, open))[0]?.id ?? ''));
    expect((await posts(client, number)).slice(1).map(({ html }) => /href="([^"?]*)/.exec(html)?.[1])).toEqual([`/reti/${closed.key}/discussioni/${number}`, `/reti/${network.key}/discussioni/${open}`]);
  });

  it('loses its source with the network that might read it: moved or merged among other readers, now and in what it said before', async () => {
    const closed = await aNetwork({ reading: 'members' });
    const writer = await aMember(closed);
    const [client, rearranger] = [await app.as(writer), await app.as(await anAdministrator())];
    const { number: secret, postId } = await aThread(client, closed, { html: '<p>Riservato</p>' });
    const name = `${writer.given_name} ${writer.family_name}`;
    for (const way of ['move', 'merger']) {
      const { number, postId: first } = await aThread(client, closed, { html: quote(postId) });
      const within = await aReply(client, number, quote(first));
      const changed = await aReply(client, number, quote(postId));
      await client.patch(`posts/${changed.id}`, { html: quote(postId, 'Vale il minimo.') });
      expect((await posts(client, number)).map(({ html }) => html.includes(name))).toEqual([true, true, true]);
      const { number: target } = await aThread(quoter, network);
      const answer = way === 'move' ? await rearranger.put(`threads/${number}/network`, { network: network.key }) : await rearranger.put(`threads/${number}/merger`, { into: target });
      expect(answer.status).toBe(200);
      const arrived = (await posts(app.anonymous(), way === 'move' ? number : target)).filter(({ id }) => [first, within.id, changed.id].includes(id));
      // What it quotes of itself has come along
      expect(arrived.map(({ html }) => [html.includes('<cite>'), html.includes(`discussioni/${secret}`)])).toEqual([[false, false], [true, false], [false, false]]);
      const { rows } = await database().raw<{ rows: { html: string }[] }>("select html from posts where id = any(:ids) union all select html from post_versions where post_id = any(:ids) union all select words from posts where id = any(:ids)", { ids: [first, changed.id] });
      expect(rows).toHaveLength(5);
      expect(rows.filter(({ html }) => html.includes(name) || html.includes(postId))).toEqual([]);
    }
  });

  it('is forged by nobody: only the server names who is quoted', async () => {
    const { number, postId } = await aThread(quoter, network);
    await aReply(quoter, number, `<cite><a href="/reti/x">Il Segretario generale</a></cite><p>Testo</p><blockquote data-post="${postId}" onclick="x()"><cite><a href="/reti/x?da=1#m1">Il Segretario</a></cite><p>Sì</p></blockquote>`);
    const html = (await posts(quoter, number)).at(-1)?.html ?? '';
    expect(html).not.toMatch(/Segretario|onclick/);
  });

  it('of a first post that waited has its source once it is shown', async () => {
    const held = await aNetwork();
    await database()('networks').where('id', held.id).update({ hold_first: true });
    const moderator = await app.as(await aModerator(held));
    const { number, postId } = await aThread(moderator, held);
    const newcomer = await app.as(await aMember(held));
    await newcomer.post(`threads/${number}/posts`, { clientId: '0198c0de-0000-7000-8000-00000000000a', html: quote(postId) });
    const { body } = await moderator.get<{ items: { id: string }[] }>(`moderation/cases?network=${held.key}`);
    await moderator.put(`moderation/cases/${body.items[0]?.id}/decision`, { decision: 'approved' });
    expect((await posts(moderator, number))[1]?.html).toContain(`<blockquote data-post="${postId}"><cite><a href="/reti/${held.key}/discussioni/${number}?da=1#m1">`);
  });
});
