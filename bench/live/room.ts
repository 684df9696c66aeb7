import { once } from 'node:events';
import { io, type Socket } from 'socket.io-client';
import { type ClientToMedia, MEDIA_PATH, type MediaToClient } from '../../server/contract/live.ts';
import { FLAG, KIND, writeFrame } from '../../server/contract/media-frame.ts';
import * as parser from '../../server/contract/one-frame-parser.ts';
import { openSessions } from '../dataset.ts';
import type { Stage } from '../stage.ts';

export interface BenchRoom {
  number: number;
  presenter: string;
  /** Of those who look on. */
  cookies: string[];
}

/** A webinar that is on, with its presenter and so many who are registered. */
export async function prepareRoom({ pool }: Stage, viewers: number): Promise<BenchRoom> {
  const { rows: [one] } = await pool.query<{ id: string }>("insert into people (given_name, family_name, email, confirmed_at) values ('Rosa', 'Relatrice', 'rosa@bench.example', now()) returning id");
  const { rows: [webinar] } = await pool.query<{ id: string; number: number }>(
    "insert into webinars (kind, title, starts_at, ends_at, scheduled_at, created_at, organiser_id, client_id) values ('open', 'Misura', now(), now() + interval '3 hours', now(), now(), $1, gen_random_uuid()) returning id, number", [one?.id]);
  await pool.query("insert into webinar_staff (webinar_id, person_id, role) values ($1, $2, 'presenter')", [webinar?.id, one?.id]);
  const { rows } = await pool.query<{ id: string }>(
    `with made as (insert into people (given_name, family_name, email, body_id, confirmed_at)
       select 'Nome' || i, 'Cognome' || i, 'spettatore' || i || '@bench.example', (select id from bodies where kind = 'province' limit 1), now() from generate_series(1, $1) i returning id, body_id),
     seats as (insert into webinar_seats (webinar_id, person_id, body_id, status, at) select $2, id, body_id, 'registered', now() from made)
     select id from made`, [viewers, webinar?.id]);
  const cookies = await openSessions({ pool } as Stage, [one?.id ?? '', ...rows.map(({ id }) => id)]);
  return { number: webinar?.number ?? 0, presenter: cookies[0] ?? '', cookies: cookies.slice(1) };
}

/** One kind of frames, as they come out of an encoder: every so many ms, so many bytes. */
export interface Source {
  kind: 'audio' | 'camera';
  spatial: number;
  everyMs: number;
  bytes: number;
  /** A key frame, so much larger, every so many; 0: sound has none. */
  keyEvery: number;
  keyTimes: number;
  /** Every second frame may be left out, as with two temporal layers. */
  twoLayers: boolean;
}

export type Send = (frame: Uint8Array) => void;

/** Sends frames on a track for as long as it is not stopped; counts them by kind and size. @param wanted the sizes of which a key frame was asked for. */
export function play(sources: readonly Source[], trackOf: (kind: Source['kind']) => number, send: Send, wanted = new Set<number>()): { sent(source: Source): number; stop(): void } {
  const counts = new Map<Source, number>();
  const timers = sources.map((source) => setInterval(() => {
    const seq = (counts.get(source) ?? 0) + 1;
    counts.set(source, seq);
    const key = source.keyEvery > 0 && (seq % source.keyEvery === 1 || wanted.delete(source.spatial));
    const flags = (key ? FLAG.key : 0) | (source.twoLayers && !key && seq % 2 === 0 ? FLAG.discardable : 0);
    const header = { kind: KIND[source.kind], flags, layer: source.spatial << 4, track: trackOf(source.kind), config: 1, seq, group: Math.ceil(seq / (source.keyEvery || seq)), pts: (performance.timeOrigin + performance.now()) * 1000 };
    send(writeFrame(header, new Uint8Array(source.bytes * (key ? source.keyTimes : 1))));
  }, source.everyMs));
  return { sent: (source) => counts.get(source) ?? 0, stop: () => timers.forEach((timer) => clearInterval(timer)) };
}

export interface Publisher {
  tracks: Record<Source['kind'], number>;
  send: Send;
  /** The sizes of which the room asked for a key frame. */
  wanted: Set<number>;
  close(): void;
}

/** Enters the room as its presenter and says what will be sent. */
export async function publisher(url: string, { number, presenter }: BenchRoom, spatials: readonly number[]): Promise<Publisher> {
  const socket: Socket<MediaToClient, ClientToMedia> = io(url + parser.MEDIA_NAMESPACE, { path: MEDIA_PATH, parser, transports: ['websocket'], extraHeaders: { cookie: presenter }, forceNew: true });
  const wanted = new Set<number>();
  socket.on('live:key', ({ spatial }) => void wanted.add(spatial));
  await new Promise((resolve) => socket.on('connect', () => resolve(undefined)));
  await socket.emitWithAck('live:join', { number });
  const publish = async (kind: Source['kind'], codec: string, sizes: readonly number[]): Promise<number> => {
    const answer = await socket.emitWithAck('live:publish', { kind, layers: sizes.map((spatial) => ({ spatial, codec })) });
    if (!answer.ok) throw new Error(answer.code);
    for (const spatial of sizes) await socket.emitWithAck('live:config', { track: answer.track, spatial, config: 1, decoderConfig: '{}' });
    return answer.track;
  };
  return {
    tracks: { audio: await publish('audio', 'opus', [0]), camera: await publish('camera', 'vp8', spatials) },
    send: (frame) => void socket.emit('frame', frame),
    wanted,
    close: () => void socket.disconnect(),
  };
}

/** Once the child has said something of which `is` is true. */
export async function heard<T>(from: NodeJS.EventEmitter, is: (said: T) => boolean): Promise<T> {
  for (;;) {
    const [said] = (await once(from, 'message')) as [T];
    if (is(said)) return said;
  }
}
