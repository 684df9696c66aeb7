import { ChannelPlace } from '../contract/channels.ts';
import { AppError } from '../errors.ts';
import type { TopicPolicy } from '../sockets/server.ts';
import { findChannel } from './channel.ts';

/** What is said in a channel, for who is in it. */
export const channelTopic = (place: string): string => `channel:${place}`;

/** `channel:rete-sua`, `channel:edizione-<id>`; undefined for everybody who is not in it. */
export const channelsTopic: TopicPolicy = async (topic, actor) => {
  const [kind, place, ...more] = topic.split(':');
  if (kind !== 'channel' || more.length > 0 || !actor || !ChannelPlace.safeParse(place).success) return undefined;
  try {
    await findChannel(actor, place ?? '');
    return true;
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
};
