import { transaction } from '../database/transaction.ts';
import { conflict, notFound } from '../errors.ts';
import type { Actor } from '../http/actor.ts';
import { changeStatus } from './change-status.ts';
import type { Enrolment } from './enrolment.ts';
import { mayWithdraw } from './policy.ts';
import { promoteWaiting } from './promote-waiting.ts';
import { lockEdition } from './seats.ts';

/** Gives the place up; whoever waits longest gets it in the same moment. @throws AppError 404 where it is not hers, 409 `enrolment-ended`. */
export async function withdrawEnrolment(actor: Actor, enrolmentId: string, reason: string | undefined): Promise<void> {
  await transaction(async (tx) => {
    const seen = (await tx('enrolments').where({ id: enrolmentId, person_id: actor.id }).first('edition_id')) as Pick<Enrolment, 'edition_id'> | undefined;
    if (!seen) throw notFound();
    await lockEdition(tx, seen.edition_id);
    const enrolment = (await tx('enrolments').where('id', enrolmentId).forUpdate().first()) as Enrolment;
    if (enrolment.status === 'withdrawn') return;
    if (!mayWithdraw(enrolment)) throw conflict('enrolment-ended');
    await changeStatus(tx, enrolment, 'withdrawn', { personId: actor.id, reason });
    if (enrolment.status === 'active') await promoteWaiting(tx, seen.edition_id);
  });
}
