import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Boundaries } from '../contract/statistics.ts';
import { aProvince } from '../territory/factory.ts';
import { startTestApp, type TestApp } from '../testing/app.ts';
import { importBoundaries } from './import-boundaries.ts';

let app: TestApp;
let folder: string;
beforeAll(async () => {
  app = await startTestApp({ workers: false });
  folder = await mkdtemp(join(tmpdir(), 'pico-boundaries-'));
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

/** Squares side by side, one a code. */
const topology = (codes: unknown[]) => ({
  type: 'Topology',
  arcs: codes.map((_, index) => [[10 + index, 42], [10 + index, 43], [10.9 + index, 43], [10.9 + index, 42], [10 + index, 42]]),
  objects: { units: { type: 'GeometryCollection', geometries: codes.map((id, index) => ({ type: 'Polygon', id, arcs: [[index]] })) } },
});
const file = async (content: unknown) => {
  const path = join(folder, `${Math.random()}.topo.json`);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};

describe('the boundaries', () => {
  it('are not found until an operator has imported them', async () => {
    expect((await app.anonymous().get('statistics/boundaries')).status).toBe(404);
    expect((await app.anonymous().get('statistics/programme')).body).toMatchObject({ boundaries: false });
  });

  it('are drawn, each unit with the member that it counts for today', async () => {
    const outcome = await importBoundaries(await file(topology(['026', '112', '058'])));
    expect(outcome.shapes).toBe(3);
    expect(outcome.missing).toHaveLength(84);
    expect((await app.anonymous().get('statistics/programme')).body).toMatchObject({ boundaries: true });
    const { body } = await app.anonymous().get<Boundaries>('statistics/boundaries');
    expect(body.shapes.map(({ istatCode, name, memberId }) => [istatCode, name, memberId])).toEqual([
      ['026', 'Treviso', (await aProvince('Treviso')).id], ['058', 'Roma', null], ['112', 'Sassari', (await aProvince('Sassari')).id],
    ]);
    for (const { path } of body.shapes) expect(path).toMatch(/^M\d+,\d+l[\d, -]+z$/);
  });

  it('are replaced by the next import', async () => {
    await importBoundaries(await file(topology([75])));
    const { body } = await app.anonymous().get<Boundaries>('statistics/boundaries');
    expect(body.shapes.map(({ istatCode }) => istatCode)).toEqual(['075']);
  });

  it('are refused, and the old ones stay, when the file is wrong', async () => {
    await expect(importBoundaries(await file('{'))).rejects.toThrow('this is not JSON');
    await expect(importBoundaries(await file({ type: 'FeatureCollection', features: [] }))).rejects.toThrow('not the TopoJSON');
    await expect(importBoundaries(await file(topology(['026', '999', '998'])))).rejects.toThrow('no body has these ISTAT codes: 999, 998');
    await expect(importBoundaries(await file(topology(['026', '026', 'TV'])))).rejects.toThrow('026 is there twice\ngeometry 3 has no ISTAT code of three digits');
    const holed = topology(['026']);
    holed.arcs = [];
    await expect(importBoundaries(await file(holed))).rejects.toThrow('names the arc 0, which does not exist');
    const { body } = await app.anonymous().get<Boundaries>('statistics/boundaries');
    expect(body.shapes.map(({ istatCode }) => istatCode)).toEqual(['075']);
  });
});
