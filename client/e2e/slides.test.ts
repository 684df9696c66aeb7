import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { aPerson } from '../../server/accounts/factory.ts';
import { slidesFile } from '../../server/demonstration/slides-file.ts';
import { aSeat, aWebinar } from '../../server/webinars/factory.ts';
import { attendanceWritten } from '../../server/webinars/media/attend.ts';
import { noWebSocketLine } from '../../server/testing/no-web-socket-line.ts';
import { database } from '../../server/database/connection.ts';
import { type BrowserStage, findingsHere, openBrowserStage, pageFindings, watchRequests } from './stage.ts';

let stage: BrowserStage;
let folder: string;
beforeAll(async () => {
  stage = await openBrowserStage({ media: true });
  folder = await mkdtemp(join(tmpdir(), 'pico-slides-'));
});
afterAll(async () => {
  await stage.close();
  await rm(folder, { recursive: true });
});

const PAGES = [{ title: 'La convenzione', lines: ['Chi fa che cosa'] }, { title: 'Le soglie', lines: ['Lavori', 'Servizi e forniture'] }, { title: 'Domande', lines: ['A voi la parola'] }];

async function enter(page: Page, number: number, { enter, leave } = { enter: 'Entra nella sala', leave: 'Esci dalla sala' }): Promise<void> {
  await page.goto(`/webinar/${number}/sala`);
  await page.getByRole('button', { name: enter }).click();
  await page.getByRole('button', { name: leave }).waitFor();
}

