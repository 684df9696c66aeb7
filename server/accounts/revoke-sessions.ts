import type { Tx } from '../database/transaction.ts';
import { clock } from '../gateways/clock.ts';
import { cutOff, roomOf } from '../sockets/publish.ts';

/**
 * Ends sessions of a person: they answer nothing more, their sockets are cut.
 * @param which one session, all but one, or all.
 * @returns how many ended.
 */
export async function revokeSessions(tx: Tx, personId: string, which: { only: string } | { but: string } | 'all'): Promise<number> {
  const query = tx('sessions').where({ person_id: personId }).whereNull('revoked_at').where('expires_at', '>', clock.now());
  if (which !== 'all' && 'only' in which) query.where({ id: which.only });
  if (which !== 'all' && 'but' in which) query.whereNot({ id: which.but });
  const ended = (await query.update({ revoked_at: clock.now() }).returning('id')) as { id: string }[];
  for (const { id } of ended) cutOff(tx, roomOf.session(id));
  return ended.length;
}
