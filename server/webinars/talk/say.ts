import type { MessageInput, RoomMessage } from '../../contract/room-talk.ts';
import { transaction, type Tx } from '../../database/transaction.ts';
import { AppError, forbidden } from '../../errors.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import { publish, roomOf } from '../../sockets/publish.ts';
import { findOpenTalk } from './find-talk.ts';
import { type MessageRow, presentMessage } from './present.ts';
import { keepsOrder } from './policy.ts';
import { staffTopic, talkTopic } from './topics.ts';

/**
 * Writes in a room; sent twice it is one message. The room hears it whole, with its number: who misses one asks for it.
 * @throws AppError 404, 403 as for the room, `room-locked`; 429 `room-slow`
 */
export async function say(actor: Actor, number: number, { clientId, text, toStaff }: MessageInput): Promise<RoomMessage> {
  const { webinar, role } = await findOpenTalk(actor, number);
  return transaction(async (tx) => {
    const talk = await lockTalk(tx, webinar.id);
    const row = { webinar_id: webinar.id, author_id: actor.id, role, client_id: clientId, text, to_staff: toStaff, at: clock.now(), hidden_at: null };
    const before = (await tx('room_messages').where({ webinar_id: webinar.id, author_id: actor.id, client_id: clientId }).first()) as MessageRow | undefined;
    if (before) return presentMessage({ ...before, given_name: actor.givenName, family_name: actor.familyName });
    // To who runs it she can still say that she hears nothing
    if (talk.locked && !toStaff && !keepsOrder(role)) throw forbidden('room-locked');
    if (talk.slow_seconds > 0 && !keepsOrder(role)) await requirePause(tx, webinar.id, actor.id, talk.slow_seconds);
    const sequence = talk.last_sequence + 1;
    await tx('room_talks').where('webinar_id', webinar.id).update({ last_sequence: sequence });
    await tx('room_messages').insert({ ...row, sequence });
    const message = presentMessage({ ...row, sequence, given_name: actor.givenName, family_name: actor.familyName });
    publish(tx, roomOf.topic(toStaff ? staffTopic(number) : talkTopic(number)), 'room:said', { number, message });
    // The others hear that a number was not for them, and do not look for it
    if (toStaff) publish(tx, roomOf.topic(talkTopic(number)), 'room:passed', { number, sequence });
    return message;
  });
}

interface RoomTalk {
  last_sequence: number;
  slow_seconds: number;
  last_caption: number;
  /** Only who keeps order writes to everybody. */
  locked: boolean;
}

/** Where the room's talk ends, held: one speaks at a time. */
export async function lockTalk(tx: Tx, webinarId: string): Promise<RoomTalk> {
  await tx('room_talks').insert({ webinar_id: webinarId }).onConflict('webinar_id').ignore();
  return (await tx('room_talks').where('webinar_id', webinarId).forUpdate().first('last_sequence', 'slow_seconds', 'last_caption', 'locked')) as RoomTalk;
}

async function requirePause(tx: Tx, webinarId: string, authorId: string, seconds: number): Promise<void> {
  const last = (await tx('room_messages').where({ webinar_id: webinarId, author_id: authorId }).max('at as at').first()) as { at: Date | null } | undefined;
  const wait = last?.at ? Math.ceil(seconds - (clock.now().getTime() - last.at.getTime()) / 1000) : 0;
  if (wait > 0) throw new AppError(429, 'room-slow', [], { seconds: wait }, { 'Retry-After': String(wait) });
}
