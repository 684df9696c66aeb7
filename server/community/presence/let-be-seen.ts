import { database } from '../../database/connection.ts';
import { transaction } from '../../database/transaction.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import { cutOff, roomOf } from '../../sockets/publish.ts';

/** Whether others may see that she reads or writes: unless she has refused it. */
export async function mayBeSeen(actor: Actor): Promise<boolean> {
  return (await database()('presence_refusals').where('person_id', actor.id).first('person_id')) === undefined;
}

/** She lets others see it and sees it of them, or neither; her connections ask anew what they may hear. */
export async function letBeSeen(actor: Actor, seen: boolean): Promise<void> {
  await transaction(async (tx) => {
    if (seen) await tx('presence_refusals').where('person_id', actor.id).delete();
    else await tx('presence_refusals').insert({ person_id: actor.id, at: clock.now() }).onConflict('person_id').ignore();
    cutOff(tx, roomOf.person(actor.id));
  });
}
