import { audit } from '../accounts/audit.ts';
import { transaction } from '../database/transaction.ts';
import { record } from '../events.ts';
import { clock } from '../gateways/clock.ts';
import type { Actor } from '../http/actor.ts';
import { refuseEnded } from './change-edition.ts';
import { type EditionRow, findEdition, lockManagedEdition } from './find-edition.ts';

/** Cancels an edition that is not over, for good: its code and its reason stay. @throws AppError 404, 409 */
export async function cancelEdition(actor: Actor, id: string, reason: string): Promise<EditionRow> {
  await transaction(async (tx) => {
    const edition = await lockManagedEdition(tx, actor, id);
    refuseEnded(edition);
    await tx('editions').where({ id }).update({ cancelled_at: clock.now(), cancelled_by: actor.id, cancel_reason: reason });
    await record(tx, 'edition.cancelled', { editionId: id });
    await audit(tx, actor, 'edition.cancel', 'edition', id, { details: { code: edition.code, reason } });
  });
  return findEdition(actor, id);
}
