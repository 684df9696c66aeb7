import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import { WebSocket } from 'ws';
import { type ClientToMedia, MEDIA_PATH, type MediaToClient } from '../server/contract/live.ts';
import { FLAG, KIND, writeFrame } from '../server/contract/media-frame.ts';
import * as parser from '../server/contract/one-frame-parser.ts';
import { openSessions } from './dataset.ts';
import { report } from './measure.ts';
import { openStage, type Running, type Stage, startProcess } from './stage.ts';

/**
 * `npm run bench:live`: viewers of one room at 75 messages and 530 kbit/s each, beside the same bytes through bare `ws`. `VIEWERS=500,1000` chooses how
 * many; the crowd is a process of its own on the same machine. Nothing here passes or fails: it prints.
 */
const WEB = 3931;
const BARE = 3932;
const COUNTS = (process.env['VIEWERS'] ?? '500,1000,1500').split(',').map(Number);
const SECONDS = Number(process.env['SECONDS'] ?? 15);
/** 25 messages of sound and 50 of picture a second: 530 kbit/s with their heads. */
const SOUND = { every: 40, bytes: 140 };
const PICTURE = { every: 20, bytes: 1200 };
const KEY_EVERY = 100;

interface Seen {
  frames: number;
  histogram: [number, number][];
}

async function prepare({ pool }: Stage, viewers: number): Promise<{ number: number; cookies: string[]; presenter: string }> {
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

async function crowd(url: string, number: number | null, cookies: string[]): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, 'live/crowd.ts'), { execArgv: ['--import', 'tsx'], env: { ...process.env, CROWD: JSON.stringify({ url, number, cookies }) }, serialization: 'advanced' });
  process.once('exit', () => child.kill('SIGKILL'));
  await once(child, 'message');
  return child;
}

/** Sends for a while, counts what the crowd sees of it, and says so. */
async function measure(what: string, child: ChildProcess, running: Running, viewers: number, send: (kind: 'sound' | 'picture', frame: Uint8Array) => void, tracks: { sound: number; picture: number }): Promise<void> {
  const seq = { sound: 0, picture: 0 };
  const emit = (kind: 'sound' | 'picture'): void => {
    seq[kind] += 1;
    const key = kind === 'picture' && seq.picture % KEY_EVERY === 1 ? FLAG.key : 0;
    const header = { kind: kind === 'sound' ? KIND.audio : KIND.camera, flags: key, layer: 0, track: tracks[kind], config: 1, seq: seq[kind], group: 1, pts: (performance.timeOrigin + performance.now()) * 1000 };
    send(kind, writeFrame(header, new Uint8Array((kind === 'sound' ? SOUND : PICTURE).bytes)));
  };
  const timers = [setInterval(() => emit('sound'), SOUND.every), setInterval(() => emit('picture'), PICTURE.every)];
  await new Promise((resolve) => setTimeout(resolve, 4000));
  child.send('count');
  const [before, sent, from] = [await running.cpu(), seq.sound + seq.picture, performance.now()];
  await new Promise((resolve) => setTimeout(resolve, SECONDS * 1000));
  const seconds = (performance.now() - from) / 1000;
  const used = (await running.cpu()) - before;
  const expected = (seq.sound + seq.picture - sent) * viewers;
  child.send('stop');
  const [seen] = (await once(child, 'message')) as [Seen];
  timers.forEach((timer) => clearInterval(timer));
  const at = (share: number): number => {
    let left = seen.frames * share;
    for (const [tenths, count] of seen.histogram) if ((left -= count) <= 0) return tenths / 10;
    return 0;
  };
  report(`${what}, ${viewers} viewers`, { 'delivered %': Math.round((seen.frames / expected) * 1000) / 10, 'cpu %': Math.round(used / seconds / 10), 'p50 ms': at(0.5), 'p95 ms': at(0.95), 'p99 ms': at(0.99), 'messages/s': Math.round(seen.frames / seconds) });
}

const stage = await openStage();
try {
  let web = await startProcess('server/main.ts', stage, WEB, { PROCESS: 'web' });
  const { number, cookies, presenter } = await prepare(stage, Math.max(...COUNTS));
  process.stdout.write(`\nOne live room: 75 messages/s and 530 kbit/s to each viewer (to reach: 1,500 viewers with p95 of 20 ms, and 80 % of bare ws)\n`);
  for (const viewers of COUNTS) {
    await web.untilIdle();
    const from: Socket<MediaToClient, ClientToMedia> = io(web.url + parser.MEDIA_NAMESPACE, { path: MEDIA_PATH, parser, transports: ['websocket'], extraHeaders: { cookie: presenter }, forceNew: true });
    await new Promise((resolve) => from.on('connect', () => resolve(undefined)));
    await from.emitWithAck('live:join', { number });
    const publish = async (kind: 'audio' | 'camera', codec: string): Promise<number> => {
      const answer = await from.emitWithAck('live:publish', { kind, layers: [{ spatial: 0, codec }] });
      if (!answer.ok) throw new Error(answer.code);
      await from.emitWithAck('live:config', { track: answer.track, spatial: 0, config: 1, decoderConfig: '{}' });
      return answer.track;
    };
    const tracks = { sound: await publish('audio', 'opus'), picture: await publish('camera', 'vp8') };
    const child = await crowd(web.url.replace('http', 'ws'), number, cookies.slice(0, viewers));
    await measure('the relay', child, web, viewers, (_, frame) => from.emit('frame', frame), tracks);
    from.disconnect();
    report('memory of the web process, peak', { MB: await web.peakMemory() });
    const bare = await startProcess('bench/live/bare.ts', stage, 0, { PORT: String(BARE) });
    const to = await untilOpen(`ws://127.0.0.1:${BARE}/from`);
    const audience = await crowd(`ws://127.0.0.1:${BARE}/`, null, cookies.slice(0, viewers));
    await measure('bare ws (yardstick)', audience, bare, viewers, (_, frame) => to.send(frame), tracks);
    to.close();
    await bare.stop();
    await web.stop();
    web = await startProcess('server/main.ts', stage, WEB, { PROCESS: 'web' });
  }
  await web.stop();
} finally {
  await stage.close();
}
process.exit(0);

async function untilOpen(url: string): Promise<WebSocket> {
  for (;;) {
    const socket = new WebSocket(url, { perMessageDeflate: false });
    if (await new Promise<boolean>((resolve) => socket.on('open', () => resolve(true)).on('error', () => resolve(false)))) return socket;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
