import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { createAdapter } from '@socket.io/postgres-adapter';
import type pg from 'pg';
import { Server, type Socket } from 'socket.io';
import type { BetweenServers, ClientToServer, ServerToClient } from '../contract/sockets.ts';
import type { Actor } from '../http/actor.ts';
import { cookiesOf, SESSION_COOKIE, type LoadActor } from '../http/context.ts';
import { log } from '../http/log.ts';
import { listeningPool } from './listening-pool.ts';
import { startPresence } from './presence.ts';
import { NAMESPACE, publishToServers, roomOf } from './publish.ts';
import type { SocketData } from './socket-data.ts';

/** A feature's topics: the first that knows the name decides whether this person may hear it. */
export type TopicPolicy = (topic: string, actor: Actor | null) => boolean | undefined | Promise<boolean | undefined>;

export type AppSocket = Socket<ClientToServer, ServerToClient, BetweenServers, SocketData>;
/** What a feature does with the connection of somebody who is signed in. */
export type AppBinding = (socket: AppSocket, actor: Actor) => void;

/** How long to wait for what one has sent oneself, before sending it again. */
const PROBE_MS = 25;

/**
 * Socket.IO on the same port. Anybody may connect; what one hears is decided at each subscription. Resolves once what is published
 * reaches this process: a browser that connected earlier would miss hints, and nobody would know.
 */
export async function createSockets(http: HttpServer, pool: pg.Pool, loadActor: LoadActor, topics: TopicPolicy[], bindings: AppBinding[] = []) {
  const io = new Server<ClientToServer, ServerToClient, BetweenServers, SocketData>(http, {
    adapter: createAdapter(listeningPool(pool, http), { errorHandler: (error) => log.error({ err: error }, 'socket adapter') }),
    serveClient: false,
    maxHttpBufferSize: 100_000,
    perMessageDeflate: false,
    allowRequest: (request, done) => done(null, isOwnOrigin(request)),
  });
  const app = io.of(NAMESPACE);
  app.use((socket, next) => {
    actorOf(socket.handshake.headers.cookie, loadActor).then(
      (actor) => {
        socket.data.actor = actor;
        next();
      },
      () => next(new Error('internal')),
    );
  });
  const self = randomUUID();
  const presence = startPresence(app, self);
  http.once('close', presence.stop);
  app.on('connection', (socket) => {
    const { actor } = socket.data;
    if (actor) presence.heed(socket, { id: actor.id, name: `${actor.givenName} ${actor.familyName}` });
    if (actor) void socket.join([roomOf.person(actor.id), roomOf.session(actor.sessionId)]);
    if (actor) for (const bind of bindings) bind(socket, actor);
    socket.on('subscribe', (topic: unknown, done: unknown) => {
      if (typeof done !== 'function') return;
      admit(topic).then(
        (allowed) => {
          done(allowed ? { ok: true } : { ok: false, code: allowed === false ? 'forbidden' : 'not-found' });
        },
        (error: unknown) => {
          log.error({ err: error, topic }, 'a subscription could not be decided');
          done({ ok: false, code: 'internal' });
        },
      );
    });
    /** Decided, joined, and decided again: whoever loses the right in between is in the room too late to be cut off with the others. */
    async function admit(topic: unknown): Promise<boolean | undefined> {
      const allowed = await decide(topics, topic, actor);
      // Who was cut off meanwhile joins nothing any more
      if (!allowed || !socket.connected) return allowed;
      const room = roomOf.topic(String(topic));
      void socket.join(room);
      const still = await decide(topics, topic, actor);
      if (!still) void socket.leave(room);
      return still;
    }
    socket.on('unsubscribe', (topic: unknown, done: unknown) => {
      if (typeof topic === 'string') void socket.leave(roomOf.topic(topic));
      if (typeof done === 'function') done({ ok: true });
    });
  });
  let listening = false;
  app.on('listening', (process) => {
    listening ||= process === self;
  });
  while (!listening) {
    publishToServers('listening', self);
    await pause(PROBE_MS);
  }
  return io;
}

/** A browser says whose page opened the connection: another's may not. Programs say nothing. */
export function isOwnOrigin({ headers: { origin, host } }: IncomingMessage): boolean {
  return !origin || (URL.canParse(origin) && new URL(origin).host === host);
}

/** Whose session a connection brings. */
export async function actorOf(cookie: string | undefined, loadActor: LoadActor): Promise<Actor | null> {
  const secret = cookiesOf(cookie)[SESSION_COOKIE];
  return secret ? loadActor(secret) : null;
}

async function decide(topics: TopicPolicy[], topic: unknown, actor: Actor | null): Promise<boolean | undefined> {
  if (typeof topic !== 'string' || topic.length > 100) return undefined;
  for (const policy of topics) {
    const answer = await policy(topic, actor);
    if (answer !== undefined) return answer;
  }
  return undefined;
}
