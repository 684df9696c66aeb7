import { database } from '../database/connection.ts';
import { transaction } from '../database/transaction.ts';
import { romeDay } from '../gateways/clock.ts';
import { changeStatus } from './change-status.ts';
import { type Enrolment, OPEN_STATUSES } from './enrolment.ts';
import { lockEdition } from './seats.ts';

/** A cancelled edition ends the enrolments still open, with its own reason; what was completed stays. Asked twice it changes nothing. */
export async function endEnrolments({ editionId }: { editionId: string }): Promise<void> {
  await transaction(async (tx) => {
    const edition = await lockEdition(tx, editionId);
    if (!edition?.cancelled_at) return;
    const open = (await tx('enrolments').where('edition_id', editionId).whereIn('status', [...OPEN_STATUSES]).orderBy('id').forUpdate()) as Enrolment[];
    for (const enrolment of open) await changeStatus(tx, enrolment, 'withdrawn', { personId: null, reason: edition.cancel_reason ?? undefined });
  });
}

/** Nobody gets a seat in an edition that is over: who still awaits one, or an answer, awaits nothing any more. */
export async function endAwaiting(): Promise<void> {
  const over = (await database()('enrolments as e').join('editions as ed', 'ed.id', 'e.edition_id').whereIn('e.status', ['requested', 'waiting']).where('ed.ends_on', '<', romeDay()).distinct().pluck('e.edition_id')) as string[];
  for (const editionId of over) {
    await transaction(async (tx) => {
      await lockEdition(tx, editionId);
      const awaiting = (await tx('enrolments').where('edition_id', editionId).whereIn('status', ['requested', 'waiting']).orderBy('id').forUpdate()) as Enrolment[];
      for (const enrolment of awaiting) await changeStatus(tx, enrolment, 'withdrawn', { personId: null });
    });
  }
}
