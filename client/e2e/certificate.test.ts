import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { aCoordinator, anAdministrator } from '../../server/accounts/factory.ts';
import { anEdition } from '../../server/courses/factory.ts';
import { database } from '../../server/database/connection.ts';
import { aProvince } from '../../server/territory/factory.ts';
import { type BrowserStage, openBrowserStage, pageFindings, watchRequests } from './stage.ts';

/**
 * The spine from end to end, in one story and several browsers: a stranger registers, confirms by the kept mail, is recognised by her
 * coordinator, enrols, reads, fails the test and sees why, passes, sees the certificate arrive, opens it; somebody who is not signed in and
 * has no JavaScript verifies it; the Province's figure moves in the coordinator's window.
 */
describe('from registration to a certificate that anyone can check', () => {
  let stage: BrowserStage;
  let learner: Page;
  let coordinatorPage: Page;
  let adminPage: Page;
  let seen: ReturnType<typeof watchRequests>;
  let enrolmentPath: string;
  let resultPath: string;
  let code: string;
  const PASSWORD = 'tavolo verde ventidue onde';

  beforeAll(async () => {
    stage = await openBrowserStage();
    const course = (await database()('courses').where('key', 'personale-piao').first('id', 'current_version_id')) as { id: string; current_version_id: string };
    await anEdition({ code: 'PIAO-E2E', course: { id: course.id, key: 'personale-piao', versionId: course.current_version_id, lessonIds: [], quizId: '', questionIds: [] } });
    const treviso = await aProvince('Treviso');
    learner = await stage.visitor();
    coordinatorPage = await stage.person(await aCoordinator({ body: treviso, given_name: 'Marta', family_name: 'Zanella' }));
    adminPage = await stage.person(await anAdministrator());
    seen = watchRequests(learner);
  }, 120_000);
  afterAll(() => stage.close());

  it('registers with the body found by typing, every mistake said at once', async () => {
    await learner.goto('/registrazione');
    await learner.getByRole('button', { name: 'Crea il profilo' }).click();
    await learner.getByText('Scrivi il nome.').first().waitFor();
    for (const mistake of ['Scrivi il cognome.', 'Scegli l’ente dall’elenco.', 'Scrivi il tuo indirizzo e-mail.']) expect(await learner.getByText(mistake).count()).toBeGreaterThan(0);
    await learner.getByLabel('Nome', { exact: false }).first().fill('Teresa');
    await learner.getByLabel('Cognome').fill('Bellò');
    await learner.getByRole('combobox', { name: /Ente in cui lavori/ }).fill('trevis');
    await learner.getByRole('option', { name: /Treviso/ }).first().click();
    await learner.getByLabel(/Indirizzo e-mail/).fill('teresa.bello@provincia.treviso.example');
    await learner.locator('input[name=password]').fill(PASSWORD);
    await learner.getByRole('button', { name: 'Crea il profilo' }).click();
    await learner.waitForURL(/\/registrazione\/fatta$/);
    await learner.getByRole('heading', { level: 1, name: 'Conferma il tuo indirizzo' }).waitFor();
  });

  it('confirms her address by the mail that the administrator can read', async () => {
    await stage.app.settled();
    await adminPage.goto('/amministrazione/posta');
    await adminPage.getByRole('link', { name: /Conferma il tuo indirizzo/ }).first().click();
    await adminPage.getByText('teresa.bello@provincia.treviso.example').first().waitFor();
    const link = await adminPage.locator('main a[href*="/conferma"]').first().getAttribute('href');
    expect(link).toMatch(/\/conferma/);
    const url = new URL(link ?? '', stage.app.url);
    await learner.goto(url.pathname + url.search + url.hash);
    await learner.getByRole('button', { name: 'Sì, l’indirizzo è mio' }).click();
    await learner.getByText(/La tua richiesta è arrivata al referente/).waitFor();
  });

  it('cannot enrol before her coordinator recognises her, who then does', async () => {
    await learner.goto('/accedi');
    await learner.getByLabel(/Indirizzo e-mail/).fill('teresa.bello@provincia.treviso.example');
    await learner.locator('input[name=password]').fill(PASSWORD);
    await learner.locator('main').getByRole('button', { name: 'Accedi' }).click();
    await learner.waitForURL((url) => !url.pathname.startsWith('/accedi'));
    await learner.goto('/corsi/personale-piao/iscrizione?edizione=PIAO-E2E');
    await learner.getByRole('heading', { name: 'Prima serve la conferma del tuo ente' }).or(learner.getByText('Prima serve la conferma del tuo ente')).first().waitFor();
    await coordinatorPage.goto('/ente');
    await coordinatorPage.getByRole('button', { name: /Approva la richiesta di Teresa Bellò/ }).click();
    await coordinatorPage.getByRole('dialog').getByRole('button', { name: 'Approva' }).click();
    await coordinatorPage.getByRole('dialog').waitFor({ state: 'hidden' });
    await coordinatorPage.getByRole('button', { name: /Approva la richiesta di Teresa Bellò/ }).waitFor({ state: 'detached' });
  });

  it('finds the course by a misspelt word and enrols', async () => {
    await learner.goto('/corsi?q=fabisogni+personale');
    await learner.getByRole('link', { name: /Dal PIAO alle persone/ }).first().click();
    await learner.getByRole('heading', { level: 1, name: /Dal PIAO alle persone/ }).waitFor();
    await learner.goto('/corsi/personale-piao/iscrizione?edizione=PIAO-E2E');
    await learner.getByRole('button', { name: 'Iscriviti' }).click();
    await learner.waitForURL(/\/percorso\/[0-9a-f-]+$/);
    enrolmentPath = new URL(learner.url()).pathname;
    await learner.getByRole('heading', { name: 'Perché non ho ancora finito?' }).waitFor();
  });

  it('reads every lesson, with the bar that moves', async () => {
    await learner.locator(`a[href^="${enrolmentPath}/lezioni/"]`).first().click();
    for (let lesson = 1; lesson <= 9; lesson += 1) {
      const done = learner.getByRole('button', { name: 'Ho finito questa lezione' });
      await done.waitFor();
      await done.click();
      await learner.getByText(/Lezione completata/).first().waitFor();
      if (lesson === 9) break;
      const next = learner.locator('nav[aria-label="Lezione precedente e successiva"] a').last();
      const from = learner.url();
      await next.click();
      await learner.waitForURL((url) => url.href !== from);
    }
    await learner.goto(enrolmentPath);
    await learner.getByText(/lezioni fatte: 9 su 9/).first().waitFor();
  });

  /** Answers every question, so many right, as a person clicks. The right ones are read from the database: the page does not have them. */
  async function takeTest(right: number): Promise<void> {
    await learner.goto(`${enrolmentPath}/prova/prova-finale`);
    await learner.getByRole('button', { name: /Inizia/ }).click();
    await learner.locator('#domanda-1').waitFor();
    expect(await learner.content()).not.toMatch(/"correct"|explanation/);
    const rows = (await database()('questions').select('id', 'options')) as { id: string; options: { key: string; correct: boolean }[] }[];
    const names = await learner.locator('main fieldset[id^=domanda-]').evaluateAll((fields) => fields.map((field) => (field as unknown as { querySelector(q: string): { getAttribute(n: string): string } }).querySelector('input[type=radio]').getAttribute('name')));
    expect(names).toHaveLength(30);
    for (const [index, name] of names.entries()) {
      const options = rows.find(({ id }) => name.endsWith(id))?.options ?? [];
      const option = options.find(({ correct }) => correct === index < right);
      await learner.locator(`input[name="${name}"][value="${option?.key}"]`).check({ force: true });
    }
    await learner.locator('#consegna').getByRole('button', { name: 'Consegna la prova' }).click();
    await learner.getByRole('dialog').getByRole('button', { name: 'Consegna', exact: true }).click();
    await learner.waitForURL(/\/esito\//);
  }

  it('fails with 19 right answers of 30 and sees why', async () => {
    await takeTest(19);
    await learner.getByText('Prova non superata').first().waitFor();
    expect(await learner.locator('main').innerText()).toMatch(/19/);
    expect(await learner.locator('main').innerText()).toMatch(/D\.Lgs\.|D\.L\.|L\. \d/);
    await learner.goto(enrolmentPath);
    await learner.getByText(/il tuo risultato migliore è 19, ne servono 20/).first().waitFor();
  }, 120_000);

  it('passes with 20 after the pause; the certificate arrives without reloading, and the Province’s figure moves elsewhere', async () => {
    // Her coordinator reads the exact figures of her own Province, in another browser, and touches nothing
    await coordinatorPage.goto('/cruscotto');
    const province = coordinatorPage.locator('main tbody tr', { hasText: 'Treviso' }).first();
    const shown = async () => (await province.innerText()).replaceAll(/\s+/g, ' ');
    expect(await shown()).toMatch(/^Treviso TV la tua Provincia 0 /);
    // The hour between two attempts has passed
    await database()('attempts').update({ closed_at: new Date(Date.now() - 2 * 3_600_000), started_at: new Date(Date.now() - 3 * 3_600_000) });
    await takeTest(20);
    await learner.getByText('Prova superata').first().waitFor();
    resultPath = new URL(learner.url()).pathname;
    await learner.getByRole('link', { name: 'Apri l’attestato' }).waitFor();
    const href = await learner.getByRole('link', { name: 'Apri l’attestato' }).getAttribute('href');
    const document = await learner.request.get(href ?? '');
    expect(document.headers()['content-type']).toBe('application/pdf');
    expect((await document.body()).subarray(0, 5).toString()).toBe('%PDF-');
    const deadline = Date.now() + 60_000;
    while (!(await shown()).startsWith('Treviso TV la tua Provincia 1 ') && Date.now() < deadline) await coordinatorPage.waitForTimeout(200);
    expect(await shown()).toMatch(/^Treviso TV la tua Provincia 1 /);
    const row = (await database()('certificates').first('code')) as { code: string };
    code = row.code;
  }, 120_000);

  it('is verified by somebody who is not signed in and has no JavaScript', async () => {
    const anybody = await stage.visitor({ javaScript: false });
    await anybody.goto('/verifica');
    await anybody.locator('main input[name=codice]').fill(code.toLowerCase());
    await anybody.locator('main').getByRole('button', { name: 'Verifica' }).click();
    await anybody.getByRole('heading', { name: 'Attestato valido' }).waitFor();
    const text = await anybody.locator('main').innerText();
    for (const expected of ['Teresa Bellò', 'Dal PIAO alle persone', '4 h 30 min', '20 risposte esatte su 30']) expect(text).toContain(expected);
    expect(text).not.toContain('@');
  });

  it('verifies the signed data of the QR code in the browser, and says so', async () => {
    const { signed } = (await database()('certificates').where({ code }).first('signed')) as { signed: string };
    const anybody = await stage.visitor();
    await anybody.goto(`/verifica/${code}#${signed}`);
    await anybody.getByText('Anche la firma contenuta nel codice QR è valida.').waitFor();
    const forger = await stage.visitor();
    await forger.goto(`/verifica/${code}#${signed.slice(0, -6)}AAAAAA`);
    await forger.getByText(/la firma contenuta nel codice QR non corrisponde/).waitFor();
  });

  it('finds the hours and the certificate in her transcript', async () => {
    await learner.goto('/libretto');
    await learner.getByText('Dal PIAO alle persone').first().waitFor();
    expect(await learner.locator('main').innerText()).toContain('4 h 30 min');
  });

  it.each(['it', 'en'] as const)('finds every page accessible and no wider than its window, in %s', async (language) => {
    await database()('people').update({ language });
    const { id } = (await database()('editions').where({ code: 'PIAO-E2E' }).first('id')) as { id: string };
    await learner.goto(enrolmentPath);
    const lesson = await learner.locator(`a[href^="${enrolmentPath}/lezioni/"]`).first().getAttribute('href');
    const findings = [
      await pageFindings(learner, [
        '/', '/corsi', '/corsi?q=nienteditutto', '/corsi/personale-piao', '/corsi/personale-piao/iscrizione', '/percorso', enrolmentPath, lesson ?? '', `${enrolmentPath}/prova/prova-finale`, resultPath,
        '/libretto', '/verifica', `/verifica/${code}`, '/cruscotto', '/api/docs', '/privacy', '/accessibilita', '/contatti', '/licenza',
      ], language),
      await pageFindings(coordinatorPage, ['/ente', '/ente/iscrizioni', '/ente/attestati', '/cruscotto'], language),
      await pageFindings(adminPage, ['/cruscotto', '/amministrazione/attestati', '/amministrazione/edizioni', '/amministrazione/edizioni/nuova', `/amministrazione/edizioni/${id}`, `/amministrazione/edizioni/${id}/registro`], language),
    ].flat();
    expect(findings).toEqual([]);
  }, 900_000);

  it('asked nobody but us for anything, and nothing failed in the page', () => {
    expect(seen.foreign).toEqual([]);
    expect(seen.failed.filter((message) => !/status of (409|422)/.test(message))).toEqual([]);
  });
});
