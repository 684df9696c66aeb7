import { WebSocket } from 'ws';
import { report } from '../measure.ts';
import { type Running, type Stage, startProcess } from '../stage.ts';
import { at, audience, type Audience } from './audience.ts';
import { type BenchRoom, play, publisher, type Send, type Source } from './room.ts';

const BARE = 3932;
/** 25 messages of sound and 50 of picture a second: 530 kbit/s with their heads. */
const SOURCES: Source[] = [
  { kind: 'audio', spatial: 0, everyMs: 40, bytes: 140, keyEvery: 0, keyTimes: 1, twoLayers: false },
  { kind: 'camera', spatial: 0, everyMs: 20, bytes: 1200, keyEvery: 100, keyTimes: 1, twoLayers: false },
];

export interface Figures {
  delivered: number;
  p50: number;
  p95: number;
  p99: number;
  /** Of one core of the process that sends, in percent. */
  cpu: number;
}

/** Sends to a crowd for a while and looks at what it saw. */
export async function watched(crowd: Audience, running: Running, viewers: number, seconds: number, trackOf: (kind: Source['kind']) => number, send: Send): Promise<Figures> {
  const playing = play(SOURCES, trackOf, send);
  await new Promise((resolve) => setTimeout(resolve, 4000));
  const sent = () => SOURCES.reduce((sum, source) => sum + playing.sent(source), 0);
  crowd.count();
  const [before, from, began] = [await running.cpu(), sent(), performance.now()];
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const used = (await running.cpu()) - before;
  const expected = (sent() - from) * viewers;
  const lasted = performance.now() - began;
  playing.stop();
  const seen = await crowd.look();
  return { delivered: Math.round((seen.frames / expected) * 1000) / 10, p50: at(seen, 0.5), p95: at(seen, 0.95), p99: at(seen, 0.99), cpu: Math.round((used / lasted) * 100) };
}

export const print = (what: string, { delivered, cpu, p50, p95, p99 }: Figures): void => report(what, { 'delivered %': delivered, 'cpu %': cpu, 'p50 ms': p50, 'p95 ms': p95, 'p99 ms': p99 });

/** So many viewers of one room, beside the same bytes to as many through bare `ws`. */
export async function fanOut(stage: Stage, web: Running, room: BenchRoom, viewers: number, seconds: number): Promise<void> {
  const from = await publisher(web.url, room, [0]);
  const url = web.url.replace('http', 'ws');
  const crowd = await audience({ url, number: room.number, cookies: room.cookies.slice(0, viewers), media: true, talk: false });
  print(`the relay, ${viewers} viewers`, await watched(crowd, web, viewers, seconds, (kind) => from.tracks[kind], from.send));
  crowd.end();
  from.close();
  const bare = await startProcess('bench/live/bare.ts', stage, 0, { PORT: String(BARE) });
  const to = await untilOpen(`ws://127.0.0.1:${BARE}/from`);
  const onlookers = await audience({ url: `ws://127.0.0.1:${BARE}/`, number: null, cookies: room.cookies.slice(0, viewers), media: true, talk: false });
  print(`bare ws (yardstick), ${viewers} viewers`, await watched(onlookers, bare, viewers, seconds, (kind) => from.tracks[kind], (frame) => to.send(frame)));
  onlookers.end();
  to.close();
  await bare.stop();
}

async function untilOpen(url: string): Promise<WebSocket> {
  for (;;) {
    const socket = new WebSocket(url, { perMessageDeflate: false });
    if (await new Promise<boolean>((resolve) => socket.on('open', () => resolve(true)).on('error', () => resolve(false)))) return socket;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
