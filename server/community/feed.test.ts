import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SaxesParser } from 'saxes';
import { startTestApp, type TestApp, type TestClient } from '../testing/app.ts';
import { aMember, aModerator, aNetwork, aThread } from './factory.ts';

describe('the feed of a network', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ workers: false });
  });
  afterAll(() => app.close());

  const read = async (client: TestClient, key: string) => {
    const reply = await client.raw('GET', `/api/v1/networks/${key}/feed`);
    return { status: reply.status, type: reply.headers.get('content-type'), text: await reply.text() };
  };

  it('tells anybody what is new in a public network, as Atom that a strict reader takes', async () => {
    const network = await aNetwork({ name: 'Appalti & <gare>' });
    const author = await app.as(await aMember(network));
    await aThread(author, network, { title: 'Prima domanda sugli appalti', html: '<p>Testo & <strong>altro</strong></p>' });
    const second = await aThread(author, network, { title: 'Seconda: «soglie» & <b>tag</b>' });
    const { status, type, text } = await read(app.anonymous(), network.key);
    expect(status).toBe(200);
    expect(type).toBe('application/atom+xml; charset=utf-8');
    const titles: string[] = [];
    const parser = new SaxesParser();
    let inTitle = false;
    parser.on('error', (error) => {
      throw error;
    });
    parser.on('opentag', ({ name }) => {
      inTitle = name === 'title';
      if (inTitle) titles.push('');
    });
    parser.on('closetag', () => (inTitle = false));
    const add = (piece: string) => void (inTitle && titles.push((titles.pop() ?? '') + piece));
    parser.on('text', add);
    parser.on('cdata', add);
    parser.write(text).close();
    expect(titles).toEqual(['Appalti & <gare> · Pi.Co.', 'Seconda: «soglie» & <b>tag</b>', 'Prima domanda sugli appalti']);
    expect(text).toContain(`/reti/${network.key}/discussioni/${second.number}`);
  });

  it('forgets a thread that was removed', async () => {
    const network = await aNetwork();
    const { number } = await aThread(await app.as(await aMember(network)), network, { title: 'Una domanda da togliere' });
    await (await app.as(await aModerator(network))).put(`threads/${number}/removal`, { reason: 'Era una prova' });
    expect((await read(app.anonymous(), network.key)).text).not.toContain('Una domanda da togliere');
  });

  it('is there for no network of its members alone, nor for them', async () => {
    const network = await aNetwork({ reading: 'members' });
    const member = await app.as(await aMember(network));
    for (const client of [app.anonymous(), member]) expect((await read(client, network.key)).status).toBe(404);
  });
});
