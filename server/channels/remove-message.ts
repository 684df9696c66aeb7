import { audit } from '../accounts/audit.ts';
import { transaction } from '../database/transaction.ts';
import { notFound } from '../errors.ts';
import { clock } from '../gateways/clock.ts';
import type { Actor } from '../http/actor.ts';
import { publish, roomOf } from '../sockets/publish.ts';
import { findChannel } from './channel.ts';
import { channelTopic } from './channel-topic.ts';

/** Takes a message away: one's own, or any for who keeps order, which goes into the record with its words. Done twice it is done once. @throws AppError 404, 403 */
export async function removeChannelMessage(actor: Actor, place: string, sequence: number): Promise<void> {
  const channel = await findChannel(actor, place);
  if (channel.channel_id === null) throw notFound();
  const where = { channel_id: channel.channel_id, sequence };
  await transaction(async (tx) => {
    const message = (await tx('channel_messages').where(where).forUpdate().first('author_id', 'text', 'hidden_at')) as { author_id: string; text: string; hidden_at: Date | null } | undefined;
    if (!message || (message.author_id !== actor.id && !channel.moderates)) throw notFound();
    if (message.hidden_at) return;
    await tx('channel_messages').where(where).update({ hidden_at: clock.now(), hidden_by: actor.id });
    if (message.author_id !== actor.id) await audit(tx, actor, 'channel.message.hide', channel.kind, channel.place_id, { details: { place, sequence, before: message.text, authorId: message.author_id } });
    publish(tx, roomOf.topic(channelTopic(place)), 'channel:hidden', { place, sequence });
  });
}
