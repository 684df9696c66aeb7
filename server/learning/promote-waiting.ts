import { database } from '../database/connection.ts';
import { transaction, type Tx } from '../database/transaction.ts';
import { romeDay } from '../gateways/clock.ts';
import { changeStatus } from './change-status.ts';
import type { Enrolment } from './enrolment.ts';
import { evaluateAgain } from './evaluate-completion.ts';
import { hasSeat, lockEdition } from './seats.ts';

/**
 * Gives the free seats of an edition to those who wait, in the order in which they came; who does not fit her Province's seats lets the
 * next one pass. Called wherever a seat may have become free.
 */
export async function promoteWaiting(tx: Tx, editionId: string): Promise<void> {
  const edition = await lockEdition(tx, editionId);
  if (!edition?.published_at || edition.cancelled_at || edition.ends_on < romeDay()) return;
  const waiting = (await tx('enrolments').where({ edition_id: editionId, status: 'waiting' }).orderBy([{ column: 'requested_at' }, { column: 'id' }]).forUpdate()) as Enrolment[];
  for (const enrolment of waiting) {
    if (!(await hasSeat(tx, edition, enrolment.member_id))) continue;
    await changeStatus(tx, enrolment, 'active', { personId: null });
    await evaluateAgain(tx, enrolment.id);
  }
}

/** The safety net: every edition where somebody waits. */
export async function promoteAllWaiting(): Promise<void> {
  const rows = (await database()('enrolments as e').join('editions as ed', 'ed.id', 'e.edition_id').where('e.status', 'waiting').where('ed.ends_on', '>=', romeDay()).distinct('e.edition_id')) as { edition_id: string }[];
  for (const { edition_id } of rows) await transaction((tx) => promoteWaiting(tx, edition_id));
}
