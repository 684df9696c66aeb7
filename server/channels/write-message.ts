import type { ChannelMessage, ChannelMessageInput } from '../contract/channels.ts';
import { transaction, type Tx } from '../database/transaction.ts';
import { record } from '../events.ts';
import { clock } from '../gateways/clock.ts';
import type { Actor } from '../http/actor.ts';
import { publish, roomOf } from '../sockets/publish.ts';
import { findChannel, requireChannelWriting } from './channel.ts';
import type { FoundChannel } from './find-places.ts';
import { channelTopic } from './channel-topic.ts';
import { namedIn } from './find-nameable.ts';
import { type ChannelMessageRow, MESSAGE, WRITTEN } from './list-messages.ts';
import { presentChannelMessage } from './present.ts';

/** Writes in a channel; sent twice it is one message. Who is there hears it whole, with its number. @throws AppError as `findChannel` and `requireChannelWriting` */
export async function writeChannelMessage(actor: Actor, place: string, input: ChannelMessageInput): Promise<ChannelMessage> {
  const { kind, place_id } = await findChannel(actor, place);
  return transaction(async (tx) => {
    const { id, last_sequence } = await lockChannel(tx, kind, place_id);
    const before = (await tx('channel_messages').where({ channel_id: id, author_id: actor.id, client_id: input.clientId }).first('sequence')) as { sequence: number } | undefined;
    if (before) return presentChannelMessage(await read(tx, id, before.sequence));
    // Who was sent out while she waited writes nothing any more
    const channel = await findChannel(actor, place);
    requireChannelWriting(channel);
    const [sequence, at] = [last_sequence + 1, clock.now()];
    await tx('channels').where({ id }).update({ last_sequence: sequence, last_at: at });
    await tx('channel_messages').insert({ channel_id: id, sequence, author_id: actor.id, client_id: input.clientId, text: input.text, at });
    const named = await namedIn(tx, channel, actor, input);
    if (named.length > 0) {
      await tx('channel_mentions').insert(named.map((person_id) => ({ channel_id: id, sequence, person_id })));
      await record(tx, 'channel.named', { channelId: id, sequence });
    }
    // Who writes has read what stood there up to then only if she had: what came before stays unread where it was
    await tx('channel_readings').where({ channel_id: id, person_id: actor.id, sequence: sequence - 1 }).update({ sequence, at });
    const message = presentChannelMessage(await read(tx, id, sequence));
    publish(tx, roomOf.topic(channelTopic(place)), 'channel:said', { place, message });
    return message;
  });
}

/** Where a channel's talk ends, locked: one speaks at a time. There is one from its first message on. */
async function lockChannel(tx: Tx, kind: FoundChannel['kind'], place_id: string): Promise<{ id: string; last_sequence: number }> {
  const column = kind === 'network' ? 'network_id' : 'edition_id';
  await tx('channels').insert({ [column]: place_id }).onConflict(column).ignore();
  return (await tx('channels').where(column, place_id).forUpdate().first('id', 'last_sequence')) as { id: string; last_sequence: number };
}

async function read(tx: Tx, channelId: string, sequence: number): Promise<ChannelMessageRow> {
  const { rows: [row] } = await tx.raw<{ rows: ChannelMessageRow[] }>(`select ${MESSAGE} ${WRITTEN} where x.channel_id = ? and x.sequence = ?`, [channelId, sequence]);
  if (!row) throw new Error('The message is gone');
  return row;
}
