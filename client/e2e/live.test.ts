import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { aPerson, aTrainer } from '../../server/accounts/factory.ts';
import { anUpload } from '../../server/community/documents/factory.ts';
import { aCourse, anEdition } from '../../server/courses/factory.ts';
import { database } from '../../server/database/connection.ts';
import { slidesFile } from '../../server/demonstration/slides-file.ts';
import { anEnrolment } from '../../server/learning/factory.ts';
import { aSeat, aStaff, aWebinar } from '../../server/webinars/factory.ts';
import { SILENT_MS } from '../../server/webinars/media/ladder.ts';
import { type BrowserStage, findingsHere, openBrowserStage, pageFindings, watchRequests } from './stage.ts';

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

/** The lesson begins so long after it was scheduled, and lasts so long: who is in before has been there all the time. */
const BEGINS_IN_MINUTES = 1;
const LASTS_MINUTES = 1;

describe('a lesson in a live room', () => {
  it('is seen by three; slides, chat, a question, a poll, a raised hand; a tab crashes and the co-presenter goes on; then register, hours, certificate and replay', async () => {
    const edition = await anEdition({ course: await aCourse({ completion: { all: [{ attendance: '80/100' }] } }) });
    const presenter = await aTrainer(edition.course, { given_name: 'Rosa', family_name: 'Relatrice' });
    const second = await aPerson({ given_name: 'Carlo', family_name: 'Correlatore' });
    const learners = await Promise.all([['Lia', 'Allieva'], ['Ugo', 'Uditore'], ['Ada', 'Assente']].map(([given_name = '', family_name = '']) => aPerson({ given_name, family_name })));
    await Promise.all(learners.map((one) => anEnrolment({ edition, person: one })));
    const webinar = await aWebinar({ kind: 'class', title: 'Convenzioni con i Comuni', starts: BEGINS_IN_MINUTES, minutes: LASTS_MINUTES, edition, organiser: presenter, recorded: true });
    await database()('planned_sessions').insert({ source_key: `webinar:${webinar.id}`, edition_id: edition.id, minutes: LASTS_MINUTES, day: '2026-11-26' });
    await aStaff(webinar, second, 'co-presenter');
    for (const one of learners) await aSeat(webinar, one);
    const desk = await person(presenter);
    const client = await stage.app.as(presenter);
    const pages = [{ title: 'La convenzione', lines: ['Chi fa che cosa'] }, { title: 'Le soglie', lines: ['Lavori'] }];
    expect((await client.post(`webinars/${webinar.number}/slides`, { uploadId: await anUpload(client, 'Convenzioni.pdf', await slidesFile('Convenzioni', pages)) })).status).toBe(201);

    const [viewer, another, third] = [await person(learners[0] ?? presenter), await person(learners[1] ?? presenter), await person(learners[2] ?? presenter)];
    const seen = watchRequests(viewer);
    await Promise.all([desk, viewer, another].map((page) => enter(page, webinar.number)));
    await desk.getByRole('button', { name: 'Accendi il microfono' }).click();
    await desk.getByRole('button', { name: 'Accendi la telecamera' }).click();
    await desk.getByRole('button', { name: 'Spegni la telecamera' }).waitFor();
    for (const page of [viewer, another]) {
      await page.getByText('Telecamera di Rosa Relatrice').first().waitFor();
      await seesMoreThan(page, 3);
    }
    // The third comes to what is going on already, and leaves long before the end
    await enter(third, webinar.number);
    await seesMoreThan(third, 3);
    await third.getByRole('button', { name: 'Esci dalla sala' }).click();
    await desk.getByRole('button', { name: 'Avvia la registrazione' }).click();
    await viewer.getByText('Registrazione in corso').waitFor();

    await desk.getByRole('button', { name: 'Mostra «Convenzioni»' }).click();
    const slide = (page: Page, words: string) => page.locator(`[role=slider][aria-valuetext="${words}"]`).waitFor();
    for (const page of [viewer, another]) await slide(page, 'Diapositiva 1 di 2: La convenzione');
    await desk.getByRole('button', { name: 'Successiva' }).click();
    await slide(another, 'Diapositiva 2 di 2: Le soglie');

    await viewer.getByRole('textbox', { name: 'Scrivi un messaggio' }).fill('Buongiorno da Treviso');
    await viewer.keyboard.press('Enter');
    for (const page of [desk, another]) await page.getByText('Buongiorno da Treviso').waitFor();
    await viewer.getByRole('tab', { name: 'Domande' }).click();
    await viewer.getByRole('textbox', { name: 'La tua domanda' }).fill('Chi firma la convenzione?');
    await viewer.getByRole('button', { name: 'Fai la domanda' }).click();
    await another.getByRole('tab', { name: 'Domande' }).click();
    await another.getByRole('button', { name: /^Interessa anche a me.*Chi firma/ }).click();
    await viewer.getByText('interessa a 2 persone').waitFor();
    await desk.getByRole('tab', { name: 'Domande' }).click();
    await desk.getByRole('button', { name: /^Risposto.*Chi firma/ }).click();
    await viewer.getByText('risposto', { exact: true }).waitFor();

    // Who does not hear reads what is said: a line goes at the end of its sentence, the rest with Enter
    await desk.getByText('Scrivi i sottotitoli').click();
    const line = desk.getByLabel('Che cosa si sta dicendo?');
    await line.pressSequentially('La firmano i due presidenti. Poi ');
    expect(await line.inputValue()).toBe('Poi ');
    await line.pressSequentially('la Provincia');
    await desk.keyboard.press('Enter');
    for (const text of ['La firmano i due presidenti.', 'Poi la Provincia']) await viewer.getByRole('log', { name: 'Che cosa si sta dicendo' }).getByText(text).waitFor();
    expect(await findingsHere(viewer, 'room with captions')).toEqual([]);
    await viewer.setViewportSize({ width: 1280, height: 900 });
    await another.getByRole('button', { name: 'Nascondi i sottotitoli' }).click();
    expect(await another.getByRole('log', { name: 'Che cosa si sta dicendo' }).count()).toBe(0);
    await another.getByText('Rileggi che cosa è stato detto').click();
    await another.getByRole('region', { name: 'Rileggi che cosa è stato detto' }).getByText('La firmano i due presidenti.').waitFor();

    await desk.getByRole('tab', { name: 'Sondaggi' }).click();
    await desk.getByText('Apri un sondaggio').click();
    await desk.getByLabel('Che cosa chiedi?').fill('Avete già una convenzione?');
    await desk.getByRole('textbox', { name: 'Risposte' }).fill('Sì\nNon ancora');
    await desk.getByRole('button', { name: 'Apri', exact: true }).click();
    for (const page of [viewer, another]) {
      await page.getByRole('tab', { name: 'Sondaggi' }).click();
      await page.getByRole('button', { name: 'Non ancora' }).click();
    }
    await desk.getByText('Hanno risposto 2 persone').waitFor();

    await viewer.getByRole('button', { name: 'Alza la mano' }).click();
    await desk.getByText('mano alzata').waitFor();
    await desk.getByRole('button', { name: 'Dai la parola a Lia Allieva' }).click();
    await viewer.getByText('Hai la parola').waitFor();
    await viewer.getByRole('button', { name: 'Accendi il microfono' }).click();
    await viewer.getByRole('button', { name: 'Accendi la telecamera' }).click();
    await another.getByText('Telecamera di Lia Allieva').first().waitFor();

    // The presenter's tab is gone; the co-presenter takes over
    const other = await person(second);
    await enter(other, webinar.number);
    await desk.context().close();
    await other.getByRole('button', { name: 'Accendi la telecamera' }).click();
    await viewer.getByText('Telecamera di Carlo Correlatore').first().waitFor();
    expect(await viewer.getByText('Telecamera di Rosa Relatrice').count()).toBe(0);
    // What was shown stays; he goes on from there
    await other.getByRole('button', { name: 'Precedente' }).click();
    await slide(another, 'Diapositiva 1 di 2: La convenzione');
    await seesMoreThan(another, await shown(another));
    // Longer than a line may be silent: nobody was given up who was there, and each came in once
    await viewer.waitForTimeout(Math.max(SILENT_MS + 2000, webinar.ends_at.getTime() - Date.now() + 500));
    const joins = (await database()('presence_log').where({ webinar_id: webinar.id, what: 'join' }).pluck('person_id')) as string[];
    expect(joins.sort()).toEqual([presenter, second, ...learners].map(({ id }) => id).sort());
    await other.getByRole('button', { name: 'Ferma la registrazione' }).click();
    expect(seen).toEqual({ foreign: [], failed: [] });
    for (const page of [other, viewer, another]) await page.getByRole('button', { name: 'Esci dalla sala' }).click();
    await other.getByRole('button', { name: 'Entra nella sala' }).waitFor();

    const back = await person(presenter);
    await back.goto(`/webinar/${webinar.number}/registro`);
    await back.getByRole('button', { name: 'Chiudi il registro' }).click();
    await back.getByRole('dialog').getByRole('button', { name: 'Chiudi il registro' }).click();
    await back.getByText(/Registro chiuso da/).waitFor();
    await stage.app.settled();
    const minutes = async (one: { id: string } | undefined) => ((await database()('hours_entries').where('person_id', one?.id).select('minutes')) as { minutes: number }[]).map((entry) => entry.minutes);
    expect(await Promise.all(learners.map(minutes))).toEqual([[LASTS_MINUTES], [LASTS_MINUTES], []]);
    expect(await database()('certificates').whereIn('enrolment_id', (await database()('enrolments').where('edition_id', edition.id).pluck('id')) as string[])).toHaveLength(2);
    await viewer.goto('/libretto');
    await viewer.getByText('Convenzioni con i Comuni').waitFor();

    // What was said is said again, with the page that stood there
    await viewer.goto(`/webinar/${webinar.number}/registrazione`);
    await viewer.getByLabel('Cerca in chat, domande, capitoli e sottotitoli').fill('da Treviso');
    await viewer.getByRole('listitem').filter({ hasText: 'Buongiorno da Treviso' }).getByRole('button', { name: /^Vai a/ }).click();
    await viewer.keyboard.press('Escape');
    await viewer.getByLabel('Cerca in chat, domande, capitoli e sottotitoli').fill('');
    await viewer.getByRole('button', { name: 'Riproduci' }).click();
    await viewer.getByRole('tabpanel').locator('li[aria-current]').filter({ hasText: 'Buongiorno da Treviso' }).waitFor();
    await viewer.getByRole('img', { name: '2. Le soglie' }).waitFor();
    // And what was written along, found and read
    await viewer.getByLabel('Cerca in chat, domande, capitoli e sottotitoli').fill('due presidenti');
    await viewer.getByRole('listitem').filter({ hasText: 'La firmano i due presidenti.' }).getByRole('button', { name: /^Vai a/ }).click();
    await viewer.getByRole('combobox', { name: 'Sottotitoli' }).selectOption('Italiano');
    await viewer.getByRole('region', { name: 'Registrazione' }).getByText('La firmano i due presidenti.').waitFor();
    expect(await pageFindings(await person(presenter), [`/webinar/${webinar.number}/registrazione`])).toEqual([]);
  });
});
