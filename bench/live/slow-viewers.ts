import { report } from '../measure.ts';
import type { Running } from '../stage.ts';
import { at, audience } from './audience.ts';
import { type BenchRoom, play, publisher, type Source } from './room.ts';
import { slowLine } from '../../server/testing/slow-line.ts';

/** A webinar's usual: sound at 28 kbit/s, a camera at 130 and at 350. */
const SOUND: Source = { kind: 'audio', spatial: 0, everyMs: 40, bytes: 140, keyEvery: 0, keyTimes: 1, twoLayers: false };
const SMALL: Source = { kind: 'camera', spatial: 0, everyMs: 83, bytes: 1250, keyEvery: 24, keyTimes: 3, twoLayers: true };
const LARGE: Source = { kind: 'camera', spatial: 1, everyMs: 50, bytes: 2000, keyEvery: 40, keyTimes: 4, twoLayers: true };
const LINES = [
  { what: 'fast', line: undefined },
  { what: '400 kbit/s, 40 ms', line: { kbps: 400, roundTripMs: 40 } },
  { what: '200 kbit/s, 40 ms', line: { kbps: 200, roundTripMs: 40 } },
  { what: 'fast, 60 ms, one packet of a hundred late by two trips', line: { kbps: 8000, roundTripMs: 60, stall: { chance: 0.01, ms: 120 } } },
] as const;
const OF_EACH = 20;

/** Slow viewers beside fast ones in one room, after the ladder has found its rung. */
export async function slowViewers(web: Running, room: BenchRoom, seconds: number): Promise<void> {
  const from = await publisher(web.url, room, [0, 1]);
  const playing = play([SOUND, SMALL, LARGE], (kind) => from.tracks[kind], from.send, from.wanted);
  const port = Number(new URL(web.url).port);
  const lines = await Promise.all(LINES.map(async ({ what, line }, i) => {
    const throttled = line && (await slowLine(port, line));
    const crowd = await audience({ url: `ws://127.0.0.1:${throttled?.port ?? port}`, number: room.number, cookies: room.cookies.slice(i * OF_EACH, (i + 1) * OF_EACH), media: true, talk: false });
    return { what, crowd, throttled };
  }));
  await new Promise((resolve) => setTimeout(resolve, 10_000));
  const before = playing.sent(SOUND);
  for (const { crowd } of lines) crowd.count();
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const sound = playing.sent(SOUND) - before;
  for (const { what, crowd, throttled } of lines) {
    const seen = await crowd.look();
    const rate = (kind: string) => Math.round(((seen.kinds[kind] ?? 0) / OF_EACH / seconds) * 10) / 10;
    report(`${OF_EACH} viewers: ${what}`, { 'p50 ms': at(seen, 0.5), 'p95 ms': at(seen, 0.95), 'sound %': Math.round(((seen.kinds['audio'] ?? 0) / OF_EACH / sound) * 1000) / 10, 'small pictures/s': rate('camera 0'), 'large pictures/s': rate('camera 1') });
    crowd.end();
    throttled?.close();
  }
  playing.stop();
  from.close();
}
