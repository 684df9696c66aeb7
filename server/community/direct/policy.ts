import { AppError, conflict, forbidden } from '../../errors.ts';
import type { Actor } from '../../http/actor.ts';
import { requireWriting } from '../moderation/suspension.ts';
import type { OtherPerson } from './find-conversation.ts';

/**
 * Who may write to whom: people whom a body has recognised, and nobody who is suspended from writing anywhere. Who was blocked is told what is told of somebody who
 * cannot be reached at all: she does not learn which of the two it is.
 * @throws AppError 403 `direct-no-body`, `writing-suspended`, `direct-not-possible`; 409 `direct-blocked`
 */
export function requireWritingTo(actor: Pick<Actor, 'bodyId'>, other: OtherPerson): void {
  if (actor.bodyId === null) throw forbidden('direct-no-body');
  requireWriting(other);
  if (other.blocked) throw conflict('direct-blocked');
  if (other.blocks || !other.reachable) throw forbidden('direct-not-possible');
}

/** The same as an answer. */
export function refusalOf(actor: Pick<Actor, 'bodyId'>, other: OtherPerson): AppError | null {
  try {
    requireWritingTo(actor, other);
    return null;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}
