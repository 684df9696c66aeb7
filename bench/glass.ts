import { chromium, type Page } from 'playwright-core';
import { BROWSER_FLAGS, FAKE_MEDIA, findBrowser } from '../client/e2e/browser.js';
import { prepareRoom } from './live/room.ts';
import { report } from './measure.ts';
import { openStage, startProcess } from './stage.ts';
import { READ_WHAT_IS_SEEN, SHOW_THE_TIME } from './live/glass-scripts.ts';

/**
 * `npm run bench:glass`: from glass to glass. The presenter's made-up camera shows the time as black and white squares, her microphone beeps; in the viewer's browser the
 * squares are read back from what is shown, and the beeps from what is heard. All on this machine: `VIEWERS` browsers decode at once. Nothing here passes or fails: it prints.
 */
const WEB = 3951;
const VIEWERS = Number(process.env['VIEWERS'] ?? 1);
const SECONDS = Number(process.env['SECONDS'] ?? 30);
const SETTLE_MS = 8000;

interface Seen {
  /** ms from drawn to seen, from sounded to heard; and which picture was shown as a beep was heard, against what should have been. */
  pictures: number[];
  sounds: number[];
}

const stage = await openStage();
const executablePath = findBrowser();
if (!executablePath) throw new Error('There is no Chromium');
const browser = await chromium.launch({ executablePath, args: [...BROWSER_FLAGS, ...FAKE_MEDIA] });
try {
  const web = await startProcess('server/main.ts', stage, WEB, { PROCESS: 'web' });
  const room = await prepareRoom(stage, VIEWERS);
  const open = async (cookie: string, script: string): Promise<Page> => {
    const context = await browser.newContext({ baseURL: web.url, viewport: { width: 1280, height: 900 }, locale: 'it-IT' });
    const [name = '', value = ''] = cookie.split('=');
    await context.addCookies([{ name, value, url: web.url }]);
    await context.addInitScript(script);
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(`/webinar/${room.number}/sala`);
    await page.getByRole('button', { name: 'Entra nella sala' }).click();
    await page.getByRole('button', { name: 'Esci dalla sala' }).waitFor();
    return page;
  };
  const desk = await open(room.presenter, SHOW_THE_TIME);
  await desk.getByRole('button', { name: 'Accendi il microfono' }).click();
  await desk.getByRole('button', { name: 'Accendi la telecamera' }).click();
  await desk.getByRole('button', { name: 'Spegni la telecamera' }).waitFor();
  const viewers = await Promise.all(room.cookies.map((cookie) => open(cookie, READ_WHAT_IS_SEEN)));
  await Promise.all(viewers.map((page) => page.locator('canvas').first().waitFor()));
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  await Promise.all(viewers.map((page) => page.evaluate('globalThis.beginToRead()')));
  await new Promise((resolve) => setTimeout(resolve, SECONDS * 1000));
  const beeps = await desk.evaluate<number[]>('globalThis.beeps');
  const seen = await Promise.all(viewers.map((page) => page.evaluate<{ pictures: number[]; heard: number[] }>('globalThis.whatWasRead()')));
  const all: Seen = { pictures: seen.flatMap(({ pictures }) => pictures), sounds: seen.flatMap(({ heard }) => heard.flatMap((at) => beeps.filter((beep) => beep < at && at - beep < 450).slice(-1).map((beep) => at - beep))) };
  process.stdout.write(`\nFrom glass to glass, ${VIEWERS} viewers on this machine (to reach: p50 250 ms, p95 400 ms; sound and picture within 40 ms)\n`);
  const share = (times: number[], part: number) => Math.round([...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * part))] ?? Number.NaN);
  report('a picture, from drawn to seen', { pictures: all.pictures.length, 'p50 ms': share(all.pictures, 0.5), 'p95 ms': share(all.pictures, 0.95) });
  report('a beep, from sounded to heard', { beeps: all.sounds.length, 'p50 ms': share(all.sounds, 0.5), 'p95 ms': share(all.sounds, 0.95) });
  report('sound after picture, in the middle', { ms: share(all.sounds, 0.5) - share(all.pictures, 0.5) });
  const figures = await viewers[0]?.locator('[data-figures]').getAttribute('data-figures');
  report('what the viewer’s page says of itself', JSON.parse(figures ?? '{}') as Record<string, number>);
  await browser.close();
  await web.stop();
} finally {
  await stage.close();
}
process.exit(0);
