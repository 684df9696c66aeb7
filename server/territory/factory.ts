import { database } from '../database/connection.ts';
import { unique } from '../testing/unique.ts';

export interface BuiltBody {
  id: string;
  name: string;
  istat_code: string | null;
}

/** A member of the programme from the reference data, by name: `aProvince('Treviso')`. */
export async function aProvince(name = 'Treviso'): Promise<BuiltBody> {
  const found = (await database()('bodies').join('programme_members', 'programme_members.body_id', 'bodies.id').where('bodies.name', name).first('bodies.id', 'bodies.name', 'bodies.istat_code')) as BuiltBody | undefined;
  if (!found) throw new Error(`No member of the programme is called ${name}`);
  return found;
}

/** A municipality of a Province, attributed to it in the programme. */
export async function aMunicipality(province: { id: string }, overrides: { name?: string } = {}): Promise<BuiltBody> {
  const number = unique();
  const [body] = (await database()('bodies').insert({ kind: 'municipality', istat_code: String(900_000 + number), name: overrides.name ?? `Comune ${number}` }).returning(['id', 'name', 'istat_code'])) as BuiltBody[];
  if (!body) throw new Error('not inserted');
  await database()('body_memberships').insert({ body_id: body.id, parent_id: province.id });
  await database().raw('insert into programme_attributions (programme_id, body_id, member_id) select programme_id, ?, member_id from programme_attributions where body_id = ?', [body.id, province.id]);
  return body;
}
