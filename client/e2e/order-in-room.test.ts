import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { aPerson } from '../../server/accounts/factory.ts';
import { aSeat, aWebinar } from '../../server/webinars/factory.ts';
import { type BrowserStage, findingsHere, openBrowserStage } from './stage.ts';

const PATIENCE_MS = 60_000;
/** Ours open a quarter of an hour before. */
const DOORS_MINUTES = 15;

let stage: BrowserStage;
beforeAll(async () => {
  stage = await openBrowserStage();
});
afterAll(() => stage.close());

const asked = (page: Page): string[] => {
  const urls: string[] = [];
  page.on('request', (request) => request.url().includes('/api/v1/webinars') && urls.push(request.url()));
  return urls;
};

describe('who waits', () => {
  it('sees the doors open without doing anything, on the sheet and at the door', async () => {
    const [presenter, learner, another] = [await aPerson(), await aPerson(), await aPerson()];
    const webinar = await aWebinar({ starts: DOORS_MINUTES + 0.2, organiser: presenter });
    for (const one of [learner, another]) await aSeat(webinar, one);
    const [sheet, door] = [await stage.person(learner), await stage.person(another, { width: 360 })];
    for (const page of [sheet, door]) page.setDefaultTimeout(PATIENCE_MS);
    await Promise.all([sheet.goto(`/webinar/${webinar.number}`), door.goto(`/webinar/${webinar.number}/sala`)]);
    await sheet.getByText(/^Comincia fra/).waitFor();
    await door.getByText(/^Comincia fra/).waitFor();
    await door.getByText(/La sala apre il/).waitFor();
    expect(await sheet.getByRole('link', { name: 'Entra nella sala' }).count()).toBe(0);
    expect(await findingsHere(door, 'alla porta, prima')).toEqual([]);
    await door.getByRole('button', { name: 'Entra nella sala' }).waitFor();
    await sheet.getByRole('link', { name: 'Entra nella sala' }).waitFor();
  });

  it('for nothing asks for nothing: at the door of what is over', async () => {
    const learner = await aPerson();
    const webinar = await aWebinar({ starts: -200, minutes: 60 });
    await aSeat(webinar, learner);
    const page = await stage.person(learner);
    await page.goto(`/webinar/${webinar.number}/sala`);
    await page.getByText('L’incontro è finito.').waitFor();
    const urls = asked(page);
    await page.waitForTimeout(4000);
    expect(urls).toEqual([]);
  });
});

describe('who keeps order', () => {
  it('slows the chat down and closes it; nobody misses a poll or a question on another tab', async () => {
    const [presenter, learner] = [await aPerson({ given_name: 'Rosa', family_name: 'Relatrice' }), await aPerson({ given_name: 'Lia', family_name: 'Allieva' })];
    const webinar = await aWebinar({ starts: -1, organiser: presenter });
    await aSeat(webinar, learner);
    const [desk, page] = [await stage.person(presenter), await stage.person(learner, { width: 360 })];
    for (const one of [desk, page]) {
      one.setDefaultTimeout(PATIENCE_MS);
      await one.addInitScript('delete globalThis.VideoDecoder');
      await one.goto(`/webinar/${webinar.number}/sala`);
      await one.getByRole('button', { name: 'Entra nella sala' }).click();
      await one.getByRole('button', { name: 'Segui con diapositive e chat' }).click();
    }
    const write = async (who: Page, text: string) => {
      await who.getByRole('textbox', { name: 'Scrivi un messaggio' }).fill(text);
      await who.getByRole('button', { name: 'Invia', exact: true }).click();
    };
    await write(page, 'Buongiorno');
    await desk.getByText('Buongiorno').first().waitFor();
    await desk.getByLabel('Attesa tra due messaggi').selectOption('30');
    await page.getByText('si aspettano 30 secondi').waitFor();
    await desk.getByLabel('Attesa tra due messaggi').selectOption('0');
    await desk.getByRole('button', { name: 'Chiudi la chat' }).click();
    await desk.getByRole('button', { name: 'Riapri la chat' }).waitFor();
    await page.getByText('La chat è chiusa: scrivi solo a chi conduce.').waitFor();
    await write(page, 'Non sento nulla');
    await desk.getByText('Non sento nulla').first().waitFor();
    await desk.getByText('solo a chi conduce').first().waitFor();
    expect(await findingsHere(desk, 'ordine nella chat')).toEqual([]);
    expect(await findingsHere(page, 'chat chiusa')).toEqual([]);

    const { status } = await (await stage.app.as(presenter)).post(`webinars/${webinar.number}/polls`, { clientId: crypto.randomUUID(), question: 'Avete già una SUA?', options: ['Sì', 'No'] });
    expect(status).toBe(201);
    const tab = page.getByRole('tab', { name: 'Sondaggi (novità)' });
    await tab.waitFor();
    await page.getByRole('status').getByText('Novità nei sondaggi.').waitFor({ state: 'attached' });
    await tab.click();
    await page.getByText('Avete già una SUA?').waitFor();
    await page.getByRole('tab', { name: 'Sondaggi', exact: true }).waitFor();

    await desk.getByRole('button', { name: 'Fai uscire Lia Allieva' }).first().click();
    await desk.getByRole('dialog').getByLabel(/Motivo/).fill('Disturba la lezione');
    await desk.getByRole('dialog').getByRole('button', { name: 'Fai uscire' }).click();
    await page.getByText(/fatto uscire/).waitFor();
  });
});
