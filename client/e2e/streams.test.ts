import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { aPerson } from '../../server/accounts/factory.ts';
import { transaction } from '../../server/database/transaction.ts';
import { cutOff, roomOf } from '../../server/sockets/publish.ts';
import { noWebSocketLine } from '../../server/testing/no-web-socket-line.ts';
import { openRoom } from '../../server/webinars/media/rooms.ts';
import { aSeat, aWebinar } from '../../server/webinars/factory.ts';
import { type BrowserStage, findingsHere, openBrowserStage, watchRequests } from './stage.ts';

const PATIENCE_MS = 60_000;

let stage: BrowserStage;
beforeAll(async () => {
  stage = await openBrowserStage({ media: true });
});
afterAll(() => stage.close());

interface Played {
  at: number;
  width: number;
  frames: number;
  /** Bytes of sound that were decoded. */
  sound: number;
  /** Seconds that have come and were not played yet. */
  behind: number;
}
type Kind = 'video' | 'audio';

/** What the first player of a page has played so far. */
const played = (page: Page, kind: Kind) => page.evaluate<Played>(`(() => {
  const player = document.querySelector('.streams ${kind}');
  if (!player) return { at: 0, width: 0, frames: 0, sound: 0, behind: 0 };
  const { buffered } = player;
  return { at: player.currentTime, width: player.videoWidth ?? 0, frames: player.webkitDecodedFrameCount ?? 0, sound: player.webkitAudioDecodedByteCount, behind: buffered.length ? buffered.end(buffered.length - 1) - player.currentTime : 0 };
})()`);

/** The addresses of streams, as often as they are asked for. */
function streamsAskedFor(page: Page): string[] {
  const asked: string[] = [];
  page.on('request', (request) => /streams\/\d+$/.test(request.url()) && asked.push(request.url()));
  return asked;
}

async function until(page: Page, what: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + PATIENCE_MS; !(await what()); await page.waitForTimeout(100)) if (Date.now() > deadline) throw new Error('It did not happen in time');
}

async function goesOn(page: Page, kind: Kind): Promise<Played> {
  let now = await played(page, kind);
  const before = now;
  await until(page, async () => {
    now = await played(page, kind);
    return now.at > before.at + 1 && (kind === 'audio' ? now.sound > before.sound : now.frames > before.frames + 5);
  });
  return now;
}

async function enterWithout(page: Page, address: string): Promise<void> {
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(address);
  await page.getByRole('button', { name: 'Entra nella sala' }).click();
  await page.getByRole('button', { name: 'Segui con diapositive e chat' }).click();
  await page.getByText('La tua presenza conta lo stesso').waitFor();
}

const press = async (page: Page, name: string, then: string): Promise<void> => {
  await page.getByRole('button', { name }).click();
  await page.getByRole('button', { name: then }).waitFor();
};

/** A screen on which nothing moves: one picture, and no other. */
const STILL_SCREEN = `navigator.mediaDevices.getDisplayMedia = async () => {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [1280, 720];
  const context = canvas.getContext('2d');
  context.fillStyle = '#0066cc';
  context.fillRect(0, 0, 1280, 720);
  const stream = canvas.captureStream(0);
  stream.getVideoTracks()[0].requestFrame();
  return stream;
}`;

describe('sound and pictures', () => {
  it('come over HTTP where an office lets no WebSocket through, and to a browser that decodes nothing itself', async () => {
    const [presenter, behind, old] = [await aPerson({ given_name: 'Rosa', family_name: 'Relatrice' }), await aPerson(), await aPerson()];
    const webinar = await aWebinar({ title: 'Dietro il proxy', starts: -1, organiser: presenter });
    for (const one of [behind, old]) await aSeat(webinar, one);
    const desk = await stage.person(presenter);
    desk.setDefaultTimeout(PATIENCE_MS);
    await desk.addInitScript(STILL_SCREEN);
    await desk.goto(`/webinar/${webinar.number}/sala`);
    await desk.getByRole('button', { name: 'Entra nella sala' }).click();
    await press(desk, 'Accendi la telecamera', 'Spegni la telecamera');
    await press(desk, 'Accendi il microfono', 'Spegni il microfono');

    const line = await noWebSocketLine(Number(new URL(stage.app.url).port));
    const page = await stage.person(behind);
    const seen = watchRequests(page);
    const asked = streamsAskedFor(page);
    await enterWithout(page, `http://127.0.0.1:${line.port}/webinar/${webinar.number}/sala`);
    expect((await goesOn(page, 'video')).width).toBeGreaterThanOrEqual(320);
    await goesOn(page, 'audio');
    // Voice and picture are of one moment
    await until(page, async () => {
      const [picture, voice] = [await played(page, 'video'), await played(page, 'audio')];
      return Math.abs(picture.at - voice.at) < 0.15;
    });
    expect(await findingsHere(page, 'sala senza WebSocket')).toEqual([]);

    const bare = await stage.person(old, { width: 360 });
    await bare.addInitScript('delete globalThis.VideoDecoder; delete globalThis.AudioDecoder');
    await enterWithout(bare, `/webinar/${webinar.number}/sala`);
    await goesOn(bare, 'video');
    await goesOn(bare, 'audio');
    expect(await findingsHere(bare, 'sala di un browser vecchio')).toEqual([]);
    await bare.getByRole('button', { name: 'Solo audio' }).click();
    await bare.locator('.streams video').waitFor({ state: 'detached' });
    await goesOn(bare, 'audio');
    await bare.getByRole('button', { name: 'Solo audio' }).click();

    // A picture that comes no more stops no voice, and how loud somebody is stays as it was
    await bare.evaluate("document.querySelector('.streams audio').muted = true");
    await press(desk, 'Spegni la telecamera', 'Accendi la telecamera');
    await page.locator('.streams video').waitFor({ state: 'detached' });
    await goesOn(page, 'audio');
    await press(desk, 'Spegni il microfono', 'Accendi il microfono');
    await page.locator('.streams').waitFor({ state: 'detached' });
    await press(desk, 'Accendi il microfono', 'Spegni il microfono');
    await goesOn(bare, 'audio');
    expect(await bare.evaluate("document.querySelector('.streams audio').muted")).toBe(true);

    // Nobody who sends nothing for a while is taken for gone: her line may be weak
    await goesOn(page, 'audio');
    const room = openRoom(webinar.id);
    if (!room) throw new Error('no room');
    const { frame } = room;
    room.frame = () => undefined;
    await page.waitForTimeout(12_000);
    room.frame = frame;
    await goesOn(page, 'audio');

    // What stands still on a screen is seen, also by who was cut off meanwhile
    await press(desk, 'Mostra lo schermo', 'Smetti di mostrare lo schermo');
    await page.getByText('Schermo di Rosa Relatrice').waitFor();
    await until(page, async () => (await played(page, 'video')).width === 1280);
    // Whatever comes and goes beside it, a voice that goes on has been asked for once
    const [, , voice, ...others] = new Set(asked);
    expect(others.length).toBe(1);
    expect(asked.filter((address) => address === voice).length).toBe(1);
    const begun = streamsAskedFor(bare);
    await transaction(async (tx) => cutOff(tx, roomOf.person(old.id)));
    await until(bare, () => Promise.resolve(new Set(begun).size === 2));
    await until(bare, async () => (await played(bare, 'video')).width === 1280);
    await goesOn(bare, 'audio');
    // A line that dies without a word
    line.freeze(/\/streams\/\d+$/);
    const { at } = await played(page, 'audio');
    await until(page, async () => (await played(page, 'audio')).at > at + 5);
    expect(seen.foreign).toEqual([]);
    line.close();
  });
});
