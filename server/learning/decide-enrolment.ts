import { audit } from '../accounts/audit.ts';
import { coveredBodies } from '../accounts/covered-bodies.ts';
import { transaction } from '../database/transaction.ts';
import { conflict, forbidden, notFound } from '../errors.ts';
import { romeDay } from '../gateways/clock.ts';
import { type Actor, holds } from '../http/actor.ts';
import { changeStatus } from './change-status.ts';
import type { Enrolment } from './enrolment.ts';
import { evaluateAgain } from './evaluate-completion.ts';
import { mayDecide } from './policy.ts';
import { hasSeat, lockEdition } from './seats.ts';

/**
 * The person's coordinator approves (a seat, or the waiting list) or refuses a request.
 * @throws AppError 404 where it is not hers; 403 on her own; 409 when it is decided, or there is nothing left to approve.
 */
export async function decideEnrolment(actor: Actor, enrolmentId: string, decision: { decision: 'approved' | 'refused'; reason?: string | undefined }): Promise<void> {
  const covered = new Set(await coveredBodies(actor));
  await transaction(async (tx) => {
    const seen = (await tx('enrolments').where('id', enrolmentId).first()) as Enrolment | undefined;
    if (!seen || !(covered.has(seen.body_id) || holds(actor, 'admin'))) throw notFound();
    if (!mayDecide(actor, seen)) throw forbidden('enrolment-own');
    const edition = await lockEdition(tx, seen.edition_id);
    const enrolment = (await tx('enrolments').where('id', enrolmentId).forUpdate().first()) as Enrolment | undefined;
    if (!edition || !enrolment) throw notFound();
    if (enrolment.status !== 'requested') throw conflict('enrolment-decided');
    const over = edition.cancelled_at !== null || edition.ends_on < romeDay();
    if (decision.decision === 'approved' && over) throw conflict('edition-over');
    const to = decision.decision === 'refused' ? 'refused' : (await hasSeat(tx, edition, enrolment.member_id)) ? 'active' : 'waiting';
    await changeStatus(tx, enrolment, to, { personId: actor.id, reason: decision.reason });
    if (to === 'active') await evaluateAgain(tx, enrolmentId);
    await audit(tx, actor, `enrolment.${decision.decision}`, 'enrolment', enrolmentId, { bodyId: enrolment.body_id, details: decision.reason ? { reason: decision.reason } : {} });
  });
}
