import type { Knex } from 'knex';
import { leavesOf } from '../contract/completion.ts';
import type { EnrolmentPath } from './path.ts';

/** Minutes attended and planned of an edition's live sessions; asked only where the rule wants to know. */
export async function attendanceOf(on: Knex, path: Pick<EnrolmentPath, 'id' | 'edition_id' | 'completion'>): Promise<{ have: number; planned: number }> {
  if (!leavesOf(path.completion).some((leaf) => 'attendance' in leaf)) return { have: 0, planned: 0 };
  const { rows: [sums] } = await on.raw<{ rows: { have: number; planned: number }[] }>(
    `select (select coalesce(sum(minutes), 0)::int from hours_entries where enrolment_id = ? and source_key like 'attendance:%') as have,
            (select coalesce(sum(minutes), 0)::int from planned_sessions where edition_id = ?) as planned`, [path.id, path.edition_id]);
  return sums ?? { have: 0, planned: 0 };
}
