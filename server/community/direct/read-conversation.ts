import { transaction } from '../../database/transaction.ts';
import { record } from '../../events.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import { publish, roomOf } from '../../sockets/publish.ts';
import { type ConversationHead, findConversation } from './find-conversation.ts';
import { listMessages, type MessageRow } from './list-messages.ts';

/** A conversation of hers with some of its messages: from a sequence on, or the newest ones. @throws AppError 404 */
export async function readConversation(actor: Actor, id: string, { from, limit }: { from?: number | undefined; limit: number }): Promise<{ head: ConversationHead; messages: MessageRow[] }> {
  const head = await findConversation(actor, id);
  return { head, messages: await listMessages(id, actor, from ?? Math.max(1, head.last_sequence - limit + 1), limit) };
}

/** She has read so far: never backwards, never beyond what is there; her other windows are told. @returns how far. @throws AppError 404 */
export async function markConversationRead(actor: Actor, id: string, sequence: number): Promise<number> {
  const head = await findConversation(actor, id);
  const upTo = Math.min(sequence, head.last_sequence);
  if (upTo <= head.read_sequence) return head.read_sequence;
  return transaction(async (tx) => {
    const [row] = (await tx('conversation_people').where({ conversation_id: id, person_id: actor.id }).update({ read_sequence: tx.raw('greatest(read_sequence, ?::integer)', [upTo]), read_at: clock.now() }).returning('read_sequence')) as { read_sequence: number }[];
    publish(tx, roomOf.person(actor.id), 'direct:changed', { conversation: id, lastSequence: head.last_sequence });
    await record(tx, 'conversation.read', { conversationId: id, personId: actor.id });
    return row?.read_sequence ?? upTo;
  });
}
