import type { AffiliationDecision } from '../contract/accounts.ts';
import { transaction } from '../database/transaction.ts';
import { conflict, forbidden, notFound } from '../errors.ts';
import { record } from '../events.ts';
import { clock } from '../gateways/clock.ts';
import { type Actor, holds } from '../http/actor.ts';
import { Affiliation } from './affiliation.ts';
import { audit } from './audit.ts';
import { coveredBodies } from './covered-bodies.ts';
import { mayDecide } from './policy.ts';
import { approveAffiliation } from './settle-affiliation.ts';

/**
 * A coordinator recognises a person as her body's, or does not and says why.
 * @throws AppError 404 outside her bodies; 403 on her own wish; 409 when it was decided or withdrawn meanwhile.
 */
export async function decideAffiliation(actor: Actor, id: string, { decision, reason }: AffiliationDecision): Promise<void> {
  const covered = new Set(await coveredBodies(actor));
  await transaction(async (tx) => {
    const wish = await Affiliation.query(tx).findById(id).forUpdate();
    const person = wish && ((await tx('people').where({ id: wish.person_id }).first('confirmed_at', 'given_name', 'family_name')) as { confirmed_at: Date | null; given_name: string; family_name: string } | undefined);
    if (!wish || !person?.confirmed_at || (!covered.has(wish.body_id) && !holds(actor, 'admin'))) throw notFound();
    if (!mayDecide(actor, wish, covered)) throw forbidden('affiliation-own');
    if (wish.status !== 'pending') throw conflict('affiliation-decided');
    if (decision === 'approved') await approveAffiliation(tx, wish, actor.id, reason || null);
    else {
      await tx('affiliations').where({ id }).update({ status: 'refused', decided_by: actor.id, decided_at: clock.now(), reason });
      await record(tx, 'affiliation.refused', { affiliationId: id });
    }
    await audit(tx, actor, decision === 'approved' ? 'affiliation.approve' : 'affiliation.refuse', 'person', wish.person_id, { bodyId: wish.body_id, details: reason ? { reason } : {} });
  });
}
