import { transaction } from '../../database/transaction.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import { findCorrespondent } from './find-conversation.ts';

/** From now on this person cannot write to her, and is not told so. Asked twice it changes nothing. @throws AppError 404 for herself or nobody */
export async function blockPerson(actor: Actor, personId: string): Promise<void> {
  const { other_id } = await findCorrespondent(actor, personId);
  await transaction((tx) => tx('person_blocks').insert({ person_id: actor.id, blocked_id: other_id, at: clock.now() }).onConflict(['person_id', 'blocked_id']).ignore());
}

export async function unblockPerson(actor: Actor, personId: string): Promise<void> {
  await findCorrespondent(actor, personId);
  await transaction((tx) => tx('person_blocks').where({ person_id: actor.id, blocked_id: personId }).delete());
}
