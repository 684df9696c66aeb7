import type { Actor } from '../../http/actor.ts';
import type { Network } from '../network.ts';
import { mayWrite, type Standing } from '../policy.ts';

/** Who put it there keeps it up to date, as long as she is in the network, and who moderates. */
export const mayKeep = (actor: Actor | null, document: { author_id: string }, network: Pick<Network, 'archived_at'>, standing: Standing): boolean =>
  mayWrite(network, standing) && (standing.moderates || actor?.id === document.author_id);
