import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { aPerson } from '../../server/accounts/factory.ts';
import { aSeat, aStaff, aWebinar } from '../../server/webinars/factory.ts';
import { type BrowserStage, openBrowserStage, watchRequests } from './stage.ts';

let stage: BrowserStage;
beforeAll(async () => {
  stage = await openBrowserStage({ media: true });
});
afterAll(() => stage.close());

interface Figures {
  shown: number;
  delayMs: number | null;
  gapMs: number;
  lipMs: number | null;
  rung: number;
}

/** How it goes in a room, as its worker measures it. */
const figuresOf = async (page: Page): Promise<Figures> => JSON.parse((await page.locator('[data-figures]').getAttribute('data-figures')) ?? '{}') as Figures;

/** The picture moves: shown in two seconds that are not the same. */
async function seesPictures(page: Page): Promise<void> {
  await page.locator('figure canvas').first().waitFor();
  let moving = 0;
  for (let tries = 0; tries < 300; tries += 1) {
    moving = (await figuresOf(page)).shown > 0 ? moving + 1 : 0;
    if (moving > 11) return;
    await page.waitForTimeout(100);
  }
  throw new Error(`No moving picture: ${JSON.stringify(await figuresOf(page))}`);
}

async function enter(page: Page, number: number): Promise<void> {
  await page.goto(`/webinar/${number}/sala`);
  await page.getByRole('button', { name: 'Entra nella sala' }).click();
  await page.getByRole('button', { name: 'Esci dalla sala' }).waitFor();
}

describe('a live room', () => {
  it('shows the presenter to who watches, lets a raised hand speak, and goes on with the co-presenter when a tab is gone', async () => {
    const presenter = await aPerson({ given_name: 'Rosa', family_name: 'Relatrice' });
    const second = await aPerson({ given_name: 'Carlo', family_name: 'Correlatore' });
    const learner = await aPerson({ given_name: 'Lia', family_name: 'Allieva' });
    const webinar = await aWebinar({ title: 'Convenzioni con i Comuni', starts: -1, organiser: presenter });
    await aStaff(webinar, second, 'co-presenter');
    await aSeat(webinar, learner);

    const desk = await stage.person(presenter);
    const seen = watchRequests(desk);
    await enter(desk, webinar.number);
    await desk.getByRole('button', { name: 'Accendi il microfono' }).click();
    await desk.getByRole('button', { name: 'Accendi la telecamera' }).click();
    await desk.getByRole('button', { name: 'Spegni la telecamera' }).waitFor();

    const viewer = await stage.person(learner);
    await enter(viewer, webinar.number);
    await viewer.getByText('Telecamera di Rosa Relatrice').first().waitFor();
    await seesPictures(viewer);

    // A raised hand speaks
    await viewer.getByRole('button', { name: 'Alza la mano' }).click();
    await desk.getByRole('button', { name: 'Dai la parola a Lia Allieva' }).click();
    await viewer.getByRole('button', { name: 'Accendi la telecamera' }).click();
    await desk.getByText('Telecamera di Lia Allieva').first().waitFor();
    await seesPictures(desk);

    // The presenter's tab is gone; the co-presenter takes over
    const other = await stage.person(second);
    await enter(other, webinar.number);
    await desk.context().close();
    await other.getByRole('button', { name: 'Accendi la telecamera' }).click();
    await viewer.getByText('Telecamera di Carlo Correlatore').first().waitFor();
    await seesPictures(viewer);
    expect(seen).toEqual({ foreign: [], failed: [] });
  });
});
