import { transaction } from '../database/transaction.ts';
import { conflict, notFound, violates } from '../errors.ts';
import { clock } from '../gateways/clock.ts';
import type { Actor } from '../http/actor.ts';
import { Affiliation } from './affiliation.ts';
import { requireJoinable } from './joinable-body.ts';
import { settleAffiliation } from './settle-affiliation.ts';

/**
 * A confirmed person asks to belong to another body.
 * @throws AppError 409 when she belongs to it already, or another wish of hers is open.
 */
export async function requestAffiliation(actor: Actor, bodyId: string): Promise<Affiliation> {
  await requireJoinable(bodyId);
  if (actor.bodyId === bodyId) throw conflict('affiliation-same');
  try {
    return await transaction(async (tx) => {
      const wish = await Affiliation.query(tx).insertAndFetch({ person_id: actor.id, body_id: bodyId });
      await settleAffiliation(tx, wish, actor);
      return wish.$query(tx).withGraphFetched('body');
    });
  } catch (error) {
    if (violates(error, 'affiliations_pending')) throw conflict('affiliation-open');
    throw error;
  }
}

/** She no longer asks. @throws AppError 404 when it is not hers; 409 when it was decided meanwhile. */
export async function cancelAffiliation(actor: Actor, id: string): Promise<void> {
  await transaction(async (tx) => {
    const wish = await Affiliation.query(tx).findOne({ id, person_id: actor.id }).forUpdate();
    if (!wish) throw notFound();
    if (wish.status !== 'pending') throw conflict('affiliation-decided');
    await tx('affiliations').where({ id }).update({ status: 'cancelled', decided_at: clock.now() });
  });
}
