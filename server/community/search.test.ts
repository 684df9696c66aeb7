import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SearchPage } from '../contract/search.ts';
import { startTestApp, type TestApp, type TestClient } from '../testing/app.ts';
import { aMember, aNetwork, aThread, type BuiltNetwork } from './factory.ts';

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

describe('search', () => {
  it('finds by stem, without accents, with either apostrophe, and by words that look alike', async () => {
    const { client } = await member();
    const { number } = await aThread(client, network, { title: 'Dubbio sull’affidamento dei servizi sociali', html: '<p>Serve la procedura negoziata? C’è già una società in house.</p>' });
    for (const q of ['affidamenti', 'societa in house', 'l\'affidamento', 'l’affidamento', '"procedura negoziata"', 'afidamento', 'negozziata', 'procedura negozziata afidamento']) {
      const { body } = await app.anonymous().get<SearchPage>(`search?q=${encodeURIComponent(q)}`);
      expect([q, body.items.map(({ thread }) => thread.number)]).toEqual([q, expect.arrayContaining([number])]);
    }
    const { body } = await app.anonymous().get<SearchPage>('search?q=negoziata');
    const hit = body.items.find(({ thread }) => thread.number === number);
    expect(body.near).toBe(false);
    expect(hit?.excerpt.filter((part) => part.hit).map(({ text }) => text)).toEqual(['negoziata']);
    expect(hit?.excerpt.map(({ text }) => text).join('')).toContain('Serve la procedura negoziata?');
    expect((await app.anonymous().get<SearchPage>('search?q=afidamento')).body.near).toBe(true);
  });

  it('leaks nothing of a network that one may not read, and filters by network and solution', async () => {
    const closed = await aNetwork({ joining: 'request', reading: 'members' });
    const insider = await member(closed);
    const { number } = await aThread(insider.client, closed, { title: 'Ornitorinco segreto delle Province' });
    const found = async (client: TestClient, more = '') => (await client.get<SearchPage>(`search?q=ornitorinco${more}`)).body.items.map(({ thread }) => thread.number);
    for (const outsider of [app.anonymous(), (await member()).client, await app.as(await aMember(closed, { status: 'removed' })), await app.as(await aMember(closed, { status: 'requested' }))]) expect(await found(outsider)).toEqual([]);
    expect(await found(insider.client)).toEqual([number]);
    expect(await found(insider.client, `&network=${network.key}`)).toEqual([]);
    expect(await found(insider.client, `&network=${closed.key}&solved=false`)).toEqual([number]);
    expect(await found(insider.client, '&solved=true')).toEqual([]);
  });
});
