import type { BetweenServers, ServerToClient } from '../contract/sockets.ts';
import type { TransactionalPool } from '../database/pool.ts';
import { type Tx, transactionClient } from '../database/transaction.ts';
import { log } from '../http/log.ts';

export const NAMESPACE = '/app';

/** Rooms: a person's own, a session's own, and the topics that features open. */
export const roomOf = {
  person: (id: string) => `person:${id}`,
  session: (id: string) => `session:${id}`,
  topic: (name: string) => `topic:${name}`,
};

/** The channel on which every process's Socket.IO adapter listens, and the kinds of message that we send there (socket.io-adapter's `MessageType`). */
const CHANNEL = `socket.io#${NAMESPACE}`;
const BROADCAST = 3;
const DISCONNECT_SOCKETS = 6;
const SERVER_SIDE_EMIT = 9;
/** Socket.IO's packet of an event. */
const EVENT = 2;

let sender: TransactionalPool | undefined;

export function connectPublisher(pool: TransactionalPool): void {
  sender = pool;
}

/**
 * Tells a room, whichever process its people are connected to. PostgreSQL delivers it when the transaction commits, never if it
 * rolls back.
 */
export function publish<E extends keyof ServerToClient>(_tx: Tx, room: string, event: E, ...args: Parameters<ServerToClient[E]>): void {
  send(BROADCAST, { packet: { type: EVENT, data: [event, ...args], nsp: NAMESPACE }, opts: { rooms: [room], except: [], flags: {} } });
}

/** Cuts the connections of a room after the commit: a revoked session hears nothing more. */
export function cutOff(_tx: Tx, room: string): void {
  send(DISCONNECT_SOCKETS, { opts: { rooms: [room], except: [] }, close: true });
}

/** Cuts every connection after the commit: what everybody may hear is decided anew. They come back by themselves, not all at once. */
export function cutOffEverybody(_tx: Tx): void {
  send(DISCONNECT_SOCKETS, { opts: { rooms: [], except: [] }, close: true });
}

/** Tells every web process's namespace, and no browser. */
export function publishToServers<E extends keyof BetweenServers>(event: E, ...args: Parameters<BetweenServers[E]>): void {
  send(SERVER_SIDE_EMIT, { packet: [event, ...args] });
}

/** What each transaction (or none) has said in this turn, to go in one statement: a round trip for each hint would cost more than the hint. */
const gathering = new Map<unknown, string[]>();

/**
 * Written by hand because Socket.IO's own emitter (0.1) does not name the namespace in its messages, and the adapter (0.5) then drops
 * them. Hints are small: PostgreSQL carries up to 8000 bytes. Not awaited: what is said in one turn leaves at its end, before whoever
 * said it can go on to the commit, and the driver keeps the order.
 */
function send(type: number, data: unknown): void {
  if (!sender) throw new Error('The publisher is not connected yet');
  const message = JSON.stringify({ uid: 'publisher', nsp: NAMESPACE, type, data });
  const transaction = transactionClient();
  const said = gathering.get(transaction);
  if (said) {
    said.push(message);
    return;
  }
  const messages = [message];
  gathering.set(transaction, messages);
  queueMicrotask(() => {
    gathering.delete(transaction);
    sender?.query('select pg_notify($1, message) from unnest($2::text[]) message', [CHANNEL, messages]).catch((error: unknown) => log.error({ err: error, type }, 'a hint was not published'));
  });
}
