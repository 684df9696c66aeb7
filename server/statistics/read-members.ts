import { database } from '../database/connection.ts';
import { type Actor, holds } from '../http/actor.ts';
import { PROGRAMME } from '../territory/attribution.ts';
import { COUNTERS, type Counters, NO_COUNTERS } from './cell.ts';

export interface Programme {
  id: string;
  vintage: string;
  areas: { code: string; name_it: string; name_en: string; peoplePerMember: number }[];
  members: number;
}

export interface MemberFigures {
  id: string;
  istatCode: string;
  name: string;
  abbreviation: string;
  region: string;
  phase: number;
  byArea: Map<string, Counters>;
}

export const SUMMED = COUNTERS.map((counter) => `coalesce(sum(cell.${counter}), 0)::bigint as ${counter}`).join(', ');

/** The programme with its areas, in their order, and the target of each member. */
export async function readProgramme(): Promise<Programme> {
  const { rows } = await database().raw<{ rows: Programme[] }>(
    `select p.id, p.vintage, (select count(*) from programme_members m where m.programme_id = p.id) as members,
            (select json_agg(json_build_object('code', a.code, 'name_it', a.name_it, 'name_en', a.name_en, 'peoplePerMember', t.people_per_member) order by a.position)
               from programme_targets t join areas a on a.code = t.area_code where t.programme_id = p.id) as areas
       from programmes p where p.code = ?`,
    [PROGRAMME],
  );
  if (!rows[0]) throw new Error('The territory has not been imported');
  return rows[0];
}

/** The members by name, each with the sum of its cells by area. */
export async function readMembers(programmeId: string): Promise<MemberFigures[]> {
  const { rows } = await database().raw<{ rows: (Omit<MemberFigures, 'byArea'> & Counters & { area: string | null })[] }>(
    `select b.id, b.istat_code as "istatCode", b.name, coalesce(b.abbreviation, '') as abbreviation, coalesce(b.region, '') as region, m.phase, cell.area_code as area, ${SUMMED}
       from programme_members m join bodies b on b.id = m.body_id left join statistics_cells cell on cell.member_id = m.body_id
      where m.programme_id = ? group by b.id, m.phase, cell.area_code order by plain(b.name), b.istat_code`,
    [programmeId],
  );
  const members = new Map<string, MemberFigures>();
  for (const { area, id, istatCode, name, abbreviation, region, phase, ...counters } of rows) {
    const member = members.get(id) ?? { id, istatCode, name, abbreviation, region, phase, byArea: new Map<string, Counters>() };
    if (area) member.byArea.set(area, counters);
    members.set(id, member);
  }
  return [...members.values()];
}

/** What counts for no member, by area: people of UPI, of metropolitan cities and of their municipalities. */
export async function readOutside(programmeId: string): Promise<Map<string, Counters>> {
  const { rows } = await database().raw<{ rows: (Counters & { area: string })[] }>(
    `select cell.area_code as area, ${SUMMED} from statistics_cells cell
      where not exists (select from programme_members m where m.programme_id = ? and m.body_id = cell.member_id) group by cell.area_code`,
    [programmeId],
  );
  return new Map(rows.map(({ area, ...counters }) => [area, counters]));
}

/** When a figure last changed; null before the first. */
export async function lastChange(): Promise<Date | null> {
  const row = (await database()('statistics_cells').max('updated_at as at').first()) as { at: Date | null } | undefined;
  return row?.at ?? null;
}

/**
 * Whose figures the actor reads exactly: UPI everybody's; a coordinator of a Province those of the member for which her Province counts
 * (itself, or what it was in the programme's vintage). A municipality's coordinator follows its own people, not her Province's figures.
 */
export async function membersReadExactly(actor: Actor | null): Promise<'all' | ReadonlySet<string>> {
  if (holds(actor, 'admin')) return 'all';
  const bodies = actor?.roles.flatMap(({ role, scope, scopeId }) => (role === 'coordinator' && scope === 'body' && scopeId ? [scopeId] : [])) ?? [];
  if (bodies.length === 0) return new Set();
  const members = (await database()('programme_attributions as a').join('programmes as p', 'p.id', 'a.programme_id').join('bodies as b', 'b.id', 'a.body_id')
    .where('p.code', PROGRAMME).whereIn('a.body_id', bodies).whereNot('b.kind', 'municipality').pluck('a.member_id')) as string[];
  return new Set(members);
}

/** The sum of several counters. */
export function sumCounters(all: Iterable<Counters>): Counters {
  const sum = { ...NO_COUNTERS };
  for (const one of all) for (const counter of COUNTERS) sum[counter] += one[counter];
  return sum;
}
