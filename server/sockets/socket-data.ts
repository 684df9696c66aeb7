import type { Actor } from '../http/actor.ts';

/** What is known of a connection, from its handshake on. */
export interface SocketData {
  actor: Actor | null;
}
