import { transaction } from '../database/transaction.ts';
import { record } from '../events.ts';
import { clock } from '../gateways/clock.ts';
import type { Actor } from '../http/actor.ts';
import { publish, roomOf } from '../sockets/publish.ts';
import { findChannel } from './channel.ts';

/** She has read so far: never backwards, never beyond what is there; her other windows are told. @returns how far. @throws AppError 404, 403 */
export async function markChannelRead(actor: Actor, place: string, sequence: number): Promise<number> {
  const { channel_id, last_sequence, read_sequence } = await findChannel(actor, place);
  const upTo = Math.min(sequence, last_sequence);
  if (channel_id === null || upTo <= read_sequence) return read_sequence;
  return transaction(async (tx) => {
    const [row] = (await tx('channel_readings').insert({ channel_id, person_id: actor.id, sequence: upTo, at: clock.now() }).onConflict(['channel_id', 'person_id'])
      .merge({ sequence: tx.raw('greatest(channel_readings.sequence, excluded.sequence)'), at: tx.raw('excluded.at') }).returning('sequence')) as { sequence: number }[];
    publish(tx, roomOf.person(actor.id), 'channel:read', { place, sequence: upTo });
    // Only who was named has something to be told no longer
    if (await tx('channel_mentions').where({ person_id: actor.id, channel_id }).where('sequence', '>', read_sequence).where('sequence', '<=', upTo).first('sequence')) await record(tx, 'channel.read', { channelId: channel_id, personId: actor.id });
    return row?.sequence ?? upTo;
  });
}
