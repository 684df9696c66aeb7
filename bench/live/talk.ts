import { randomUUID } from 'node:crypto';
import { percentiles, report } from '../measure.ts';
import type { Running } from '../stage.ts';
import { at, audience } from './audience.ts';
import { play, publisher, type BenchRoom } from './room.ts';

/** Messages a second of a lively room. */
const LIVELY = 10;
const LANES = 8;

/** Writes in the room for so long, each time as somebody else; without a pause, several at once. @returns how many were written. */
export async function write(url: string, { number, cookies }: BenchRoom, seconds: number, pauseMs: number): Promise<number> {
  const until = performance.now() + seconds * 1000;
  let written = 0;
  let next = 0;
  await Promise.all(Array.from({ length: pauseMs > 0 ? 1 : LANES }, async () => {
    while (performance.now() < until) {
      const cookie = cookies[(next += 1) % cookies.length] ?? '';
      const sent = performance.timeOrigin + performance.now();
      const answering = fetch(`${url}/api/v1/webinars/${number}/messages`, { method: 'POST', headers: { 'content-type': 'application/json', cookie }, body: JSON.stringify({ clientId: randomUUID(), text: `Una domanda @${sent}@`, toStaff: false }) });
      if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
      const answer = await answering;
      await answer.arrayBuffer();
      if (answer.status !== 201) throw new Error(`not written: ${answer.status}`);
      written += 1;
    }
  }));
  return written;
}

/** Everybody hears every message, from sent to heard; then as many as the room takes. */
export async function talkOf(web: Running, room: BenchRoom, people: number, seconds: number): Promise<void> {
  const crowd = await audience({ url: web.url.replace('http', 'ws'), number: room.number, cookies: room.cookies.slice(0, people), media: false, talk: true });
  await write(web.url, room, 2, 1000 / LIVELY);
  for (const [what, pauseMs] of [[`chat among ${people}, a lively room`, 1000 / LIVELY], [`chat among ${people}, as fast as it goes`, 0]] as const) {
    crowd.count();
    const began = performance.now();
    const written = await write(web.url, room, seconds, pauseMs);
    const lasted = (performance.now() - began) / 1000;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const seen = await crowd.look();
    report(what, { 'messages/s': Math.round((written / lasted) * 10) / 10, 'heard %': Math.round((seen.frames / (written * people)) * 1000) / 10, 'p50 ms': at(seen, 0.5), 'p99 ms': at(seen, 0.99) });
  }
  crowd.end();
}

/** Everybody is cut off at once and comes back at once, to what is shown and to what is written. */
export async function comingBack(web: Running, room: BenchRoom, people: number): Promise<void> {
  const from = await publisher(web.url, room, [0]);
  const playing = play([{ kind: 'audio', spatial: 0, everyMs: 40, bytes: 140, keyEvery: 0, keyTimes: 1, twoLayers: false }, { kind: 'camera', spatial: 0, everyMs: 50, bytes: 1200, keyEvery: 40, keyTimes: 3, twoLayers: false }], (kind) => from.tracks[kind], from.send);
  const crowd = await audience({ url: web.url.replace('http', 'ws'), number: room.number, cookies: room.cookies.slice(0, people), media: true, talk: true });
  const times = await crowd.drop();
  report(`${people} come back at once, picture and chat (to reach: all in 5 s)`, { back: times.length, 'p50 ms': percentiles(times).p50, 'last ms': Math.round(Math.max(...times)) });
  playing.stop();
  crowd.end();
  from.close();
}
