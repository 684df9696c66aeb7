import type { Tx } from '../../database/transaction.ts';
import { cutOff, publish, roomOf } from '../../sockets/publish.ts';
import type { ThreadHead } from '../find-thread.ts';

/** Who looks at the thread looks at all of it again; who looks at its network, at its list. */
export function tellRearranged(tx: Tx, { number, last_sequence, network_id }: Pick<ThreadHead, 'number' | 'last_sequence' | 'network_id'>): void {
  publish(tx, roomOf.topic(`thread:${number}`), 'thread:changed', { number, lastSequence: last_sequence, changed: 'several' });
  publish(tx, roomOf.topic(`network:${network_id}`), 'network:changed', { thread: number });
}

/** Who listens to it asks anew whether she may: not everybody who could read it may read where it is now. */
export function cutListeners(tx: Tx, number: number): void {
  for (const topic of [`thread:${number}`, `presence:${number}`]) cutOff(tx, roomOf.topic(topic));
}
