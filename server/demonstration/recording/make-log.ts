import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { findBrowser } from '../../../client/e2e/browser.js';
import { bundle, FLAG, KIND, writeFrame } from '../../contract/media-frame.ts';
import { logHead, logRecord, RECORD } from '../../webinars/recording/packet-log.ts';
import { encode } from './encode-in-browser.js';
import { SLIDES } from './slides.ts';

/**
 * Makes `past-webinar.packets` anew: a packet log as a room writes it, of a made-up presenter with her slides, encoded once by a real Chromium. Needed again only
 * when the format of the log changes: `npx tsx server/demonstration/recording/make-log.ts`.
 */
const SECONDS = 75;

const TRACKS = { audio: 1, camera: 2, screen: 3 } as const;
const CONFIGURATIONS = { audio: { codec: 'opus', sampleRate: 48_000, numberOfChannels: 1 }, camera: { codec: 'vp8', codedWidth: 320, codedHeight: 180 }, screen: { codec: 'vp8', codedWidth: 960, codedHeight: 540 } };
/** In its place comes whoever presents. */
const SOMEBODY = '00000000-0000-4000-8000-000000000000';

async function make(): Promise<void> {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error('There is no Chromium');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const page = await browser.newPage();
  await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
  // Encoders are for pages that nobody could have changed on their way
  await page.goto('http://localhost/');
  // The compiler's own mark for functions, which the browser does not have
  await page.evaluate('globalThis.__name = (named) => named');
  const chunks = await page.evaluate(encode, { seconds: SECONDS, slides: SLIDES });
  await browser.close();

  const parts: Uint8Array[] = [logHead(0)];
  const say = (type: (typeof RECORD)[keyof typeof RECORD], offset: number, body: Uint8Array | object): void => void parts.push(...logRecord(type, offset, body instanceof Uint8Array ? body : Buffer.from(JSON.stringify(body))));
  for (const [kind, track] of Object.entries(TRACKS)) say(RECORD.track, 0, { track, kind, personId: SOMEBODY });
  for (const kind of ['audio', 'camera', 'screen'] as const) say(RECORD.configuration, 0, { track: TRACKS[kind], spatial: 0, config: 1, decoderConfig: JSON.stringify(CONFIGURATIONS[kind]) });
  const seqs = { audio: 0, camera: 0, screen: 0 };
  let voice: { at: number; bytes: Uint8Array }[] = [];
  for (const { kind, key, at, base64 } of chunks) {
    const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
    if (kind === 'audio') voice.push({ at, bytes });
    const [first] = voice;
    if (kind === 'audio' && (voice.length < 2 || !first)) continue;
    const header = { kind: KIND[kind], track: TRACKS[kind], config: 1, layer: 0, group: 1, seq: (seqs[kind] += 1) };
    if (kind === 'audio' && first) say(RECORD.frame, at / 1000, writeFrame({ ...header, flags: FLAG.bundle, pts: first.at }, bundle(voice.map((one) => one.bytes))));
    else say(RECORD.frame, at / 1000, writeFrame({ ...header, flags: key ? FLAG.key : 0, pts: at }, bytes));
    if (kind === 'audio') voice = [];
  }
  say(RECORD.close, SECONDS * 1000, new Uint8Array());
  const log = Buffer.concat(parts);
  await writeFile(join(import.meta.dirname, 'past-webinar.packets'), log);
  process.stdout.write(`${chunks.length} packets, ${log.length} bytes\n`);
}

await make();
