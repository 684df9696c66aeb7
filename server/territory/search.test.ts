import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BodyDetail, BodySummary } from '../contract/territory.ts';
import { startTestApp, type TestApp } from '../testing/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ workers: false });
});
afterAll(() => app.close());

const search = async (q: string) => (await app.anonymous().get<{ items: BodySummary[] }>(`bodies?q=${encodeURIComponent(q)}`)).body.items;
const names = async (q: string) => (await search(q)).map(({ kind, name }) => `${kind} ${name}`);

describe('the search of bodies', () => {
  it('puts the Province before the municipality of the same name', async () => {
    expect((await names('treviso')).slice(0, 2)).toEqual(['province Treviso', 'municipality Treviso']);
    expect((await names('comune di treviso'))[0]).toBe('municipality Treviso');
    expect((await names('Provincia di Trev'))[0]).toBe('province Treviso');
    expect((await names('provincia dell’aquila'))[0]).toBe("province L'Aquila");
  });

  it('needs no accents, forgives a slip of the finger, knows abbreviations and UPI', async () => {
    expect((await names('forli')).slice(0, 2)).toEqual(['municipality Forlì', 'province Forlì-Cesena']);
    expect((await names('alesandria'))[0]).toBe('province Alessandria');
    expect((await names('TV'))[0]).toBe('province Treviso');
    expect((await names('upi'))[0]).toBe("upi Unione delle Province d'Italia");
  });

  it('finds only what exists today and employs people', async () => {
    const found = await search('sassari');
    expect(found.filter(({ name }) => name === 'Sassari').map(({ kind }) => kind)).toEqual(['metropolitan_city', 'municipality']);
    expect((await names('udine')).filter((name) => name.startsWith('other'))).toEqual([]);
    expect(await names('sud sardegna')).not.toContain('province Sud Sardegna');
  });

  it('tells the Province of a municipality as it is today', async () => {
    expect((await search('alghero'))[0]).toMatchObject({ kind: 'municipality', region: 'Sardegna', province: { name: 'Sassari', abbreviation: 'SS' } });
  });

  it('takes signs of patterns as letters, and answers nothing to nothing', async () => {
    expect(await names('%')).toEqual([]);
    expect(await names('_%')).toEqual([]);
    expect(await names('')).toEqual([]);
    expect((await app.anonymous().get('bodies?q=tre&limit=1000')).status).toBe(422);
  });
});

describe('a body', () => {
  it('tells what it was and for which member it counts', async () => {
    const sassari = (await search('sassari'))[0];
    const { body } = await app.anonymous().get<BodyDetail>(`bodies/${sassari?.id}`);
    expect(body).toMatchObject({ istatCode: '112', validFrom: '2026-01-01', validTo: null, member: { name: 'Sassari', kind: 'province' }, predecessors: [{ name: 'Sassari', kind: 'province' }] });
    const before = await app.anonymous().get<BodyDetail>(`bodies/${body.predecessors[0]?.id}`);
    expect(before.body).toMatchObject({ validTo: '2025-12-31', successors: [{ name: 'Sassari', kind: 'metropolitan_city' }, { name: 'Gallura Nord-Est Sardegna' }] });
  });

  it('is not found where there is none', async () => {
    expect((await app.anonymous().get('bodies/0190c7d0-0000-7000-8000-000000000000')).status).toBe(404);
    expect((await app.anonymous().get('bodies/treviso')).status).toBe(404);
  });
});
