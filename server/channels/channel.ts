import { AppError, forbidden, notFound } from '../errors.ts';
import type { Actor } from '../http/actor.ts';
import { requireWriting } from '../community/moderation/suspension.ts';
import { findEditionChannel, findNetworkChannel, type FoundChannel } from './find-places.ts';

/** A channel for who is in its network or edition. @param place as in the contract. @throws AppError 404 for a place that she may not know of, and an edition that is not hers; 403 `channel-not-in` */
export async function findChannel(actor: Actor, place: string): Promise<FoundChannel> {
  const [, kind, key = ''] = /^(rete|edizione)-(.+)$/.exec(place) ?? [];
  const found = kind === 'rete' ? await findNetworkChannel(actor, key) : await findEditionChannel(actor, key);
  if (!found || (!found.inside && kind === 'edizione')) throw notFound();
  // Who knows of a network learns how to come in
  if (!found.inside) throw forbidden('channel-not-in');
  return { ...found, place };
}

/** @throws AppError 403 `writing-suspended`, `channel-over` */
export function requireChannelWriting(channel: Pick<FoundChannel, 'suspended_until' | 'over'>): void {
  requireWriting(channel);
  if (channel.over) throw forbidden('channel-over');
}

/** The same as an answer. */
export function channelRefusal(channel: Pick<FoundChannel, 'suspended_until' | 'over'>): AppError | null {
  try {
    requireChannelWriting(channel);
    return null;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}
