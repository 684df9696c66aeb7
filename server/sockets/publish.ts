import { encode } from '@msgpack/msgpack';
import { MEDIA_NAMESPACE } from '../contract/one-frame-parser.ts';
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

/** The channel on which every process's Socket.IO adapter listens. */
const channelOf = (namespace: string) => `socket.io#${namespace}`;
/** The kinds of message that we send there (socket.io-adapter's `MessageType`). */
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
  cut([room]);
}

/** Cuts every connection after the commit: what everybody may hear is decided anew. They come back by themselves, not all at once. */
export function cutOffEverybody(_tx: Tx): void {
  cut([]);
}

/** From what is said and from what is shown: a live room too. */
function cut(rooms: string[]): void {
  for (const namespace of [NAMESPACE, MEDIA_NAMESPACE]) send(DISCONNECT_SOCKETS, { opts: { rooms, except: [] }, close: true }, namespace);
}

/** Tells every web process's namespace, and no browser. */
export function publishToServers<E extends keyof BetweenServers>(event: E, ...args: Parameters<BetweenServers[E]>): void {
  send(SERVER_SIDE_EMIT, { packet: [event, ...args] });
}

/** PostgreSQL carries up to 8000 bytes, and fails the transaction that says more. */
const MOST_BYTES = 7900;

interface Said {
  channel: string;
  message: { uid: string; nsp: string; type: number; data: unknown };
  text: string;
}

const NOTIFY = 'select pg_notify(channel, message) from unnest($1::text[], $2::text[]) told(channel, message)';
/** What is larger lies in the adapter's own table, as it reads it there; it clears it away by itself. */
const NOTIFY_LARGE = `with kept as (insert into socket_io_attachments (payload) values ($2) returning id) select pg_notify($1, json_build_object('uid', $3::text, 'type', $4::integer, 'attachmentId', id)::text) from kept`;

/** What each transaction (or none) has said in this turn, to go in one statement: a round trip for each hint would cost more than the hint. */
const gathering = new Map<unknown, Said[]>();

/**
 * Written by hand because Socket.IO's own emitter (0.1) does not name the namespace in its messages, and the adapter (0.5) then drops
 * them. Not awaited: what is said in one turn leaves at its end, before whoever
 * said it can go on to the commit, and the driver keeps the order.
 */
function send(type: number, data: unknown, namespace = NAMESPACE): void {
  if (!sender) throw new Error('The publisher is not connected yet');
  const message = { uid: 'publisher', nsp: namespace, type, data };
  const said: Said = { channel: channelOf(namespace), message, text: JSON.stringify(message) };
  const transaction = transactionClient();
  const before = gathering.get(transaction);
  if (before) {
    before.push(said);
    return;
  }
  const all = [said];
  gathering.set(transaction, all);
  queueMicrotask(() => {
    gathering.delete(transaction);
    const isLarge = ({ text }: Said): boolean => Buffer.byteLength(text) > MOST_BYTES;
    const failed = (error: unknown): void => log.error({ err: error, type }, 'a hint was not published');
    const small = all.filter((one) => !isLarge(one));
    if (small.length > 0) sender?.query(NOTIFY, [small.map(({ channel }) => channel), small.map(({ text }) => text)]).catch(failed);
    for (const { channel, message: large } of all.filter(isLarge)) sender?.query(NOTIFY_LARGE, [channel, Buffer.from(encode(large)), large.uid, large.type]).catch(failed);
  });
}
