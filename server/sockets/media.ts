import type { Server as HttpServer } from 'node:http';
import type { Socket as WireSocket } from 'node:net';
import { createAdapter } from '@socket.io/postgres-adapter';
import type pg from 'pg';
import { Server, type Socket } from 'socket.io';
import { type ClientToMedia, MEDIA_PATH, type MediaToClient } from '../contract/live.ts';
import { isAcknowledgement } from '../contract/media-frame.ts';
import * as parser from '../contract/one-frame-parser.ts';
import type { Actor } from '../http/actor.ts';
import type { LoadActor } from '../http/context.ts';
import { log } from '../http/log.ts';
import { listeningPool } from './listening-pool.ts';
import { roomOf } from './publish.ts';
import { actorOf, isOwnOrigin } from './server.ts';

/** The largest message of a publisher: a still picture of a screen. */
const MOST_MESSAGE = 2 * 1024 * 1024;
/** Some proxies cut a line on which nothing has passed for 30 s. */
const PING_MS = 15_000;

interface SocketData {
  actor: Actor | null;
}

type NoEvents = Record<string, never>;
export type MediaSocket = Socket<ClientToMedia, MediaToClient, NoEvents, SocketData>;

/** A connection below Socket.IO. */
export interface MediaLine {
  /** Complete WebSocket messages may be written there, between Socket.IO's own. */
  wire: WireSocket;
  /** Acknowledgements, in the moment in which they arrive. */
  acknowledged(listener: (bytes: Uint8Array) => void): void;
}

/** What a feature does with a connection. */
export type MediaBinding = (socket: MediaSocket, actor: Actor, line: MediaLine) => void;

/** Acknowledgements come five times a second from everybody: to bring them through Socket.IO takes longer than to act on them. */
class WithoutAcknowledgements extends parser.Decoder {
  override add(chunk: unknown): void {
    if (!(chunk instanceof Uint8Array && isAcknowledgement(chunk))) super.add(chunk);
  }
}

/**
 * The media connections: a Socket.IO of their own on the same port, WebSocket alone, uncompressed, one binary message a frame. Only who is signed in.
 */
export function createMedia(http: HttpServer, pool: pg.Pool, loadActor: LoadActor, bind: MediaBinding) {
  const io = new Server<ClientToMedia, MediaToClient, NoEvents, SocketData>(http, {
    path: MEDIA_PATH,
    parser: { Encoder: parser.Encoder, Decoder: WithoutAcknowledgements },
    transports: ['websocket'],
    adapter: createAdapter(listeningPool(pool, http), { errorHandler: (error) => log.error({ err: error }, 'media adapter') }),
    serveClient: false,
    maxHttpBufferSize: MOST_MESSAGE,
    perMessageDeflate: false,
    pingInterval: PING_MS,
    allowRequest: (request, done) => done(null, isOwnOrigin(request)),
  });
  const media = io.of(parser.MEDIA_NAMESPACE);
  media.use((socket, next) => {
    actorOf(socket.handshake.headers.cookie, loadActor).then(
      (actor) => {
        socket.data.actor = actor;
        next(actor ? undefined : new Error('not-signed-in'));
      },
      () => next(new Error('internal')),
    );
  });
  media.on('connection', (socket) => {
    const { actor } = socket.data;
    if (!actor) return;
    void socket.join([roomOf.person(actor.id), roomOf.session(actor.sessionId)]);
    bind(socket, actor, {
      // The upgraded request's socket is the WebSocket's
      wire: socket.request.socket,
      acknowledged(listener) {
        const { conn } = socket;
        const hear = (chunk: unknown): void => {
          if (chunk instanceof Uint8Array && isAcknowledgement(chunk) && socket.connected) listener(chunk);
        };
        conn.on('data', hear);
        // One connection may enter and leave many times
        socket.once('disconnect', () => void conn.off('data', hear));
      },
    });
  });
  return io;
}
