import type { Knex } from 'knex';
import type { Tx } from '../database/transaction.ts';
import { planSession, unplanSession } from '../learning/attend-sessions.ts';
import { romeDay } from '../gateways/clock.ts';
import { type Interval, lengthOf, officialSpan, workingTime } from './attendance.ts';
import type { Webinar } from './webinar.ts';

export interface BreakRow {
  starts_at: Date;
  ends_at: Date | null;
}

export async function listBreaks(on: Knex, webinarId: string): Promise<(BreakRow & { id: string })[]> {
  return (await on('webinar_breaks').where('webinar_id', webinarId).orderBy('starts_at').select('id', 'starts_at', 'ends_at')) as (BreakRow & { id: string })[];
}

/** A break that is on takes all that follows. */
export const breakIntervals = (breaks: BreakRow[]): Interval[] => breaks.map(({ starts_at, ends_at }) => ({ from: starts_at.getTime(), to: ends_at?.getTime() ?? Number.MAX_SAFE_INTEGER }));

/** How long a webinar is, breaks that ended out: one that is on may end any moment, and nobody is done because of it. */
export function plannedMs(webinar: Pick<Webinar, 'starts_at' | 'ends_at' | 'closed_at'>, breaks: BreakRow[]): number {
  return lengthOf(workingTime(officialSpan(webinar), breakIntervals(breaks.filter(({ ends_at }) => ends_at !== null))));
}

const keyOf = (webinar: Pick<Webinar, 'id'>) => `webinar:${webinar.id}`;

/** Tells the edition how many live minutes this virtual classroom plans; an open webinar has no register, and plans none. The caller holds the webinar's lock. */
export async function planWebinar(tx: Tx, webinar: Webinar): Promise<void> {
  if (webinar.edition_id === null || webinar.kind !== 'class') return;
  const minutes = Math.floor(plannedMs(webinar, await listBreaks(tx, webinar.id)) / 60_000);
  if (webinar.cancelled_at || minutes === 0) return unplanSession(tx, keyOf(webinar));
  await planSession(tx, { editionId: webinar.edition_id, sourceKey: keyOf(webinar), minutes, day: romeDay(webinar.starts_at) });
}
