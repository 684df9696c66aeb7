import type { z } from 'zod';
import type { MembersQuery, MembersStatistics } from '../contract/statistics.ts';
import type { Actor } from '../http/actor.ts';
import { presentMember } from './present.ts';
import { membersReadExactly, readMembers, readProgramme } from './read-members.ts';

type Query = z.output<typeof MembersQuery>;
type Row = MembersStatistics['items'][number];

/** The 86 members as the actor may know them, filtered and sorted by what she is shown: an order by hidden figures would tell them. */
export async function listMembers(actor: Actor | null, query: Query): Promise<MembersStatistics> {
  const programme = await readProgramme();
  const [members, seen] = await Promise.all([readMembers(programme.id), membersReadExactly(actor)]);
  const items = members.map((member) => presentMember(programme, member, query.area, seen)).filter((row) => matches(row, query));
  // The rows come by name, and sorting is stable: equals stay in that order
  const sorted = query.sort === 'name' ? items : items.sort(comparing(query));
  if (query.sort === 'name' && query.direction === 'desc') sorted.reverse();
  return {
    vintage: programme.vintage,
    area: query.area ?? null,
    regions: [...new Set(members.map(({ region }) => region))].sort((a, b) => a.localeCompare(b, 'it')),
    items: sorted,
  };
}

function matches(row: Row, { region, q }: Query): boolean {
  const wanted = q === undefined ? '' : plain(q);
  return (region === undefined || row.region === region) && (plain(row.name).includes(wanted) || plain(row.abbreviation) === wanted);
}

function comparing({ sort, direction }: Query): (a: Row, b: Row) => number {
  const sign = direction === 'asc' ? 1 : -1;
  if (sort === 'region') return (a, b) => sign * a.region.localeCompare(b.region, 'it');
  const value = ({ figures }: Row): number => {
    if (sort === 'minutes') return figures.minutes ?? -1;
    return sort === 'enrolled' || sort === 'completed' ? figures[sort].from : figures.people.from;
  };
  return (a, b) => sign * (value(a) - value(b));
}

/** Without accents and capitals, as people type. */
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
