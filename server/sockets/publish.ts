import { Emitter } from '@socket.io/postgres-emitter';
import type { ServerToClient } from '../contract/sockets.ts';
import type { TransactionalPool } from '../database/pool.ts';
import type { Tx } from '../database/transaction.ts';

export const NAMESPACE = '/app';

/** Rooms: a person's own, a session's own, and the topics that features open. */
export const roomOf = {
  person: (id: string) => `person:${id}`,
  session: (id: string) => `session:${id}`,
  topic: (name: string) => `topic:${name}`,
};

let emitter: Emitter<ServerToClient> | undefined;

export function connectPublisher(pool: TransactionalPool): void {
  emitter = new Emitter<ServerToClient>(pool, NAMESPACE);
}

/**
 * Tells a room, whichever process its people are connected to. PostgreSQL delivers it when the transaction commits, never if it
 * rolls back.
 */
export function publish<E extends keyof ServerToClient>(_tx: Tx, room: string, event: E, ...args: Parameters<ServerToClient[E]>): void {
  if (!emitter) throw new Error('The publisher is not connected yet');
  emitter.to(room).emit(event, ...(args as never));
}

/** Cuts the connections of a room after the commit: a revoked session hears nothing more. */
export function cutOff(_tx: Tx, room: string): void {
  emitter?.in(room).disconnectSockets(true);
}
