import { audit } from '../../accounts/audit.ts';
import { transaction } from '../../database/transaction.ts';
import { notFound } from '../../errors.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import { publish, roomOf } from '../../sockets/publish.ts';
import { findTalk, findTalkToKeep } from './find-talk.ts';
import { keepsOrder } from './policy.ts';
import { lockTalk } from './say.ts';
import { talkTopic } from './topics.ts';

/** Takes a message away: one's own, or any for who keeps order, which goes into the record with its words. Done twice it is done once. @throws AppError 404, 403 */
export async function hideMessage(actor: Actor, number: number, sequence: number): Promise<void> {
  const { webinar, role } = await findTalk(actor, number);
  await transaction(async (tx) => {
    const message = (await tx('room_messages').where({ webinar_id: webinar.id, sequence }).forUpdate().first('author_id', 'text', 'to_staff', 'hidden_at')) as { author_id: string; text: string; to_staff: boolean; hidden_at: Date | null } | undefined;
    if (!message || (message.author_id !== actor.id && !keepsOrder(role))) throw notFound();
    if (message.hidden_at) return;
    await tx('room_messages').where({ webinar_id: webinar.id, sequence }).update({ hidden_at: clock.now(), hidden_by: actor.id });
    if (message.author_id !== actor.id) await audit(tx, actor, 'webinar.message.hide', 'webinar', webinar.id, { details: { number, sequence, before: message.text, authorId: message.author_id } });
    publish(tx, roomOf.topic(talkTopic(number)), 'room:hidden', { number, sequence });
  });
}

/** How long each must wait between two messages, in seconds; 0: not at all. @throws AppError 404, 403 */
export async function slowDown(actor: Actor, number: number, seconds: number): Promise<void> {
  const { webinar } = await findTalkToKeep(actor, number);
  await transaction(async (tx) => {
    const { slow_seconds: before } = await lockTalk(tx, webinar.id);
    if (before === seconds) return;
    await tx('room_talks').where('webinar_id', webinar.id).update({ slow_seconds: seconds });
    await audit(tx, actor, 'webinar.slow', 'webinar', webinar.id, { details: { number, before, after: seconds } });
    publish(tx, roomOf.topic(talkTopic(number)), 'room:changed', { number, what: 'messages' });
  });
}

/** Whether only who keeps order writes to everybody; the others still write to them. @throws AppError 404, 403 */
export async function lockChat(actor: Actor, number: number, locked: boolean): Promise<void> {
  const { webinar } = await findTalkToKeep(actor, number);
  await transaction(async (tx) => {
    if ((await lockTalk(tx, webinar.id)).locked === locked) return;
    await tx('room_talks').where('webinar_id', webinar.id).update({ locked });
    await audit(tx, actor, 'webinar.lock-chat', 'webinar', webinar.id, { details: { number, after: locked } });
    publish(tx, roomOf.topic(talkTopic(number)), 'room:changed', { number, what: 'messages' });
  });
}
