import type { MessageInput } from '../../contract/direct.ts';
import { transaction, type Tx } from '../../database/transaction.ts';
import { tooMany, violates } from '../../errors.ts';
import { record } from '../../events.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import { publish, roomOf } from '../../sockets/publish.ts';
import { conversationsPerDay } from '../moderation/trust.ts';
import { findConversation, findCorrespondent } from './find-conversation.ts';
import type { MessageRow } from './list-messages.ts';
import { requireWritingTo } from './policy.ts';

const DAY_MS = 24 * 3_600_000;

export interface Sent {
  conversationId: string;
  message: MessageRow;
}

/** Writes in a conversation of the actor's own; sent twice it is one message. @throws AppError 404; what `requireWritingTo` refuses */
export async function sendMessage(actor: Actor, conversationId: string, input: MessageInput): Promise<Sent> {
  const { other_id } = await findConversation(actor, conversationId);
  return writeTo(actor, other_id, input);
}

/**
 * Writes to a person, beginning the conversation where there is none; sent twice, or by both at once, it is one conversation and one message.
 * @throws AppError 404; what `requireWritingTo` refuses; 429 where somebody begins more conversations in a day than she is trusted with
 */
export async function writeTo(actor: Actor, personId: string, input: MessageInput): Promise<Sent> {
  const work = () => transaction(async (tx) => {
    const sent = await sentBefore(tx, actor, input.clientId);
    if (sent) return sent;
    const other = await findCorrespondent(actor, personId);
    requireWritingTo(actor, other);
    const conversationId = other.conversation_id ?? (await begin(tx, actor, personId));
    return { conversationId, message: await write(tx, actor, { conversationId, personId }, input) };
  });
  try {
    return await work();
  } catch (error) {
    // The same was being sent at this very moment: now it is there
    if (!violates(error, 'direct_messages_author_id_client_id_key')) throw error;
    return work();
  }
}

async function sentBefore(tx: Tx, actor: Actor, clientId: string): Promise<Sent | undefined> {
  const row = (await tx('direct_messages').where({ author_id: actor.id, client_id: clientId }).first()) as (MessageRow & { conversation_id: string }) | undefined;
  return row && { conversationId: row.conversation_id, message: { ...row, reported: false } };
}

async function begin(tx: Tx, actor: Actor, personId: string): Promise<string> {
  // Her own row stands for the conversations that are not there yet: many begun at once are counted one after the other
  await tx('people').where('id', actor.id).forNoKeyUpdate().first('id');
  const now = clock.now();
  const begun = (await tx('conversations').where('started_by', actor.id).where('created_at', '>', new Date(now.getTime() - DAY_MS)).orderBy('created_at').select('created_at')) as { created_at: Date }[];
  const most = await conversationsPerDay(actor);
  const oldest = begun.at(-most);
  if (begun.length >= most && oldest) throw tooMany(Math.ceil((oldest.created_at.getTime() + DAY_MS - now.getTime()) / 1000));
  const [low, high] = [actor.id, personId].sort();
  await tx('conversations').insert({ low_id: low, high_id: high, started_by: actor.id, created_at: now, last_at: now }).onConflict(['low_id', 'high_id']).ignore();
  const { id } = (await tx('conversations').where({ low_id: low, high_id: high }).first('id')) as { id: string };
  await tx('conversation_people').insert([{ conversation_id: id, person_id: low }, { conversation_id: id, person_id: high }]).onConflict(['conversation_id', 'person_id']).ignore();
  return id;
}

async function write(tx: Tx, actor: Actor, { conversationId, personId }: { conversationId: string; personId: string }, { clientId, text }: MessageInput): Promise<MessageRow> {
  const now = clock.now();
  const [numbered] = (await tx('conversations').where('id', conversationId).update({ last_sequence: tx.raw('last_sequence + 1'), last_at: tx.raw('greatest(last_at, ?::timestamptz)', [now]) }).returning(['last_sequence', 'last_at'])) as { last_sequence: number; last_at: Date }[];
  if (!numbered) throw new Error('The conversation is gone');
  const { last_sequence: sequence, last_at: created_at } = numbered;
  const [row] = (await tx('direct_messages').insert({ conversation_id: conversationId, sequence, author_id: actor.id, text, created_at, client_id: clientId }).returning('*')) as MessageRow[];
  if (!row) throw new Error('not inserted');
  // She knows what she wrote; what the other wrote before it stays unread where it was
  await tx('conversation_people').where({ conversation_id: conversationId, person_id: actor.id, read_sequence: sequence - 1 }).update({ read_sequence: sequence, read_at: now });
  for (const id of [actor.id, personId]) publish(tx, roomOf.person(id), 'direct:changed', { conversation: conversationId, lastSequence: sequence });
  await record(tx, 'message.sent', { messageId: row.id });
  return { ...row, reported: false };
}
