import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { aPerson } from '../../server/accounts/factory.ts';
import { database } from '../../server/database/connection.ts';
import { aSeat, aStaff, aWebinar } from '../../server/webinars/factory.ts';
import { SILENT_MS } from '../../server/webinars/media/ladder.ts';
import { type BrowserStage, openBrowserStage, pageFindings, watchRequests } from './stage.ts';

let stage: BrowserStage;
beforeAll(async () => {
  stage = await openBrowserStage({ media: true });
});
afterAll(() => stage.close());

/** Encoding in software on a busy machine takes its time; how long decides nothing here. */
const PATIENCE_MS = 60_000;

async function person(who: { id: string }): Promise<Page> {
  const page = await stage.person(who);
  page.setDefaultTimeout(PATIENCE_MS);
  return page;
}

async function enter(page: Page, number: number): Promise<void> {
  await page.goto(`/webinar/${number}/sala`);
  await page.getByRole('button', { name: 'Entra nella sala' }).click();
  await page.getByRole('button', { name: 'Esci dalla sala' }).waitFor();
}

/** Pictures that this page has decoded and shown since it came in. */
const shown = async (page: Page): Promise<number> => (JSON.parse((await page.locator('[data-figures]').getAttribute('data-figures')) ?? '{}') as { shownInAll?: number }).shownInAll ?? 0;

async function seesMoreThan(page: Page, before: number): Promise<void> {
  for (const deadline = Date.now() + PATIENCE_MS; (await shown(page)) <= before; await page.waitForTimeout(200)) {
    if (Date.now() > deadline) throw new Error(`No picture: ${await page.locator('[data-figures]').getAttribute('data-figures')}`);
  }
}

describe('a live room', () => {
  it('shows the presenter to who watches; one writes, asks and votes; a raised hand may speak; when a tab is gone the co-presenter goes on', async () => {
    const presenter = await aPerson({ given_name: 'Rosa', family_name: 'Relatrice' });
    const second = await aPerson({ given_name: 'Carlo', family_name: 'Correlatore' });
    const learner = await aPerson({ given_name: 'Lia', family_name: 'Allieva' });
    const webinar = await aWebinar({ title: 'Convenzioni con i Comuni', starts: -1, organiser: presenter });
    await aStaff(webinar, second, 'co-presenter');
    await aSeat(webinar, learner);

    const [desk, viewer, other] = [await person(presenter), await person(learner), await person(second)];
    const seen = watchRequests(viewer);
    await enter(desk, webinar.number);
    await desk.getByRole('button', { name: 'Accendi il microfono' }).click();
    await desk.getByRole('button', { name: 'Accendi la telecamera' }).click();
    await desk.getByRole('button', { name: 'Spegni la telecamera' }).waitFor();
    await enter(viewer, webinar.number);
    await viewer.getByText('Telecamera di Rosa Relatrice').first().waitFor();
    await seesMoreThan(viewer, 3);

    await viewer.getByRole('textbox', { name: 'Scrivi un messaggio' }).fill('Buongiorno da Treviso');
    await viewer.keyboard.press('Enter');
    await desk.getByText('Buongiorno da Treviso').waitFor();
    await viewer.getByRole('tab', { name: 'Domande' }).click();
    await viewer.getByRole('textbox', { name: 'La tua domanda' }).fill('Chi firma la convenzione?');
    await viewer.getByRole('button', { name: 'Fai la domanda' }).click();
    await desk.getByRole('tab', { name: 'Domande' }).click();
    await desk.getByRole('button', { name: /^Interessa anche a me.*Chi firma/ }).click();
    await viewer.getByText('interessa a 2 persone').waitFor();
    await desk.getByRole('button', { name: /^Risposto.*Chi firma/ }).click();
    await viewer.getByText('risposto', { exact: true }).waitFor();

    await viewer.getByRole('button', { name: 'Alza la mano' }).click();
    await desk.getByText('mano alzata').waitFor();
    await desk.getByRole('button', { name: 'Dai la parola a Lia Allieva' }).click();
    await viewer.getByText('Hai la parola').waitFor();
    await viewer.getByRole('button', { name: 'Accendi la telecamera' }).waitFor();

    // The presenter's tab is gone; the co-presenter takes over
    await enter(other, webinar.number);
    await desk.context().close();
    await other.getByRole('button', { name: 'Accendi la telecamera' }).click();
    await viewer.getByText('Telecamera di Carlo Correlatore').first().waitFor();
    expect(await viewer.getByText('Telecamera di Rosa Relatrice').count()).toBe(0);
    await seesMoreThan(viewer, await shown(viewer));
    // Longer than a line may be silent: nobody was given up who was there, and each came in once
    await viewer.waitForTimeout(SILENT_MS + 2000);
    const joins = (await database()('presence_log').where({ webinar_id: webinar.id, what: 'join' }).pluck('person_id')) as string[];
    expect(joins.sort()).toEqual([presenter.id, second.id, learner.id].sort());
    await seesMoreThan(viewer, await shown(viewer));
    expect(seen).toEqual({ foreign: [], failed: [] });
    await other.getByRole('button', { name: 'Esci dalla sala' }).click();
    await other.getByRole('button', { name: 'Entra nella sala' }).waitFor();
    expect(await pageFindings(await person(learner), [`/webinar/${webinar.number}/sala`])).toEqual([]);
  });
});
