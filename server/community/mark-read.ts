import { database } from '../database/connection.ts';
import { transaction } from '../database/transaction.ts';
import { forbidden } from '../errors.ts';
import { clock } from '../gateways/clock.ts';
import type { Actor } from '../http/actor.ts';
import { publish, roomOf } from '../sockets/publish.ts';
import { findThread } from './find-thread.ts';
import { requireWriting } from './moderation/suspension.ts';
import { loadReadable } from './load-network.ts';

/** She has read so far: never backwards, never beyond what is there; her other windows are told. @returns how far. @throws AppError 404; 403 for who is no member */
export async function markRead(actor: Actor, number: number, sequence: number): Promise<number> {
  const thread = await findThread(actor, number);
  if (thread.read_sequence === null) throw forbidden('network-not-member');
  const upTo = Math.min(sequence, thread.last_sequence);
  if (upTo <= thread.read_sequence) return thread.read_sequence;
  return transaction(async (tx) => {
    const { rows } = await tx.raw<{ rows: { sequence: number }[] }>(
      `insert into thread_readings (person_id, thread_id, sequence, read_at) values (?, ?, ?, ?)
       on conflict (person_id, thread_id) do update set sequence = greatest(thread_readings.sequence, excluded.sequence), read_at = excluded.read_at returning sequence`,
      [actor.id, thread.id, upTo, clock.now()],
    );
    publish(tx, roomOf.person(actor.id), 'reading:changed', { network: thread.network_key, thread: number, sequence: rows[0]?.sequence ?? upTo });
    return rows[0]?.sequence ?? upTo;
  });
}

/** Everything in a network that has been written until now is read. @throws AppError 404; 403 for who is no member */
export async function markAllRead(actor: Actor, key: string): Promise<void> {
  const { network, standing } = await loadReadable(actor, key);
  if (standing.membership !== 'active') throw forbidden('network-not-member');
  await transaction(async (tx) => {
    await tx('network_members').where({ network_id: network.id, person_id: actor.id }).update({ read_until: clock.now() });
    publish(tx, roomOf.person(actor.id), 'reading:changed', { network: key });
  });
}

/** Says that her body has the question too, or no longer. @returns how many bodies have it. @throws AppError 404; 403 for who is no member */
export async function shareInterest(actor: Actor, number: number, shared: boolean): Promise<{ bodies: number; mine: boolean }> {
  const thread = await findThread(actor, number);
  requireWriting(thread);
  if (thread.read_sequence === null) throw forbidden('network-not-member');
  const mine = { thread_id: thread.id, person_id: actor.id };
  if (shared) await database()('thread_interests').insert({ ...mine, body_id: actor.bodyId, at: clock.now() }).onConflict(['thread_id', 'person_id']).ignore();
  else await database()('thread_interests').where(mine).delete();
  const { interested } = await findThread(actor, number);
  return { bodies: interested, mine: shared };
}
