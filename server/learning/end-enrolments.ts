import { database } from '../database/connection.ts';
import { transaction } from '../database/transaction.ts';
import { romeDay } from '../gateways/clock.ts';
import { changeStatus } from './change-status.ts';
import { type Enrolment, OPEN_STATUSES } from './enrolment.ts';
import { promoteWaiting } from './promote-waiting.ts';
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

/** Who leaves gives up what she has not completed; whoever waits longest gets her seats. Asked twice it changes nothing. */
export async function endEnrolmentsOf(personId: string): Promise<void> {
  const open = (await database()('enrolments').where('person_id', personId).whereIn('status', [...OPEN_STATUSES]).orderBy('id').select('id', 'edition_id')) as Pick<Enrolment, 'id' | 'edition_id'>[];
  for (const { id, edition_id } of open) {
    await transaction(async (tx) => {
      await lockEdition(tx, edition_id);
      const enrolment = (await tx('enrolments').where({ id }).whereIn('status', [...OPEN_STATUSES]).forUpdate().first()) as Enrolment | undefined;
      if (!enrolment) return;
      await changeStatus(tx, enrolment, 'withdrawn', { personId: null });
      if (enrolment.status === 'active') await promoteWaiting(tx, edition_id);
    });
  }
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
