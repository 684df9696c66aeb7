import { audit } from '../accounts/audit.ts';
import { coordinates } from '../accounts/covered-bodies.ts';
import { transaction } from '../database/transaction.ts';
import { conflict, notFound } from '../errors.ts';
import type { Actor } from '../http/actor.ts';
import { changeStatus } from './change-status.ts';
import type { Enrolment } from './enrolment.ts';
import { hasSeat, lockEdition } from './seats.ts';

/** The person's coordinator approves (a seat, or the waiting list) or refuses a request. @throws AppError 404 where it is not hers, 409 when decided. */
export async function decideEnrolment(actor: Actor, enrolmentId: string, decision: { decision: 'approved' | 'refused'; reason?: string | undefined }): Promise<void> {
  await transaction(async (tx) => {
    const seen = (await tx('enrolments').where('id', enrolmentId).first()) as Enrolment | undefined;
    if (!seen || !(await coordinates(actor, seen.body_id))) throw notFound();
    const edition = await lockEdition(tx, seen.edition_id);
    const enrolment = (await tx('enrolments').where('id', enrolmentId).forUpdate().first()) as Enrolment | undefined;
    if (!edition || !enrolment) throw notFound();
    if (enrolment.status !== 'requested') throw conflict('enrolment-decided');
    const to = decision.decision === 'refused' ? 'refused' : (await hasSeat(tx, edition, enrolment.member_id)) ? 'active' : 'waiting';
    await changeStatus(tx, enrolment, to, { personId: actor.id, reason: decision.reason });
    await audit(tx, actor, `enrolment.${decision.decision}`, 'enrolment', enrolmentId, { bodyId: enrolment.body_id, details: decision.reason ? { reason: decision.reason } : {} });
  });
}
