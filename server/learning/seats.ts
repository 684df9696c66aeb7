import type { Edition } from '../courses/edition.ts';
import type { Tx } from '../database/transaction.ts';

/** Locks an edition: who takes, gives or counts its seats does so one at a time. @returns undefined when there is none. */
export async function lockEdition(tx: Tx, editionId: string): Promise<Edition | undefined> {
  return (await tx('editions').where('id', editionId).forUpdate().first()) as Edition | undefined;
}

/**
 * Whether there is a seat in the edition for somebody of this member of the programme (null: of none). Completed enrolments keep their
 * seat. The caller holds the edition's lock.
 */
export async function hasSeat(tx: Tx, edition: Pick<Edition, 'id' | 'seats' | 'seats_per_member'>, memberId: string | null): Promise<boolean> {
  if (edition.seats === null && edition.seats_per_member === null) return true;
  const { rows } = await tx.raw<{ rows: { taken: number; by_member: number }[] }>(
    "select count(*)::int as taken, count(*) filter (where member_id = ?)::int as by_member from enrolments where edition_id = ? and status in ('active', 'completed')",
    [memberId, edition.id],
  );
  const { taken = 0, by_member = 0 } = rows[0] ?? {};
  return (edition.seats === null || taken < edition.seats) && (edition.seats_per_member === null || memberId === null || by_member < edition.seats_per_member);
}
