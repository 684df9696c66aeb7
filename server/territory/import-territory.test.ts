import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { database } from '../database/connection.ts';
import { startTestApp, type TestApp } from '../testing/app.ts';
import { attribute, attributionOf } from './attribution.ts';
import { importMunicipalities } from './import-municipalities.ts';
import { importTerritory } from './import-territory.ts';

let app: TestApp;
let folder: string;
beforeAll(async () => {
  app = await startTestApp({ workers: false });
  folder = await mkdtemp(join(tmpdir(), 'pico-territory-'));
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

const one = async <T>(sql: string, ...bindings: string[]): Promise<T> => {
  const { rows } = await database().raw<{ rows: T[] }>(sql, bindings);
  if (!rows[0]) throw new Error('no row');
  return rows[0];
};
const idOf = async (istatCode: string) => (await one<{ id: string }>('select id from bodies where istat_code = ?', istatCode)).id;
const memberFor = async (istatCode: string) => {
  const member = await attributionOf(database(), await idOf(istatCode));
  return member ? (await one<{ istat_code: string }>('select istat_code from bodies where id = ?', member)).istat_code : null;
};
const list = async (content: string | Buffer) => {
  const file = join(folder, `${Math.random()}.csv`);
  await writeFile(file, content);
  return file;
};

describe('the reference data', () => {
  it('has the 86 members, their areas and their targets', async () => {
    expect(await one('select count(*)::int as members from programme_members')).toEqual({ members: 86 });
    const { rows } = await database().raw<{ rows: { area_code: string; people: number }[] }>(
      'select t.area_code, (t.people_per_member * (select count(*) from programme_members m where m.programme_id = t.programme_id))::int as people from programme_targets t join areas a on a.code = t.area_code order by a.position',
    );
    expect(rows.map(({ area_code, people }) => [area_code, people])).toEqual([['appalti', 430], ['europa', 258], ['innovazione', 258], ['personale', 344]]);
  });

  it('has the 119 bodies of yesterday and today, and UPI', async () => {
    expect(await one("select count(*)::int as n from bodies where kind not in ('municipality', 'upi')")).toEqual({ n: 119 });
    expect(await one("select count(*)::int as n from bodies where kind = 'upi'")).toEqual({ n: 1 });
    expect(await one("select valid_to, kind from bodies where istat_code = '090'")).toEqual({ valid_to: '2025-12-31', kind: 'province' });
    expect(await one('select municipalities from body_successions s join bodies p on p.id = s.predecessor_id join bodies q on q.id = s.successor_id where p.istat_code = ? and q.istat_code = ?', '111', '118')).toEqual({ municipalities: 53 });
  });

  it('changes nothing when it is imported again', async () => {
    const before = await one("select md5(string_agg(b::text, ',' order by id)) as digest from bodies b");
    expect(await importTerritory()).toBe(0);
    expect(await one("select md5(string_agg(b::text, ',' order by id)) as digest from bodies b")).toEqual(before);
  });

  it('mends what was spoilt', async () => {
    await database()('bodies').where({ istat_code: '026' }).update({ name: 'Trevisso' });
    expect(await importTerritory()).toBe(1);
    expect(await one("select name from bodies where istat_code = '026'")).toEqual({ name: 'Treviso' });
  });
});

describe('for which member people count', () => {
  it('is the body itself for a member, also one that is no more', async () => {
    expect(await memberFor('026')).toBe('026');
    expect(await memberFor('090')).toBe('090');
  });

  it('is the predecessor that gave most municipalities, for a body of the reform', async () => {
    expect(await memberFor('112')).toBe('090');
    expect(await memberFor('114')).toBe('091');
    expect(await memberFor('116')).toBe('091');
    expect(await memberFor('118')).toBe('111');
  });

  it('is nobody for a metropolitan city that never was a member', async () => {
    expect(await memberFor('058')).toBeNull();
    expect(await memberFor('092')).toBeNull();
  });

  it("is the Province of the programme's vintage for a municipality: Alghero counts for Sassari 090", async () => {
    expect(await memberFor('112001')).toBe('090');
    const { rows } = await database().raw<{ rows: { istat_code: string; valid_from: string; valid_to: string | null }[] }>(
      "select p.istat_code, m.valid_from, m.valid_to from body_memberships m join bodies b on b.id = m.body_id join bodies p on p.id = m.parent_id where b.name = 'Alghero' order by m.valid_from",
    );
    expect(rows).toEqual([{ istat_code: '090', valid_from: '1861-01-01', valid_to: '2025-12-31' }, { istat_code: '112', valid_from: '2026-01-01', valid_to: null }]);
  });

  it('is nobody for the city of Cagliari, outside the programme in its vintage although its body of today counts', async () => {
    const cagliari = await one<{ istat_code: string }>("select istat_code from bodies where name = 'Cagliari' and kind = 'municipality'");
    expect(await memberFor(cagliari.istat_code)).toBeNull();
  });

  it('follows a successor of a successor', () => {
    const found = attribute(['a'], [{ predecessorId: 'a', successorId: 'b', municipalities: 3 }, { predecessorId: 'b', successorId: 'c', municipalities: 2 }, { predecessorId: 'x', successorId: 'c', municipalities: 9 }],
      [{ bodyId: 'm', parentId: 'c', validFrom: '2030-01-01', validTo: null }], '2024-12-31');
    expect(Object.fromEntries(found)).toEqual({ a: 'a', b: 'a', c: 'a', m: 'a' });
  });
});

describe("an operator's list of municipalities", () => {
  const alghero = '112001,090003,Alghero,112,42000';

  it('adds what is new, once', async () => {
    const file = await list(`istat_code,istat_code_2023,name,province_code,population\n${alghero}\n026999,,Borgo Nuovo,026,1200\n`);
    const first = await importMunicipalities(file);
    expect(first.municipalities).toBe(2);
    // Alghero's population, and the new one with its Province
    expect(first.changed).toBe(3);
    expect(first.absent.length).toBeGreaterThan(300);
    expect(await memberFor('026999')).toBe('026');
    expect((await importMunicipalities(file)).changed).toBe(0);
    // Our own choice does not undo it at the next start
    await importTerritory();
    expect(await one("select population from bodies where istat_code = '112001'")).toEqual({ population: 42000 });
  });

  it("reads ISTAT's own file: semicolons, its headings, its alphabet", async () => {
    const file = await list(Buffer.from('Codice Regione;Codice Provincia (Storico)(1);Codice Comune formato alfanumerico;Denominazione in italiano\n05;026;026998;Forcà\n', 'latin1'));
    expect((await importMunicipalities(file)).municipalities).toBe(1);
    expect(await one("select name, region from bodies where istat_code = '026998'")).toEqual({ name: 'Forcà', region: 'Veneto' });
  });

  it('moves a municipality to another Province from today, keeping where it was', async () => {
    await importMunicipalities(await list('istat_code,name,province_code\n026997,Confine,026\n'));
    const moved = await list('istat_code,name,province_code\n026997,Confine,025\n');
    await importMunicipalities(moved);
    expect((await importMunicipalities(moved)).changed).toBe(0);
    const { rows } = await database().raw<{ rows: { istat_code: string; open: boolean }[] }>(
      "select p.istat_code, m.valid_to is null as open from body_memberships m join bodies p on p.id = m.parent_id where m.body_id = (select id from bodies where istat_code = '026997') order by m.valid_from",
    );
    expect(rows).toEqual([{ istat_code: '026', open: false }, { istat_code: '025', open: true }]);
    // It was Treviso's when the programme was drawn
    expect(await memberFor('026997')).toBe('026');
  });

  it('knows a municipality by the code it had before the reform', async () => {
    await importMunicipalities(await list('istat_code,name,province_code\n090900,Vecchio Codice,112\n'));
    const before = await idOf('090900');
    await importMunicipalities(await list('istat_code,istat_code_2023,name,province_code\n112900,090900,Vecchio Codice,112\n'));
    expect(await idOf('112900')).toBe(before);
  });

  it('refuses a wrong list whole, naming every line', async () => {
    const file = await list('istat_code,name,province_code,population\n026996,Buono,026,10\n26995,Corto,026,10\n026996,,026,molti\n');
    await expect(importMunicipalities(file)).rejects.toThrow(/line 3: "26995" is not a code of six digits\n.*line 4: the name is missing or too long\n.*line 4: the population is not a whole number\n.*line 4: the code 026996 is already on line 2/);
    await expect(idOf('026996')).rejects.toThrow('no row');
  });

  it('refuses a list without the columns, with an unknown Province, with a broken quote', async () => {
    await expect(importMunicipalities(await list('codice,nome\n1,2\n'))).rejects.toThrow('line 1: no column istat_code, name, province_code');
    await expect(importMunicipalities(await list('istat_code,name,province_code\n999001,Nessuno,999\n'))).rejects.toThrow('999001 Nessuno: no Province has the code 999');
    await expect(importMunicipalities(await list('istat_code,name,province_code\n026001,"Aperto,026\n'))).rejects.toThrow(/cannot be imported/);
    await expect(importMunicipalities(await list('istat_code,name,province_code\n'))).rejects.toThrow('no municipality');
  });
});
