import { deflateSync } from 'node:zlib';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import sharp from 'sharp';
import { aPerson } from '../../accounts/factory.ts';
import { anUpload } from '../../community/documents/factory.ts';
import { config } from '../../config.ts';
import type { RoomSlides } from '../../contract/slides.ts';
import { database } from '../../database/connection.ts';
import { slidesFile } from '../../demonstration/slides-file.ts';
import { files } from '../../gateways/files.ts';
import { startTestApp, type TestApp, type TestClient } from '../../testing/app.ts';
import { clamd, EICAR } from '../../testing/clamd.ts';
import { aStaff, aWebinar } from '../factory.ts';
import { drawSlides } from './draw-slides.ts';

let app: TestApp;
let lead: TestClient;
let co: TestClient;
let path: string;
beforeAll(async () => {
  app = await startTestApp();
  const [presenter, second] = [await aPerson(), await aPerson()];
  const webinar = await aWebinar({ starts: -5, organiser: presenter });
  await aStaff(webinar, second, 'co-presenter');
  [lead, co, path] = [await app.as(presenter), await app.as(second), `webinars/${webinar.number}/slides`];
});
afterAll(() => app.close());

const deckOf = async (name: string) => (await lead.get<RoomSlides>(path)).body.decks.find(({ title }) => title === name);
const send = async (name: string, bytes: Uint8Array<ArrayBuffer>) => (await lead.post(path, { uploadId: await anUpload(lead, `${name}.pdf`, bytes) })).status;
const pagesNamed = (name: string, many: number) => slidesFile(name, Array.from({ length: many }, (_, i) => ({ title: `${name}, ${i + 1}`, lines: [] })));
const readable = (digest: string) => new Promise<boolean>((resolve) => void files.read(digest).on('data', () => resolve(true)).on('error', () => resolve(false)));

/** What is put into the storage while something runs. */
async function stored(run: () => Promise<unknown>, before: () => Promise<unknown> = async () => undefined): Promise<string[]> {
  const put = files.put.bind(files);
  const digests: string[] = [];
  const spy = jest.spyOn(files, 'put').mockImplementation(async (bytes) => {
    await before();
    const digest = await put(bytes);
    digests.push(digest);
    return digest;
  });
  await run();
  await app.settled();
  spy.mockRestore();
  return [...new Set(digests)];
}

/** One page, all of which is one black picture so many points wide and high. */
function blackPage(side: number): Uint8Array<ArrayBuffer> {
  const points = deflateSync(Buffer.alloc(Math.ceil(side / 8) * side));
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[3 0 R]/Count 1>>', '<</Type/Page/Parent 2 0 R/MediaBox[0 0 160 90]/Resources<</XObject<</P 5 0 R>>>>/Contents 4 0 R>>',
    '<</Length 25>>stream\nq 160 0 0 90 0 0 cm /P Do\nendstream', `<</Type/XObject/Subtype/Image/Width ${side}/Height ${side}/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/FlateDecode/Length ${points.length}>>stream\n${points.toString('latin1')}\nendstream`,
  ];
  return new Uint8Array(Buffer.from(`%PDF-1.4\n${objects.map((object, i) => `${i + 1} 0 obj\n${object}\nendobj\n`).join('')}trailer\n<</Root 1 0 R/Size 6>>\n%%EOF`, 'latin1'));
}

describe('pages that are being drawn', () => {
  it('go with their pictures where a later page cannot be drawn', async () => {
    const whole = Buffer.from(await pagesNamed('Mezza', 7)).toString('latin1');
    // The last page is not there
    const half = whole.replace(/(\/Kids \[[^\]]* )(\d+) 0 R\]/, (_, before: string, last: string) => `${before}${'9'.repeat(last.length)} 0 R]`);
    expect(half).not.toBe(whole);
    const pictures = await stored(() => send('Mezza', new Uint8Array(Buffer.from(half, 'latin1'))));
    // Five at once, and the sixth by itself, because the lot with the seventh failed
    expect(pictures).toHaveLength(18);
    expect(await deckOf('Mezza')).toMatchObject({ state: 'failed', trouble: 'broken', drawn: 0 });
    expect(await Promise.all(pictures.map(readable))).not.toContain(true);
  });

  it('leave nothing in the storage where their deck was taken away meanwhile', async () => {
    // More than are drawn at a time: it must not begin again and again
    const bytes = await pagesNamed('Tolta', 12);
    const { id: webinar_id } = (await database()('webinars').where('number', path.split('/')[1] ?? '').first('id')) as { id: string };
    const { id: author_id } = (await database()('people').first('id')) as { id: string };
    const [deck] = (await database()('slide_decks').insert({ webinar_id, title: 'Tolta', position: 9, file_name: 'tolta.pdf', digest: await files.put(bytes), bytes: bytes.length, author_id, at: new Date(), upload_id: 'tolta' }).returning('id')) as { id: string }[];
    const pictures = await stored(() => drawSlides(deck?.id ?? '', false), () => database()('slide_decks').where('id', deck?.id).delete());
    expect(pictures).toHaveLength(15);
    expect(await Promise.all(pictures.map(readable))).not.toContain(true);
  });

  it('have no picture that would fill the memory', async () => {
    const meanOf = async (side: number) => {
      await send(`Nera ${side}`, blackPage(side));
      await app.settled();
      const deck = await deckOf(`Nera ${side}`);
      expect(deck).toMatchObject({ state: 'ready', drawn: 1 });
      const picture = await lead.raw('GET', `/api/v1/${path}/${deck?.id}/pages/1/small`);
      return (await sharp(await picture.arrayBuffer()).stats()).channels[0]?.mean;
    };
    expect(await meanOf(800)).toBeLessThan(5);
    expect(await meanOf(10_240)).toBe(255);
  });
});

describe('where an antivirus is configured', () => {
  it('an infected PDF is nobody’s, and one that waits is its author’s alone', async () => {
    const server = clamd();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const content = async (client: TestClient, name: string) => (await client.raw('GET', `/api/v1/${path}/${(await deckOf(name))?.id}/content`)).status;
    try {
      await new Promise((resolve) => server.close(resolve));
      config.clamd = { host: '127.0.0.1', port };
      expect(await send('Paziente', await pagesNamed('Paziente', 1))).toBe(201);
      expect(await send('Infetta', new Uint8Array(Buffer.concat([await pagesNamed('Infetta', 1), Buffer.from(`\n%${EICAR}`)])))).toBe(201);
      for (const name of ['Paziente', 'Infetta']) expect([await content(lead, name), await content(co, name)]).toEqual([200, 409]);
      await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
      await app.settled();
      expect([await content(lead, 'Paziente'), await content(co, 'Paziente')]).toEqual([200, 200]);
      expect(await deckOf('Infetta')).toMatchObject({ state: 'failed', trouble: 'infected', drawn: 0 });
      expect([await content(lead, 'Infetta'), await content(co, 'Infetta')]).toEqual([410, 410]);
    } finally {
      config.clamd = undefined;
      server.close();
    }
  });
});
