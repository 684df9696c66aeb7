import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { aPerson, type BuiltPerson } from '../../server/accounts/factory.ts';
import { aMember, aNetwork, aThread } from '../../server/community/factory.ts';
import { database } from '../../server/database/connection.ts';
import { aProvince } from '../../server/territory/factory.ts';
import { type BrowserStage, openBrowserStage, pageFindings, watchRequests } from './stage.ts';

/** Finding: what was written, by other words than those that were typed, and who knows. */
describe('finding', () => {
  let stage: BrowserStage;
  let expert: BuiltPerson;
  let colleague: Page;
  let knows: Page;
  let seen: ReturnType<typeof watchRequests>[];
  const THREADS = { treviso: 'Chi nomina il RUP nelle gare dei Comuni?', belluno: 'Il RUP può essere di un altro ente?' };

  beforeAll(async () => {
    stage = await openBrowserStage();
    const network = await aNetwork({ key: 'sua', name: 'Stazioni uniche appaltanti' });
    expert = await aMember(network, { person: await aPerson({ given_name: 'Ilaria', family_name: 'Zorzi', body: await aProvince('Treviso') }) });
    const other = await aMember(network, { person: await aPerson({ body: await aProvince('Belluno') }) });
    await aThread(await stage.app.as(expert), network, { title: THREADS.treviso, html: '<p>Serve un atto della Provincia?</p>' });
    await aThread(await stage.app.as(other), network, { title: THREADS.belluno, html: '<p>Noi siamo in pochi.</p>' });
    knows = await stage.person(expert);
    colleague = await stage.person(other);
    seen = [knows, colleague].map(watchRequests);
  }, 120_000);
  afterAll(() => stage.close());

  it('finds behind a slip of the finger what others call by its short name, and narrows it by body, without JavaScript', async () => {
    const anybody = await stage.visitor({ javaScript: false });
    await anybody.goto('/');
    const header = anybody.getByRole('search', { name: 'Cerca nella piattaforma' });
    await header.getByRole('searchbox').fill('reponsabile unico');
    await header.getByRole('button', { name: 'Cerca' }).click();
    const main = anybody.locator('main');
    await main.getByText('Nessun risultato per «reponsabile unico»: questi sono per «responsabile unico».').waitFor();
    await main.getByText(/Cercato anche: RUP/).waitFor();
    for (const title of Object.values(THREADS)) await main.getByRole('link', { name: title }).waitFor();
    await main.getByText('Filtri', { exact: true }).click();
    await main.getByLabel('Ente').fill('prov. di treviso');
    await main.getByRole('button', { name: 'Applica i filtri' }).click();
    await main.getByRole('link', { name: THREADS.treviso }).waitFor();
    expect(await main.getByRole('link', { name: THREADS.belluno }).count()).toBe(0);
    await main.getByRole('link', { name: 'Togli il filtro: Ente: Provincia di Treviso' }).click();
    await main.getByRole('link', { name: THREADS.belluno }).waitFor();
    await anybody.goto('/cerca?q=RUP&dal=ieri&ente=zzzzzz');
    for (const problem of ['Dal: Indica una data valida.', 'Ente: Nessun ente si chiama «zzzzzz».']) await main.getByRole('alert').getByRole('link', { name: problem }).waitFor();
    await anybody.goto('/esperti');
    expect(new URL(anybody.url()).pathname).toBe('/accedi');
  });

  it('finds a colleague who lets herself be found, until she does not any more', async () => {
    await knows.goto('/profilo#competenze');
    await knows.getByLabel('Che cosa so fare').pressSequentially('accordo quadro,');
    await knows.getByText('Le competenze scritte qui sopra').click();
    const form = knows.getByRole('region', { name: 'Competenze' });
    await form.getByRole('button', { name: 'Salva' }).click();
    await knows.getByText('Le tue competenze sono salvate.').waitFor();

    await colleague.goto('/esperti');
    await colleague.getByLabel('Di che cosa').fill('acordo quadro');
    await colleague.getByRole('search', { name: 'Cerca tra gli esperti' }).getByRole('button', { name: 'Cerca' }).click();
    await colleague.getByText('Nessun risultato esatto: questi somigliano').waitFor();
    await colleague.getByRole('link', { name: 'Ilaria Zorzi' }).click();
    await colleague.getByRole('heading', { level: 1, name: 'Ilaria Zorzi' }).waitFor();
    await colleague.locator('main').getByRole('link', { name: 'accordo quadro' }).waitFor();
    await colleague.goto('/cerca?q=accordo+quadro&cosa=persone');
    await colleague.getByRole('link', { name: 'Ilaria Zorzi' }).waitFor();
    // Looked at while there is somebody to see
    expect(await pageFindings(colleague, ['/esperti', '/esperti?q=acordo+quadro', `/persone/${expert.id}`, '/cerca?q=accordo+quadro&cosa=persone'])).toEqual([]);

    await form.getByText('Le competenze scritte qui sopra').click();
    const saved = knows.waitForResponse((response) => response.url().endsWith('/me/expertise') && response.request().method() === 'PUT');
    await form.getByRole('button', { name: 'Salva' }).click();
    await saved;
    await colleague.goto(`/persone/${expert.id}`);
    await colleague.getByText('Questa persona non mostra altro di sé.').waitFor();
    await colleague.goto('/esperti?q=accordo+quadro');
    await colleague.getByText('Nessuno con questi criteri').waitFor();
  });

  it.each(['it', 'en'] as const)('finds its pages accessible and no wider than their window, in %s', async (language) => {
    await database()('people').update({ language });
    const visitor = await stage.visitor({ language: language === 'it' ? 'it-IT' : 'en-GB' });
    expect([
      await pageFindings(visitor, ['/cerca?q=RUP', '/cerca?q=RUP&cosa=discussioni&rete=sua&ente=treviso&dal=2026-01-01', '/cerca?q=RUP&dal=ieri&risolte=forse', '/cerca?q=RUP&cosa=persone'], language),
      await pageFindings(knows, language === 'en' ? ['/esperti', `/persone/${expert.id}`] : [], language),
    ]).toEqual([[], []]);
  }, 120_000);

  it('asks nobody else for anything, and nothing fails in the browser', () => {
    expect(seen.map(({ foreign, failed }) => [...foreign, ...failed])).toEqual([[], []]);
  });
});
