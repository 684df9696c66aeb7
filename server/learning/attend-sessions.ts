import { database } from '../database/connection.ts';
import { transaction, type Tx } from '../database/transaction.ts';
import { record } from '../events.ts';
import { clock } from '../gateways/clock.ts';
import { evaluateAgain, evaluateCompletion } from './evaluate-completion.ts';
import { lockPath } from './path.ts';

export interface PlannedSession {
  editionId: string;
  /** What plans it, for ever the same: `webinar:<id>`. */
  sourceKey: string;
  minutes: number;
  /** Europe/Rome. */
  day: string;
}

/** An edition plans so many live minutes more, or this session's changed. Attendance is measured against the sum; fewer may complete somebody. */
export async function planSession(tx: Tx, { editionId, sourceKey, minutes, day }: PlannedSession): Promise<void> {
  const before = (await tx('planned_sessions').where('source_key', sourceKey).forUpdate().first('minutes')) as { minutes: number } | undefined;
  await tx('planned_sessions').insert({ source_key: sourceKey, edition_id: editionId, minutes, day }).onConflict('source_key').merge(['minutes', 'day']);
  if (before && before.minutes > minutes) await record(tx, 'sessions.reduced', { editionId });
}

/** The session will not be, or no longer counts. */
export async function unplanSession(tx: Tx, sourceKey: string): Promise<void> {
  const [gone] = (await tx('planned_sessions').where('source_key', sourceKey).delete().returning('edition_id')) as { edition_id: string }[];
  if (gone) await record(tx, 'sessions.reduced', { editionId: gone.edition_id });
}

/** What was planned became less: whoever had attended enough of what is left is done. */
export async function evaluateEdition({ editionId }: { editionId: string }): Promise<void> {
  const active = (await database()('enrolments').where({ edition_id: editionId, status: 'active' }).orderBy('id').pluck('id')) as string[];
  for (const id of active) await transaction((tx) => evaluateAgain(tx, id));
}

export interface Attended {
  enrolmentId: string;
  /** `attendance:<session>:<person>` */
  sourceKey: string;
  /** All that she attended of it: what the ledger has of it already is not credited again. */
  minutes: number;
  /** Europe/Rome. */
  day: string;
  /** What it was, for the transcript. */
  note: string;
}

/**
 * Credits the minutes that somebody attended of a live session. Called again with another figure, it adds an entry with the difference: the
 * ledger is never rewritten. Then judges whether she is done.
 */
export async function creditAttendance(tx: Tx, { enrolmentId, sourceKey, minutes, day, note }: Attended): Promise<void> {
  const path = await lockPath(tx, enrolmentId);
  if (!path || (path.status !== 'active' && path.status !== 'completed')) return;
  const { rows: [ledger] } = await tx.raw<{ rows: { credited: number; entries: number }[] }>(
    `select coalesce(sum(minutes), 0)::int as credited, count(*)::int as entries from hours_entries where enrolment_id = :enrolment and (source_key = :key or source_key like :key || ':%')`, { enrolment: enrolmentId, key: sourceKey });
  const { credited = 0, entries = 0 } = ledger ?? {};
  if (minutes === credited) return;
  const [entry] = (await tx('hours_entries')
    .insert({
      person_id: path.person_id, body_id: path.body_id, member_id: path.member_id, area_code: path.area_code, enrolment_id: path.id, modality: 'live', minutes: minutes - credited, day,
      source: entries === 0 ? 'attendance' : 'correction', source_key: entries === 0 ? sourceKey : `${sourceKey}:${entries}`, note, recorded_at: clock.now(),
    })
    .returning('id')) as { id: string }[];
  if (entry) await record(tx, 'hours.credited', { hoursEntryId: entry.id });
  await evaluateCompletion(tx, path);
}
