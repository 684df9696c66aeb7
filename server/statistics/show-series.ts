import type { z } from 'zod';
import type { SeriesQuery, SeriesStatistics } from '../contract/statistics.ts';
import { notFound } from '../errors.ts';
import type { Actor } from '../http/actor.ts';
import { presentSeries } from './present.ts';
import { membersReadExactly, readMembers, readProgramme } from './read-members.ts';
import { readSeries } from './read-series.ts';

/**
 * The figures month by month, of the programme or of one member.
 * @throws AppError 404 for a member whose figures are not the actor's to read: month by month almost everything of a Province is below five.
 */
export async function showSeries(actor: Actor | null, { area, member: memberId }: z.output<typeof SeriesQuery>): Promise<SeriesStatistics> {
  const [programme, seen] = await Promise.all([readProgramme(), membersReadExactly(actor)]);
  if (memberId !== undefined && seen !== 'all' && !seen.has(memberId)) throw notFound();
  const member = memberId === undefined ? undefined : (await readMembers(programme.id)).find(({ id }) => id === memberId);
  if (memberId !== undefined && !member) throw notFound();
  return presentSeries(programme, await readSeries(programme.id, { memberId, area }), { area, member, exact: seen === 'all' || member !== undefined });
}
