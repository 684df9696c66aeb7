import { transaction } from '../database/transaction.ts';
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
