import { transaction, type Tx } from '../database/transaction.ts';
import { romeDay } from '../gateways/clock.ts';
import { attributeProgramme } from './attribute-programme.ts';
import { PROGRAMME } from './attribution.ts';
import { IMPORT_LOCK } from './import-municipalities.ts';
import { readMunicipalities } from './read-municipalities.ts';
import { MUNICIPALITIES_FILE, readTerritories, type SuccessionRow, type TerritoryRow } from './read-territories.ts';
import { writeMunicipalities } from './write-municipalities.ts';

/** The training areas, with how many people of each member the programme wants to train. */
const AREAS = [
  { code: 'appalti', name_it: 'Appalti e contratti pubblici', name_en: 'Public procurement and contracts', position: 1, people: 5 },
  { code: 'europa', name_it: 'Politiche e fondi europei', name_en: 'European policies and funds', position: 2, people: 3 },
  { code: 'innovazione', name_it: 'Innovazione e trasformazione digitale', name_en: 'Innovation and digital transformation', position: 3, people: 3 },
  { code: 'personale', name_it: 'Gestione e sviluppo del personale', name_en: 'Personnel management and development', position: 4, people: 4 },
];

/**
 * The reference data that every installation has: bodies, successions, the programme with its members and targets, a first choice of
 * municipalities. Can be repeated at every start, by several processes at once.
 * @returns how many rows changed: 0 when there is nothing new.
 */
export async function importTerritory(): Promise<number> {
  const { bodies, successions, members } = readTerritories();
  const municipalities = await readMunicipalities(MUNICIPALITIES_FILE);
  return transaction(async (tx) => {
    await tx.raw('select pg_advisory_xact_lock(?)', [IMPORT_LOCK]);
    const counts = [
      await writeBodies(tx, bodies), await writeUpi(tx), await writeSuccessions(tx, successions), await writeProgramme(tx, members),
      // A whole list imported by an operator knows more than our choice: only what is missing is added
      await writeMunicipalities(tx, await unknown(tx, municipalities), romeDay()),
      await attributeProgramme(tx),
    ];
    return counts.reduce((sum, count) => sum + count, 0);
  });
}

async function unknown<R extends { istat_code: string }>(tx: Tx, rows: R[]): Promise<R[]> {
  const known = new Set((await tx('bodies').where({ kind: 'municipality' }).pluck('istat_code')) as string[]);
  return rows.filter((row) => !known.has(row.istat_code));
}

const run = async (tx: Tx, statement: string, bindings: string[]): Promise<number> => (await tx.raw<{ rowCount: number }>(statement, bindings)).rowCount;

async function writeBodies(tx: Tx, rows: TerritoryRow[]): Promise<number> {
  const columns = ['kind', 'name', 'abbreviation', 'region', 'region_code', 'statute', 'nuts3', 'capitals', 'population', 'area_km2', 'valid_from', 'valid_to'];
  const list = columns.join(', ');
  return run(tx, `insert into bodies as b (istat_code, ${list})
    select istat_code, ${list} from jsonb_to_recordset(?::jsonb) as t (istat_code text, kind text, name text, abbreviation text, region text, region_code text, statute text, nuts3 text,
      capitals text[], population integer, area_km2 numeric(10, 2), valid_from date, valid_to date)
    on conflict (istat_code) do update set ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}
    where (${columns.map((column) => `b.${column}`).join(', ')}) is distinct from (${columns.map((column) => `excluded.${column}`).join(', ')})`, [JSON.stringify(rows)]);
}

async function writeUpi(tx: Tx): Promise<number> {
  return run(tx, "insert into bodies (kind, name, abbreviation) select 'upi', ?, 'UPI' where not exists (select from bodies where kind = 'upi')", ["Unione delle Province d'Italia"]);
}

async function writeSuccessions(tx: Tx, rows: SuccessionRow[]): Promise<number> {
  return run(tx, `insert into body_successions as s (predecessor_id, successor_id, municipalities)
    select p.id, q.id, r.municipalities from jsonb_to_recordset(?::jsonb) as r (predecessor text, successor text, municipalities integer)
      join bodies p on p.istat_code = r.predecessor join bodies q on q.istat_code = r.successor
    on conflict (predecessor_id, successor_id) do update set municipalities = excluded.municipalities where s.municipalities <> excluded.municipalities`, [JSON.stringify(rows)]);
}

async function writeProgramme(tx: Tx, members: { istat_code: string; phase: number }[]): Promise<number> {
  const areas = await run(tx, `insert into areas as a (code, name_it, name_en, position) select code, name_it, name_en, position from jsonb_to_recordset(?::jsonb) as r (code text, name_it text, name_en text, position integer)
    on conflict (code) do update set name_it = excluded.name_it, name_en = excluded.name_en, position = excluded.position
    where (a.name_it, a.name_en, a.position) is distinct from (excluded.name_it, excluded.name_en, excluded.position)`, [JSON.stringify(AREAS)]);
  const programme = await run(tx, `insert into programmes (code, name_it, name_en, vintage) values (?, 'Programma Pi.Co. per le Province', 'Pi.Co. programme for the Provinces', '2024-12-31') on conflict (code) do nothing`, [PROGRAMME]);
  const written = await run(tx, `insert into programme_members as m (programme_id, body_id, phase)
    select p.id, b.id, r.phase from jsonb_to_recordset(?::jsonb) as r (istat_code text, phase integer) join bodies b using (istat_code) join programmes p on p.code = ?
    on conflict (programme_id, body_id) do update set phase = excluded.phase where m.phase <> excluded.phase`, [JSON.stringify(members), PROGRAMME]);
  const targets = await run(tx, `insert into programme_targets as t (programme_id, area_code, people_per_member)
    select p.id, r.code, r.people from jsonb_to_recordset(?::jsonb) as r (code text, people integer) join programmes p on p.code = ?
    on conflict (programme_id, area_code) do update set people_per_member = excluded.people_per_member where t.people_per_member <> excluded.people_per_member`, [JSON.stringify(AREAS), PROGRAMME]);
  return areas + programme + written + targets;
}