describe('slides', () => {
  it('are put there before the lesson, shown in the room, turned and pointed at; who watches looks further on her own and comes back', async () => {
    const [presenter, learner, guest] = [await aPerson({ given_name: 'Rosa', family_name: 'Relatrice' }), await aPerson(), await aPerson({ language: 'en' })];
    const webinar = await aWebinar({ title: 'Convenzioni con i Comuni', starts: -1, organiser: presenter });
    for (const one of [learner, guest]) await aSeat(webinar, one);
    const desk = await stage.person(presenter);
    await desk.goto(`/webinar/${webinar.number}`);
    await desk.getByRole('link', { name: 'Diapositive' }).click();
    await desk.getByText('Non c’è ancora nessuna presentazione').waitFor();
    await desk.getByRole('button', { name: 'Aggiungi', exact: true }).click();
    await desk.getByText('Scegli il file PDF da caricare').first().waitFor();
    const path = join(folder, 'Convenzioni.pdf');
    await writeFile(path, await slidesFile('Convenzioni', PAGES));
    await desk.getByLabel('File PDF').setInputFiles(path);
    await desk.getByText(/Convenzioni\.pdf \(/).waitFor();
    await desk.getByRole('button', { name: 'Aggiungi', exact: true }).click();
    // Without a reload it says how far it is
    await desk.getByText('3 pagine').waitFor();
    expect(await findingsHere(desk, 'diapositive')).toEqual([]);

    const viewer = await stage.person(learner);
    const seen = watchRequests(viewer);
    await enter(desk, webinar.number);
    await enter(viewer, webinar.number);
    expect(await viewer.getByRole('button', { name: 'Carica e ordina' }).count()).toBe(0);
    await desk.getByRole('button', { name: 'Mostra «Convenzioni»' }).click();
    const slide = viewer.getByRole('slider', { name: 'Diapositive' });
    const says = (text: string, page = viewer) => page.locator(`[role=slider][aria-valuetext="${text}"]`).waitFor();
    await says('Diapositiva 1 di 3: La convenzione');
    const isDrawn = () => slide.locator('img').evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth > 0);
    for (const until = Date.now() + 10_000; !(await isDrawn()) && Date.now() < until; ) await viewer.waitForTimeout(50);
    expect(await isDrawn()).toBe(true);

    await desk.getByRole('slider', { name: 'Diapositive' }).focus();
    await desk.keyboard.press('ArrowRight');
    await says('Diapositiva 2 di 3: Le soglie');
    await viewer.getByText('Testo della diapositiva').click();
    await viewer.getByText('Servizi e forniture').waitFor();
    // Ahead on her own; the presenter goes back meanwhile, and does not take her along
    await slide.focus();
    await viewer.keyboard.press('End');
    await says('Diapositiva 3 di 3: Domande');
    await desk.keyboard.press('Home');
    await viewer.getByText('Il relatore è alla diapositiva 1').waitFor();
    await says('Diapositiva 3 di 3: Domande');
    await viewer.getByRole('button', { name: 'Torna al relatore' }).click();
    await says('Diapositiva 1 di 3: La convenzione');
    // Twice before the first has been answered is two pages on
    await desk.keyboard.press('ArrowRight');
    await desk.keyboard.press('ArrowRight');
    await says('Diapositiva 3 di 3: Domande');
    await desk.keyboard.press('Home');
    await says('Diapositiva 1 di 3: La convenzione');

    // Larger: what does not fit is reached with the keyboard, and what is pointed at stays where it is
    const widthOf = async () => (await slide.boundingBox())?.width ?? 0;
    const fits = await widthOf();
    await viewer.getByRole('button', { name: 'Ingrandisci' }).click();
    await viewer.getByRole('group', { name: 'Diapositiva ingrandita' }).waitFor();
    expect((await widthOf()) / fits).toBeCloseTo(1.5, 1);

    await desk.getByRole('button', { name: 'Usa il puntatore' }).click();
    const box = await desk.getByRole('slider', { name: 'Diapositive' }).boundingBox();
    for (let i = 0; i < 8; i += 1) {
      await desk.mouse.move((box?.x ?? 0) + (box?.width ?? 0) / 2 + i, (box?.y ?? 0) + (box?.height ?? 0) / 4);
      await desk.waitForTimeout(130);
    }
    const dot = viewer.locator('.dot');
    await dot.waitFor();
    expect(Number.parseFloat((await dot.getAttribute('style'))?.match(/left: ([\d.]+)%/)?.[1] ?? '')).toBeCloseTo(50, -1);

    // What everybody should know, and what a crowd says without words
    await desk.getByText('Avvisa tutti').click();
    await desk.getByLabel('Che cosa devono sapere tutti?').fill('La pausa è alle undici');
    await desk.getByRole('button', { name: 'Pubblica l’avviso' }).click();
    await viewer.getByText('La pausa è alle undici').waitFor();
    await viewer.getByRole('button', { name: 'Applauso' }).click();
    await desk.getByRole('button', { name: /^Applauso.*1/ }).waitFor();
    expect(await findingsHere(viewer, 'sala')).toEqual([]);
    expect(await findingsHere(desk, 'sala, chi presenta')).toEqual([]);
    // Who comes later sees at once what is shown; in English too
    const late = await stage.person(guest, { language: 'en-GB' });
    await enter(late, webinar.number, { enter: 'Enter the room', leave: 'Leave the room' });
    await says('Slide 1 of 3: La convenzione', late);
    expect(await findingsHere(late, 'room', [360], false)).toEqual([]);
    await desk.setViewportSize({ width: 1280, height: 900 });
    await desk.getByRole('button', { name: 'Non mostrare più' }).click();
    await slide.waitFor({ state: 'detached' });
    expect(seen).toEqual({ foreign: [], failed: [] });

    // What was shown can be downloaded by who was there, and is gone when it is taken away
    await viewer.goto(`/webinar/${webinar.number}/diapositive`);
    await viewer.getByRole('link', { name: 'Convenzioni', exact: true }).waitFor();
    await desk.goto(`/webinar/${webinar.number}/diapositive`);
    await desk.getByRole('button', { name: 'Elimina «Convenzioni»' }).click();
    await desk.getByText('È già stata mostrata').waitFor();
    await desk.getByRole('button', { name: 'Elimina', exact: true }).click();
    await desk.getByText('Non c’è ancora nessuna presentazione').waitFor();
    expect(await pageFindings(viewer, [`/webinar/${webinar.number}/diapositive`])).toEqual([]);
    expect(await pageFindings(late, [`/webinar/${webinar.number}/diapositive`], 'en')).toEqual([]);
  });

  it('and chat are there where an office lets no WebSocket through, and where a browser knows no video; presence counts', async () => {
    const [presenter, learner, old] = [await aPerson(), await aPerson({ given_name: 'Ugo', family_name: 'Uditore' }), await aPerson()];
    const webinar = await aWebinar({ title: 'Senza immagini', starts: -1, organiser: presenter });
    for (const one of [learner, old]) await aSeat(webinar, one);
    const line = await noWebSocketLine(Number(new URL(stage.app.url).port));
    const page = await stage.person(learner);
    await page.goto(`http://127.0.0.1:${line.port}/webinar/${webinar.number}/sala`);
    await page.getByRole('button', { name: 'Entra nella sala' }).click();
    await page.getByText('forse la rete del tuo ufficio non lascia passare i WebSocket').waitFor();
    await page.getByRole('button', { name: 'Segui con diapositive e chat' }).click();
    await page.getByText('La tua presenza conta lo stesso').waitFor();

    const without = await stage.person(old);
    await without.addInitScript('delete globalThis.VideoDecoder');
    await without.goto(`/webinar/${webinar.number}/sala`);
    await without.getByRole('button', { name: 'Entra nella sala' }).click();
    await without.getByText('Questo browser non sa mostrare il video').waitFor();
    await without.getByRole('button', { name: 'Segui con diapositive e chat' }).click();
    await without.getByRole('textbox', { name: 'Scrivi un messaggio' }).fill('Vi leggo');
    await without.keyboard.press('Enter');
    await page.getByText('Vi leggo').waitFor();
    expect(await findingsHere(page, 'sala senza immagini')).toEqual([]);
    await attendanceWritten();
    const there = async () => ((await database()('presence_log').where({ webinar_id: webinar.id }).orderBy('sequence').select('person_id', 'what')) as { person_id: string; what: string }[]).map((row) => `${row.person_id} ${row.what}`);
    expect(await there()).toEqual([`${learner.id} join`, `${old.id} join`]);
    await without.getByRole('button', { name: 'Esci dalla sala' }).click();
    await without.getByRole('button', { name: 'Entra nella sala' }).waitFor();
    for (const until = Date.now() + 5000; (await there()).length < 3 && Date.now() < until; ) await without.waitForTimeout(50);
    expect((await there()).at(-1)).toBe(`${old.id} leave`);
    await page.context().close();
    line.close();
  });

  it('need no screen of one’s own: in a physical room a code on the wall says who is there', async () => {
    const [trainer, learner] = [await aPerson(), await aPerson({ given_name: 'Ugo', family_name: 'Uditore' })];
    const webinar = await aWebinar({ kind: 'class', title: 'Lezione in aula', starts: -1, organiser: trainer });
    await aSeat(webinar, learner);
    const wall = await stage.person(trainer);
    await wall.goto(`/webinar/${webinar.number}`);
    await wall.getByRole('link', { name: 'Presenze in aula' }).click();
    const code = async () => (await wall.locator('.code').innerText()).trim();
    const before = await code();
    expect(before).toMatch(/^[A-Z2-9]{6}$/);
    // Who is not signed in comes back to it
    const telephone = await stage.visitor({ width: 360 });
    await telephone.goto(`/webinar/${webinar.number}/presente?codice=${before}`);
    expect(new URL(telephone.url()).searchParams.toString()).toContain(encodeURIComponent(`codice=${before}`));
    const page = await stage.person(learner, { width: 360 });
    await page.goto(`/webinar/${webinar.number}/presente?codice=AAAAAA`);
    await page.getByRole('button', { name: 'Segna l’entrata' }).click();
    await page.getByText('Questo codice non vale, o non vale più').first().waitFor();
    // It changes by itself
    for (const until = Date.now() + 25_000; (await code()) === before && Date.now() < until; ) await wall.waitForTimeout(200);
    const now = await code();
    expect(now).not.toBe(before);
    await page.goto(`/webinar/${webinar.number}/presente?codice=${now}`);
    await page.getByRole('button', { name: 'Segna l’entrata' }).click();
    await page.getByText(/Sei in aula dalle/).waitFor();
    await wall.goto(`/webinar/${webinar.number}/registro`);
    await wall.getByRole('row', { name: /Ugo Uditore/ }).getByText('presente').waitFor();
    expect(await pageFindings(wall, [`/webinar/${webinar.number}/codice`])).toEqual([]);
    expect(await pageFindings(page, [`/webinar/${webinar.number}/presente`])).toEqual([]);
    await page.getByRole('textbox', { name: /Codice mostrato in aula/ }).fill(await code());
    await page.getByRole('button', { name: 'Segna l’uscita' }).click();
    await page.getByText('Uscita segnata').waitFor();
    const english = await aPerson({ language: 'en' });
    await aSeat(webinar, english);
    expect(await pageFindings(await stage.person(english, { language: 'en-GB' }), [`/webinar/${webinar.number}/presente`], 'en')).toEqual([]);
  });
});
