import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { aPerson } from '../../server/accounts/factory.ts';
import { database } from '../../server/database/connection.ts';
import { transaction } from '../../server/database/transaction.ts';
import { seedRecording } from '../../server/demonstration/recording/seed-recording.ts';
import { enqueue } from '../../server/jobs.ts';
import { aSeat, aWebinar } from '../../server/webinars/factory.ts';
import { type BrowserStage, openBrowserStage, pageFindings, watchRequests } from './stage.ts';

let stage: BrowserStage;
beforeAll(async () => {
  stage = await openBrowserStage({ media: true });
});
afterAll(() => stage.close());

const PATIENCE_MS = 60_000;

async function person(who: { id: string }): Promise<Page> {
  const page = await stage.person(who);
  page.setDefaultTimeout(PATIENCE_MS);
  return page;
}

const secondsOf = async (page: Page): Promise<number> => Number(await page.locator('[data-seconds]').getAttribute('data-seconds'));
async function until(what: () => Promise<boolean>, page: Page): Promise<void> {
  for (const deadline = Date.now() + PATIENCE_MS; !(await what()); await page.waitForTimeout(100)) if (Date.now() > deadline) throw new Error('It did not happen in time');
}
const chatNow = (page: Page) => page.getByRole('tabpanel').locator('li[aria-current] p').innerText();

