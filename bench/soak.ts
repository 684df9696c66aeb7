import { readFile } from 'node:fs/promises';
import { report } from './measure.ts';
import { openStage, startProcess } from './stage.ts';
import { at, audience } from './live/audience.ts';
import { play, prepareRoom, publisher, type Source } from './live/room.ts';
import { write } from './live/talk.ts';

/**
 * `npm run bench:soak`: a room with 200 viewers for an hour, with a voice, a camera in two sizes and somebody who writes every few seconds; each minute twenty viewers are cut off
 * and come back. `MINUTES` and `VIEWERS` choose otherwise. Every twelfth of the time it prints what was seen since the last line: memory and latency should be flat.
 */
const WEB = 3941;
const MINUTES = Number(process.env['MINUTES'] ?? 60);
const VIEWERS = Number(process.env['VIEWERS'] ?? 200);
const LINES = 12;
const RESTLESS = 20;
const SOUND: Source = { kind: 'audio', spatial: 0, everyMs: 40, bytes: 140, keyEvery: 0, keyTimes: 1, twoLayers: false };
const SOURCES: Source[] = [
  SOUND,
  { kind: 'camera', spatial: 0, everyMs: 83, bytes: 1250, keyEvery: 24, keyTimes: 3, twoLayers: true },
  { kind: 'camera', spatial: 1, everyMs: 50, bytes: 2000, keyEvery: 40, keyTimes: 4, twoLayers: true },
];

const stage = await openStage();
try {
  const web = await startProcess('server/main.ts', stage, WEB, { PROCESS: 'web' });
  const room = await prepareRoom(stage, VIEWERS);
  await web.untilIdle();
  const from = await publisher(web.url, room, [0, 1]);
  const playing = play(SOURCES, (kind) => from.tracks[kind], from.send, from.wanted);
  const orders = { url: web.url.replace('http', 'ws'), number: room.number, media: true, talk: true };
  const steady = await audience({ ...orders, cookies: room.cookies.slice(RESTLESS) });
  const restless = await audience({ ...orders, cookies: room.cookies.slice(0, RESTLESS) });
  const resident = async (): Promise<number> => Math.round(Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${web.child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024);
  process.stdout.write(`\nA room with ${VIEWERS} viewers for ${MINUTES} minutes\n`);
  const began = performance.now();
  const until = began + MINUTES * 60_000;
  void (async () => {
    while (performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 60_000));
      await restless.drop();
    }
  })();
  for (let line = 1; line <= LINES; line += 1) {
    steady.count();
    const [before, sound, since] = [await web.cpu(), playing.sent(SOUND), performance.now()];
    const end = began + (line * MINUTES * 60_000) / LINES;
    while (performance.now() < end) await write(web.url, room, 3, 3000);
    const seen = await steady.look();
    report(`minute ${Math.round((performance.now() - began) / 60_000)}`, {
      'sound %': Math.round(((seen.kinds['audio'] ?? 0) / (VIEWERS - RESTLESS) / (playing.sent(SOUND) - sound)) * 1000) / 10,
      'p50 ms': at(seen, 0.5), 'p95 ms': at(seen, 0.95), 'p99 ms': at(seen, 0.99), 'cpu %': Math.round((((await web.cpu()) - before) / (performance.now() - since)) * 100), 'memory MB': await resident(),
    });
  }
  playing.stop();
  steady.end();
  restless.end();
  from.close();
  await web.stop();
} finally {
  await stage.close();
}
process.exit(0);
