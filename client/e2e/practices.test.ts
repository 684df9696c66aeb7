import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { aPerson } from '../../server/accounts/factory.ts';
import { aMember, aModerator, aNetwork, type BuiltNetwork } from '../../server/community/factory.ts';
import { aPublished } from '../../server/community/practices/factory.ts';
import { database } from '../../server/database/connection.ts';
import { aProvince } from '../../server/territory/factory.ts';
import { type BrowserStage, openBrowserStage, pageFindings, watchRequests } from './stage.ts';

/**
 * A best practice from draft to map, in one story: a member writes it with gaps, is told of all of them, hands it in; the moderator gives it back
 * with a comment; the author mends it, in two windows at once; the moderator publishes; a colleague of another Province adopts it; the map shows both,
 * and anybody reads it without JavaScript.
 */
describe('a best practice from draft to map', () => {
  let stage: BrowserStage;
  let network: BuiltNetwork;
  let author: Page;
  let secondWindow: Page;
  let moderator: Page;
  let adopter: Page;
  let anybody: Page;
  let seen: ReturnType<typeof watchRequests>[];
  let path: string;
  const TITLE = 'Un solo concorso per la Provincia e i suoi Comuni';

  const editor = (page: Page, name: string) => page.getByRole('textbox', { name });

  beforeAll(async () => {
    stage = await openBrowserStage();
    network = await aNetwork({ key: 'personale', name: 'Politiche del personale' });
    const member = await aMember(network, { person: await aPerson({ body: await aProvince('Nuoro'), given_name: 'Gavina', family_name: 'Satta' }) });
    author = await stage.person(member);
    secondWindow = await stage.person(member);
    const reviewer = await aModerator(network);
    moderator = await stage.person(reviewer);
    adopter = await stage.person(await aPerson({ body: await aProvince('Belluno'), given_name: 'Carla', family_name: 'Dal Pont' }));
    anybody = await stage.visitor({ javaScript: false });
    await aPublished(await stage.app.as(await aMember(network)), await stage.app.as(reviewer), network, { title: 'La graduatoria del solo capoluogo', tags: ['concorsi'] });
    seen = [author, secondWindow, moderator, adopter].map(watchRequests);
  }, 120_000);
  afterAll(() => stage.close());

  it('is begun from its network, kept as a draft, and not handed in with gaps', async () => {
    await author.goto('/reti/personale');
    await author.locator('main').getByRole('link', { name: 'Buone pratiche' }).click();
    await author.getByRole('link', { name: 'La graduatoria del solo capoluogo' }).waitFor();
    await author.getByRole('link', { name: 'Racconta una buona pratica' }).click();
    await editor(author, 'Il problema di partenza').waitFor();
    expect(await author.getByLabel(/Rete in cui la pubblichi/).inputValue()).toBe('personale');
    await author.getByRole('button', { name: 'Salva la bozza' }).click();
    await author.getByRole('alert').getByText('Scrivi un titolo di almeno 8 caratteri.').waitFor();
    await author.getByRole('textbox', { name: /^Titolo/ }).fill(TITLE);
    await editor(author, 'Il problema di partenza').pressSequentially('Undici bandi per lo stesso profilo.');
    await author.getByRole('button', { name: 'Aggiungi un risultato' }).click();
    await author.getByLabel('Che cosa misura').fill('Assunzioni');
    await author.getByRole('button', { name: 'Salva la bozza' }).click();
    await author.getByRole('alert').getByText('Risultato 1: scrivi il valore in cifre.').waitFor();
    await author.getByLabel('Valore', { exact: true }).fill('1.087,5');
    await author.getByLabel('Unità', { exact: true }).fill('persone');
    await author.getByRole('button', { name: 'Salva la bozza' }).click();
    await author.waitForURL(/\/buone-pratiche\/\d+\/modifica$/);
    path = new URL(author.url()).pathname.replace('/modifica', '');
    await editor(author, 'La soluzione').waitFor();
    await author.getByRole('button', { name: 'Manda in revisione' }).click();
    for (const gap of ['Indica almeno un tema.', 'Descrivi la soluzione.', 'Indica le persone che servono.', 'Indica quanto tempo serve per realizzarla.', 'Indica a quale ufficio rivolgersi.']) await author.getByRole('alert').getByText(gap).waitFor();
    // Nobody else knows of it
    expect((await anybody.goto(path))?.status()).toBe(404);
    expect((await moderator.goto(path))?.status()).toBe(404);
  });

  it('is completed and handed in', async () => {
    await author.getByRole('combobox', { name: 'Temi' }).fill('concorsi, convenzioni');
    await editor(author, 'La soluzione').pressSequentially('Una selezione sola, in convenzione.');
    await author.getByLabel('Costo in euro').fill('17000');
    await author.getByLabel('Personale che serve').fill('Quattro persone dell’ufficio concorsi');
    await author.getByLabel('Tempi di realizzazione').fill('Cinque mesi');
    await author.getByRole('button', { name: 'Aggiungi una riga' }).click();
    await author.getByRole('textbox', { name: 'Riferimento 1' }).fill('D.Lgs. 165/2001, art. 35');
    await author.getByLabel(/A chi rivolgersi/).fill('Ufficio concorsi');
    await author.getByRole('button', { name: 'Manda in revisione' }).click();
    await author.waitForURL(/versione=lavoro/);
    await author.getByText('La scheda è in revisione: chi modera la rete').waitFor();
    await author.getByText('1.087,5').waitFor();
  });

  it('comes back with a comment, of which its author is told', async () => {
    await stage.app.settled();
    await moderator.goto('/avvisi');
    await moderator.getByRole('link', { name: `Una buona pratica da rivedere: ${TITLE}` }).click();
    await moderator.getByRole('button', { name: 'Restituisci con un commento' }).click();
    await moderator.getByRole('dialog').getByRole('button', { name: 'Restituisci con un commento' }).click();
    await moderator.getByRole('dialog').getByRole('alert').getByText('Scrivi all’autore che cosa deve sistemare.').waitFor();
    await moderator.getByRole('dialog').getByLabel(/Che cosa manca/).fill('Quanti enti hanno aderito?');
    await moderator.getByRole('dialog').getByRole('button', { name: 'Restituisci con un commento' }).click();
    await moderator.getByText('La scheda è stata restituita al suo autore.').waitFor();
    await stage.app.settled();
    await author.goto('/avvisi');
    await author.getByRole('link', { name: `Scheda da sistemare: ${TITLE}` }).click();
    await author.getByText('Quanti enti hanno aderito?').waitFor();
    await author.getByLabel('Scrivi un commento').fill('Trentaquattro: lo aggiungo.');
    await author.getByRole('button', { name: 'Commenta' }).click();
    await author.locator('li').getByText('Trentaquattro: lo aggiungo.').waitFor();
  });

  it('is mended, and two windows do not overwrite each other', async () => {
    await secondWindow.goto(`${path}/modifica`);
    await editor(secondWindow, 'La soluzione').waitFor();
    await author.getByRole('link', { name: 'Modifica' }).click();
    await editor(author, 'La soluzione').waitFor();
    await author.getByRole('button', { name: 'Aggiungi un risultato' }).click();
    await author.getByLabel('Che cosa misura').nth(1).fill('Enti convenzionati');
    await author.getByLabel('Valore', { exact: true }).nth(1).fill('34');
    await author.getByRole('button', { name: 'Salva la bozza' }).click();
    await author.getByText('Bozza salvata.').waitFor();
    await secondWindow.getByLabel('Tempi di realizzazione').fill('Un anno');
    await secondWindow.getByRole('button', { name: 'Salva la bozza' }).click();
    await secondWindow.getByText('La scheda è cambiata nel frattempo').waitFor();
    expect(await secondWindow.getByLabel('Tempi di realizzazione').inputValue()).toBe('Un anno');
    await secondWindow.getByRole('button', { name: 'Carica la versione salvata' }).click();
    await secondWindow.getByLabel('Che cosa misura').nth(1).waitFor();
    expect(await secondWindow.getByLabel('Tempi di realizzazione').inputValue()).toBe('Cinque mesi');
    await author.getByRole('button', { name: 'Manda in revisione' }).click();
    await author.waitForURL(/versione=lavoro/);
  });

  it('is published by the moderator', async () => {
    await moderator.goto('/buone-pratiche');
    await moderator.getByRole('link', { name: 'Da rivedere (1)' }).click();
    await moderator.getByRole('link', { name: TITLE }).click();
    await moderator.getByRole('button', { name: 'Pubblica' }).click();
    // In a hurry: one version all the same
    await moderator.getByRole('dialog').getByRole('button', { name: 'Pubblica' }).dblclick();
    await moderator.getByText(/versione 1, pubblicata il/).waitFor();
    expect(await database()('practice_versions').join('practices', 'practices.id', 'practice_versions.practice_id').where('practices.number', Number(path.split('/').at(-1))).count({ n: '*' })).toEqual([{ n: 1 }]);
  });

  it('is adopted by another Province, and the map shows both', async () => {
    await adopter.goto('/buone-pratiche?q=concorsi+convenzione');
    await adopter.getByRole('link', { name: TITLE }).click();
    await adopter.getByText('Nessun altro ente l’ha ancora adottata.').waitFor();
    await adopter.getByRole('button', { name: 'L’abbiamo adottata anche noi' }).click();
    await adopter.getByRole('dialog').getByText('Provincia di Belluno').waitFor();
    await adopter.getByRole('dialog').getByLabel(/Una nota/).fill('Con nove Comuni');
    await adopter.getByRole('dialog').getByRole('button', { name: 'Segnala l’adozione' }).click();
    await adopter.getByText('Con nove Comuni').waitFor();
    await anybody.goto(path);
    const map = anybody.getByRole('img', { name: /Mappa delle Province/ });
    await map.getByTitle('Nuoro: contribuite 1, adottate 0').waitFor();
    await map.getByTitle('Belluno: contribuite 0, adottate 1').waitFor();
    await anybody.getByRole('listitem').getByText('Provincia di Belluno').waitFor();
    await anybody.getByRole('heading', { level: 1, name: TITLE }).waitFor();
    await anybody.getByText('Una selezione sola, in convenzione.').waitFor();
    expect(await anybody.getByText('Quanti enti hanno aderito?').count()).toBe(0);
  });

  it('is found and filtered without JavaScript, and the map of all is a table too', async () => {
    await anybody.goto('/buone-pratiche');
    await anybody.getByLabel('Regione').selectOption('Sardegna');
    await anybody.getByRole('search', { name: 'Cerca tra le buone pratiche' }).getByRole('button', { name: 'Cerca' }).click();
    await anybody.getByText('1 buona pratica', { exact: true }).waitFor();
    await anybody.getByRole('link', { name: TITLE }).waitFor();
    await anybody.locator('summary', { hasText: 'La mappa in tabella' }).click();
    await anybody.getByRole('rowheader', { name: 'Belluno' }).waitFor();
    await anybody.goto('/buone-pratiche?q=zzzzzz');
    await anybody.getByText('Nessuna scheda con questi filtri').waitFor();
  });

  it('is printed as one sheet, without what one clicks', async () => {
    await adopter.emulateMedia({ media: 'print' });
    expect(await adopter.getByRole('button', { name: 'Stampa la scheda' }).isVisible()).toBe(false);
    expect(await adopter.getByText(/scheda n\. \d+ · http/).isVisible()).toBe(true);
    expect(await adopter.getByText('D.Lgs. 165/2001, art. 35').isVisible()).toBe(true);
    const pdf = await adopter.pdf({ preferCSSPageSize: true });
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    await adopter.emulateMedia({ media: null });
  });

  it('takes the place of another one', async () => {
    await moderator.goto('/buone-pratiche?q=capoluogo');
    await moderator.getByRole('link', { name: 'La graduatoria del solo capoluogo' }).click();
    await moderator.getByText('Gestisci').click();
    await moderator.getByRole('button', { name: 'Segna come superata' }).click();
    await moderator.getByRole('dialog').getByLabel(/Scheda che ne prende il posto/).selectOption({ label: `${TITLE} (Provincia di Nuoro)` });
    await moderator.getByRole('dialog').getByRole('button', { name: 'Segna come superata' }).click();
    await moderator.getByText('Questa buona pratica è stata superata.').waitFor();
    await moderator.getByRole('link', { name: TITLE }).click();
    await moderator.getByText('Prende il posto di:').waitFor();
  });

  it.each(['it', 'en'] as const)('finds every page accessible and no wider than its window, in %s', async (language) => {
    await database()('people').update({ language });
    const visitor = await stage.visitor({ language: language === 'it' ? 'it-IT' : 'en-GB' });
    const findings = [
      await pageFindings(visitor, ['/buone-pratiche', '/buone-pratiche?mostra=superate', '/buone-pratiche?q=zzzzzz', path], language),
      await pageFindings(author, ['/buone-pratiche?mostra=mie', '/buone-pratiche/nuova', `${path}?versione=lavoro`, `${path}/modifica`], language),
      await pageFindings(moderator, ['/buone-pratiche?mostra=da-rivedere', path], language),
    ].flat();
    expect(findings).toEqual([]);
  }, 900_000);

  it('asked nobody but us for anything, and nothing failed in a page', () => {
    expect(seen.flatMap(({ foreign }) => foreign)).toEqual([]);
    // What is nobody’s to see, gaps, and the second window
    expect(seen.flatMap(({ failed }) => failed).filter((message) => !/status of (404|409|422)/.test(message))).toEqual([]);
  });
});
