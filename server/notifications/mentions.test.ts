import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aPerson } from '../accounts/factory.ts';
import { aMember, aNetwork, aReply, aThread, type BuiltNetwork } from '../community/factory.ts';
import type { Author, Post, ThreadView } from '../contract/community.ts';
import type { Notice } from '../contract/notifications.ts';
import { startTestApp, type TestApp, type TestClient } from '../testing/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const named = (person: { id: string }, words = '@chiunque') => `<p>Senti <span class="x" data-person="${person.id}" onclick="alert(1)">${words}</span>.</p>`;
const mentionsOf = async (person: { id: string }) => (await (await app.as(person)).get<{ items: Notice[] }>('notices')).body.items.filter(({ kind }) => kind === 'mention');
async function member(network: BuiltNetwork, names: { given_name?: string; family_name?: string } = {}) {
  const person = await aMember(network, { person: await aPerson(names) });
  return { ...person, client: await app.as(person) };
}
const htmlOf = async (client: TestClient, number: number, sequence: number) => (await client.get<ThreadView>(`threads/${number}?from=${sequence}&limit=1`)).body.posts[0]?.html;

describe('to name somebody', () => {
  it('writes the name that the server knows, whatever was sent, and tells once, also after changes', async () => {
    const network = await aNetwork();
    const [author, anna] = [await member(network), await member(network, { given_name: 'Anna', family_name: 'Bellò' })];
    const { number } = await aThread(author.client, network);
    const { id } = await aReply(author.client, number, named(anna, 'Il <b>Presidente</b>'));
    // A mention is text and nothing else: what is dressed is words
    expect(await htmlOf(author.client, number, 2)).toBe('<p>Senti Il <strong>Presidente</strong>.</p>');
    const second = await aReply(author.client, number, named(anna, 'Il Presidente'));
    expect(await htmlOf(author.client, number, 3)).toBe(`<p>Senti <span data-person="${anna.id}">@Anna Bellò</span>.</p>`);
    await app.settled();
    expect(await mentionsOf(anna)).toMatchObject([{ link: `/reti/${network.key}/discussioni/${number}?da=3`, why: { text: expect.stringMatching(/ti ha nominato|nominato/) } }]);
    await author.client.patch<Post>(`posts/${second.id}`, { html: `${named(anna)}<p>Meglio così</p>` });
    await app.settled();
    expect(await mentionsOf(anna)).toHaveLength(1);
    // Named for the first time by a change, she is told
    const late = await member(network);
    await author.client.patch<Post>(`posts/${id}`, { html: named(late) });
    await app.settled();
    expect(await mentionsOf(late)).toHaveLength(1);
  });

  it('is for who is in the network: anybody else stays as words and hears nothing', async () => {
    const network = await aNetwork({ reading: 'members', joining: 'closed' });
    const [author, stranger] = [await member(network), await aPerson({ given_name: 'Segreta', family_name: 'Persona' })];
    const { number } = await aThread(author.client, network, { html: named(stranger, 'qualcuno') });
    expect(await htmlOf(author.client, number, 1)).toBe('<p>Senti qualcuno.</p>');
    await app.settled();
    expect(await mentionsOf(stranger)).toEqual([]);
  });

  it('is for ten people at most', async () => {
    const network = await aNetwork();
    const author = await member(network);
    const { number } = await aThread(author.client, network);
    const people: { id: string }[] = [];
    for (let i = 0; i < 11; i += 1) people.push(await member(network));
    const send = (count: number, clientId: string) => author.client.post(`threads/${number}/posts`, { clientId, html: people.slice(0, count).map((person) => named(person)).join('') });
    expect((await send(11, '0190c7d0-0000-4000-8000-000000000001')).body).toMatchObject({ code: 'invalid', errors: [{ path: 'body.html', code: 'too-many-mentions', message: expect.stringContaining('10 persone') }] });
    expect((await send(10, '0190c7d0-0000-4000-8000-000000000002')).status).toBe(201);
  });

  it('finds people of the network by name, for who writes there and nobody else', async () => {
    const network = await aNetwork({ reading: 'members', joining: 'closed' });
    const author = await member(network);
    await member(network, { given_name: 'Zoë', family_name: 'Quaranta' });
    await aPerson({ given_name: 'Zoe', family_name: 'Quaranta' });
    const found = async (client: TestClient) => client.get<{ items: Author[] }>(`networks/${network.key}/mentionable?q=quaranta%20zoe`);
    expect((await found(author.client)).body.items.map(({ name }) => name)).toEqual(['Zoë Quaranta']);
    expect((await found(await app.as(await aPerson()))).status).toBe(404);
    const open = await aNetwork();
    expect((await (await app.as(await aPerson())).get(`networks/${open.key}/mentionable?q=a`)).body).toMatchObject({ code: 'network-not-member' });
  });
});
