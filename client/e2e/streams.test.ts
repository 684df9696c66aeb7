import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { aPerson } from '../../server/accounts/factory.ts';
import { noWebSocketLine } from '../../server/testing/no-web-socket-line.ts';
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

/** What the first player of a page has played so far. */
const played = (page: Page, kind: 'video' | 'audio') => page.evaluate<Played>(`(() => {
  const player = document.querySelector('.streams ${kind}');
  if (!player) return { at: 0, width: 0, frames: 0, sound: 0, behind: 0 };
  const { buffered } = player;
  return { at: player.currentTime, width: player.videoWidth ?? 0, frames: player.webkitDecodedFrameCount ?? 0, sound: player.webkitAudioDecodedByteCount, behind: buffered.length ? buffered.end(buffered.length - 1) - player.currentTime : 0 };
})()`);

async function until(page: Page, kind: 'video' | 'audio', is: (now: Played) => boolean): Promise<Played> {
  for (const deadline = Date.now() + PATIENCE_MS; ; await page.waitForTimeout(100)) {
    const now = await played(page, kind);
    if (is(now)) return now;
    if (Date.now() > deadline) throw new Error(`It stands still: ${JSON.stringify(now)}`);
  }
}

async function goesOn(page: Page, kind: 'video' | 'audio'): Promise<Played> {
  const before = await until(page, kind, ({ sound }) => sound > 0);
  return until(page, kind, ({ at, sound, frames }) => at > before.at + 1 && sound > before.sound && (kind === 'audio' || frames > before.frames + 5));
}

async function without(page: Page, address: string): Promise<void> {
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(address);
  await page.getByRole('button', { name: 'Entra nella sala' }).click();
  await page.getByRole('button', { name: 'Segui con diapositive e chat' }).click();
  await page.getByText('La tua presenza conta lo stesso').waitFor();
}

describe('sound and pictures', () => {
  it('come over HTTP where an office lets no WebSocket through, and to a browser that decodes nothing itself, with Media Source Extensions or without', async () => {
    const [presenter, behind, old, older] = [await aPerson({ given_name: 'Rosa', family_name: 'Relatrice' }), await aPerson(), await aPerson(), await aPerson()];
    const webinar = await aWebinar({ title: 'Dietro il proxy', starts: -1, organiser: presenter });
    for (const one of [behind, old, older]) await aSeat(webinar, one);
    const desk = await stage.person(presenter);
    desk.setDefaultTimeout(PATIENCE_MS);
    await desk.goto(`/webinar/${webinar.number}/sala`);
    await desk.getByRole('button', { name: 'Entra nella sala' }).click();
    await desk.getByRole('button', { name: 'Accendi la telecamera' }).click();
    await desk.getByRole('button', { name: 'Spegni la telecamera' }).waitFor();

    const line = await noWebSocketLine(Number(new URL(stage.app.url).port));
    const page = await stage.person(behind);
    const seen = watchRequests(page);
    await without(page, `http://127.0.0.1:${line.port}/webinar/${webinar.number}/sala`);
    // A picture alone plays too; then a voice comes to it
    await until(page, 'video', ({ frames, sound }) => frames > 5 && sound === 0);
    await desk.getByRole('button', { name: 'Accendi il microfono' }).click();
    await desk.getByRole('button', { name: 'Spegni il microfono' }).waitFor();
    const first = await goesOn(page, 'video');
    expect(first.width).toBeGreaterThanOrEqual(320);
    expect(await findingsHere(page, 'sala senza WebSocket')).toEqual([]);

    const bare = await stage.person(old, { width: 360 });
    await bare.addInitScript('delete globalThis.VideoDecoder; delete globalThis.AudioDecoder');
    await without(bare, `/webinar/${webinar.number}/sala`);
    await goesOn(bare, 'video');
    expect(await findingsHere(bare, 'sala di un browser vecchio')).toEqual([]);
    await bare.getByRole('button', { name: 'Solo audio' }).click();
    await bare.locator('.streams audio').waitFor({ state: 'attached' });
    await goesOn(bare, 'audio');
    expect(await bare.locator('.streams video').count()).toBe(0);

    const plain = await stage.person(older);
    await plain.addInitScript('delete globalThis.VideoDecoder; delete globalThis.MediaSource');
    await without(plain, `/webinar/${webinar.number}/sala`);
    await goesOn(plain, 'video');

    // Without the picture the voice goes on; without both nothing is there
    await desk.getByRole('button', { name: 'Spegni la telecamera' }).click();
    for (const one of [page, plain]) {
      await one.getByText('Voce di Rosa Relatrice').waitFor();
      await goesOn(one, 'audio');
    }
    await desk.getByRole('button', { name: 'Spegni il microfono' }).click();
    await page.locator('.streams').waitFor({ state: 'detached' });
    expect(seen.foreign).toEqual([]);
    line.close();
  });
});
