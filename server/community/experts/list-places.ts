import type { BodyKind } from '../../contract/territory.ts';
import { prepared } from '../../database/prepared.ts';
import { PLACE, REGION } from '../practices/placed-body.ts';
import { FINDABLE } from './shown.ts';

export interface Places {
  provinces: { id: string; name: string; kind: BodyKind }[];
  regions: string[];
}

/** Where those work who show anything. */
const PLACES = `
  with placed as materialized (
    select distinct coalesce(mb.id, b.id) as id, coalesce(mb.name, b.name) as name, coalesce(mb.kind, b.kind) as kind, ${REGION} as region
      from people p join bodies b on b.id = p.body_id ${PLACE} where ${FINDABLE} and exists (select from expertise_consents e where e.person_id = p.id))
  select coalesce((select json_agg(json_build_object('id', id, 'name', name, 'kind', kind) order by name) from (select distinct id, name, kind from placed) x), '[]') as provinces,
         coalesce((select json_agg(distinct region) from placed where region is not null), '[]') as regions`;

/** The Provinces and regions that a search of people can be narrowed to. */
export async function listPlaces(): Promise<Places> {
  const [row] = await prepared<{ provinces: Places['provinces']; regions: string[] }>('experts-places', PLACES, []);
  return row ?? { provinces: [], regions: [] };
}
