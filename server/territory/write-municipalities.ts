import type { Tx } from '../database/transaction.ts';
import type { MunicipalityRow } from './read-municipalities.ts';

const LIST = `with list as (
  select l.*, p.id as parent_id, coalesce(p.valid_from, '1861-01-01') as since, f.id as former_id, coalesce(f.valid_from, '1861-01-01') as former_since, f.valid_to as former_until,
         p.region, p.region_code
    from jsonb_to_recordset(?::jsonb) as l (istat_code text, former_code text, name text, province_code text, population integer)
    join bodies p on p.istat_code = l.province_code
    left join bodies f on f.istat_code = left(l.former_code, 3) and f.id <> p.id and f.valid_to is not null
)`;

/**
 * Writes municipalities and their Provinces, of today and, where the reform moved them, of before.
 * @param day when a municipality that we knew elsewhere has moved.
 * @returns how many rows changed.
 */
export async function writeMunicipalities(tx: Tx, rows: MunicipalityRow[], day: string): Promise<number> {
  const list = JSON.stringify(rows);
  const run = async (statement: string, ...more: string[]) => (await tx.raw<{ rowCount: number }>(`${LIST} ${statement}`, [list, ...more])).rowCount;
  // In this order: each statement sees what the one before has written
  return [
    await run(`update bodies b set istat_code = list.istat_code from list
       where b.istat_code = list.former_code and list.former_code <> list.istat_code and b.kind = 'municipality' and not exists (select from bodies x where x.istat_code = list.istat_code)`),
    await run(`insert into bodies as b (kind, istat_code, name, region, region_code, population)
       select 'municipality', istat_code, name, region, region_code, population from list
       on conflict (istat_code) do update set name = excluded.name, region = excluded.region, region_code = excluded.region_code, population = coalesce(excluded.population, b.population)
       where (b.name, b.region, b.region_code, b.population) is distinct from (excluded.name, excluded.region, excluded.region_code, coalesce(excluded.population, b.population))`),
    // Where it was before the reform
    await run(`insert into body_memberships as m (body_id, parent_id, valid_from, valid_to)
       select b.id, list.former_id, list.former_since, list.former_until from list join bodies b using (istat_code) where list.former_id is not null
       on conflict (body_id, valid_from) do update set parent_id = excluded.parent_id, valid_to = excluded.valid_to
       where m.parent_id = excluded.parent_id and m.valid_to is distinct from excluded.valid_to`),
    // It has left the Province that we knew
    await run(`update body_memberships m set valid_to = greatest(m.valid_from, ?::date - 1) from list join bodies b using (istat_code)
       where m.body_id = b.id and m.valid_to is null and m.parent_id <> list.parent_id`, day),
    await run(`insert into body_memberships (body_id, parent_id, valid_from)
       select b.id, list.parent_id, greatest(list.since, (select max(m.valid_to) + 1 from body_memberships m where m.body_id = b.id)) from list join bodies b using (istat_code)
        where not exists (select from body_memberships m where m.body_id = b.id and m.parent_id = list.parent_id and m.valid_to is null)
       on conflict (body_id, valid_from) do nothing`),
  ].reduce((sum, changed) => sum + changed, 0);
}