describe('a recording', () => {
  it('is replayed: pictures, sound and chat on one clock, jumped through by chapters and by search, left and taken up again', async () => {
    const [presenter, learner, other] = [await aPerson({ given_name: 'Rosa', family_name: 'Relatrice' }), await aPerson(), await aPerson()];
    const webinar = await aWebinar({ title: 'Dati aperti', starts: -120, organiser: presenter, closed_at: new Date(Date.now() - 3_600_000) });
    for (const one of [learner, other]) await aSeat(webinar, one);
    await transaction(async (tx) => {
      await seedRecording(tx, webinar, presenter.id, [other.id]);
      await enqueue(tx, 'mux-recording', { webinarId: webinar.id });
    });
    await stage.app.settled();
    const page = await person(learner);
    const seen = watchRequests(page);
    await page.goto(`/webinar/${webinar.number}`);
    await page.getByRole('link', { name: 'Guarda la registrazione' }).click();
    await page.getByRole('button', { name: 'Riproduci' }).click();
    await until(async () => (await secondsOf(page)) > 4, page);
    expect(await chatNow(page)).toBe('Buongiorno a tutti!');
    // Camera and screen are shown, each decoded, and near each other
    const videos = () => page.locator('video').evaluateAll((all) => (all as unknown as { videoWidth: number; currentTime: number; error: unknown }[]).map(({ videoWidth, currentTime, error }) => ({ videoWidth, currentTime, failed: error !== null })));
    await until(async () => (await videos()).every(({ videoWidth }) => videoWidth > 0), page);
    await until(async () => {
      const [one, two] = await videos();
      return Math.abs((one?.currentTime ?? 0) - (two?.currentTime ?? 9)) < 0.12;
    }, page);
    expect((await videos()).map(({ videoWidth, failed }) => ({ videoWidth, failed }))).toEqual([{ videoWidth: 320, failed: false }, { videoWidth: 960, failed: false }]);

    await page.getByLabel('Velocità').selectOption('2');
    await page.getByRole('combobox', { name: 'Sottotitoli' }).selectOption('it');
    await page.getByRole('button', { name: 'Vai a 0:45' }).first().click();
    await page.getByText('La licenza.', { exact: false }).filter({ visible: true }).first().waitFor();
    await until(async () => (await secondsOf(page)) > 47, page);
    expect(await chatNow(page)).toBe('Per la licenza avete usato CC BY?');
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press(' ');
    await page.getByRole('button', { name: 'Riproduci' }).waitFor();
    await page.getByLabel('Cerca in chat, domande, capitoli e sottotitoli').fill('perche nessuno');
    await page.getByText('Risultati: 0').first().waitFor();
    // What is written on a slide, and was said with it; the chapter follows the clock with its picture
    await page.getByLabel('Cerca in chat, domande, capitoli e sottotitoli').fill('responsabile per ogni');
    await page.getByText('Risultati: 2').first().waitFor();
    await page.getByRole('complementary').getByRole('listitem').filter({ hasText: 'Detto a voce' }).waitFor();
    await page.getByRole('complementary').getByRole('listitem').filter({ hasText: 'Capitolo' }).getByRole('button', { name: 'Vai a 0:30' }).click();
    const chapter = page.getByRole('region', { name: 'Capitoli' }).locator('li[aria-current]');
    await chapter.filter({ hasText: '3. Che cosa serve per pubblicarli' }).waitFor();
    expect(await chapter.locator('img').evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth)).toBe(960);
    await page.getByLabel('Cerca in chat, domande, capitoli e sottotitoli').fill('edifici SCOL');
    await page.getByRole('listitem').filter({ hasText: 'Gli edifici scolastici' }).getByRole('button', { name: 'Vai a 0:26' }).click();
    await until(async () => Math.round(await secondsOf(page)) === 26, page);
    await page.keyboard.press('Escape');
    // Where she was is known elsewhere too
    await until(async () => ((await database()('recording_positions').where('person_id', learner.id).first('seconds')) as { seconds: number } | undefined)?.seconds === 26, page);
    await page.reload();
    await page.getByText('Si riprende da 0:26').waitFor();
    expect(seen).toEqual({ foreign: [], failed: [] });
    expect(await pageFindings(await person(presenter), [`/webinar/${webinar.number}/registrazione`])).toEqual([]);
    const plain = await stage.person(learner, { width: 360 });
    await plain.goto(`/webinar/${webinar.number}/registrazione`);
    await plain.close();
  });

  it('is made in a room, where a sign says so, and plays when it is over', async () => {
    const [presenter, learner] = [await aPerson({ given_name: 'Rosa', family_name: 'Relatrice' }), await aPerson()];
    const webinar = await aWebinar({ title: 'Si registra', starts: -1, organiser: presenter, recorded: true });
    await aSeat(webinar, learner);
    const [desk, viewer] = [await person(presenter), await person(learner)];
    for (const page of [desk, viewer]) {
      await page.goto(`/webinar/${webinar.number}/sala`);
      await page.getByText('Questo incontro può essere registrato').waitFor();
      await page.getByRole('button', { name: 'Entra nella sala' }).click();
      await page.getByRole('button', { name: 'Esci dalla sala' }).waitFor();
    }
    expect(await viewer.getByRole('button', { name: 'Avvia la registrazione' }).count()).toBe(0);
    await desk.getByRole('button', { name: 'Accendi il microfono' }).click();
    await desk.getByRole('button', { name: 'Accendi la telecamera' }).click();
    await desk.getByRole('button', { name: 'Spegni la telecamera' }).waitFor();
    await desk.getByRole('button', { name: 'Avvia la registrazione' }).click();
    await viewer.getByText('Registrazione in corso').waitFor();
    await viewer.waitForTimeout(3500);
    await desk.getByRole('textbox', { name: 'Nuovo capitolo da qui' }).fill('Si comincia');
    await desk.getByRole('button', { name: 'Segna' }).click();
    await viewer.waitForTimeout(1000);
    await desk.getByRole('button', { name: 'Ferma la registrazione' }).click();
    await viewer.getByText('Registrazione in corso').waitFor({ state: 'detached' });
    await stage.app.settled();
    await viewer.goto(`/webinar/${webinar.number}/registrazione`);
    await viewer.getByText('Si comincia').waitFor();
    await viewer.getByRole('button', { name: 'Riproduci' }).click();
    await until(async () => (await secondsOf(viewer)) > 2, viewer);
    expect(await viewer.locator('video').first().evaluate((video) => (video as unknown as { videoWidth: number }).videoWidth)).toBeGreaterThan(0);
    await viewer.getByText('Telecamera di Rosa Relatrice').waitFor();
  });
});
