import { addMonths } from 'date-fns/addMonths';
import { format } from 'date-fns/format';
import { parseISO } from 'date-fns/parseISO';
import { database } from '../database/connection.ts';
import { romeDay } from '../gateways/clock.ts';
import { type Counters, NO_COUNTERS } from './cell.ts';
import { SUMMED } from './read-members.ts';

export const SERIES_MONTHS = 24;

export interface SeriesMonth {
  month: string;
  counters: Counters;
  /** People trained up to the end of this month, since ever. */
  peopleSoFar: number;
}

/**
 * The last 24 months up to the present one, months without anything included.
 * @param of one member (`memberId`) and one area, or what is not given: all of the programme.
 */
export async function readSeries(programmeId: string, of: { memberId?: string | undefined; area?: string | undefined }): Promise<SeriesMonth[]> {
  const current = parseISO(`${romeDay().slice(0, 7)}-01`);
  const months = Array.from({ length: SERIES_MONTHS }, (_, index) => format(addMonths(current, index - SERIES_MONTHS + 1), 'yyyy-MM-dd'));
  const cells = database()('statistics_cells as cell')
    .whereIn('cell.member_id', database()('programme_members').where('programme_id', programmeId).select('body_id'))
    .where((where) => {
      if (of.memberId) void where.where('cell.member_id', of.memberId);
      if (of.area) void where.where('cell.area_code', of.area);
    });
  const [rows, before] = await Promise.all([
    cells.clone().where('cell.month', '>=', months[0] ?? '').groupBy('cell.month').select('cell.month', database().raw(SUMMED)) as Promise<(Counters & { month: string })[]>,
    cells.clone().where('cell.month', '<', months[0] ?? '').sum('cell.people as people').first() as Promise<{ people: number | null } | undefined>,
  ]);
  const byMonth = new Map(rows.map(({ month, ...counters }) => [month, counters]));
  let peopleSoFar = before?.people ?? 0;
  return months.map((month) => {
    const counters = byMonth.get(month) ?? NO_COUNTERS;
    peopleSoFar += counters.people;
    return { month, counters, peopleSoFar };
  });
}
