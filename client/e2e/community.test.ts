import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { anAdministrator, aPerson } from '../../server/accounts/factory.ts';
import { aMember, aModerator, aNetwork, aReply, aThread, type BuiltNetwork } from '../../server/community/factory.ts';
import { database } from '../../server/database/connection.ts';
import { pdfFile, wordFile } from '../../server/demonstration/sample-files.ts';
import { transaction } from '../../server/database/transaction.ts';
import { cutOff, roomOf } from '../../server/sockets/publish.ts';
import { aProvince } from '../../server/territory/factory.ts';
import { type BrowserStage, openBrowserStage, pageFindings, watchRequests } from './stage.ts';

/**
 * A question from end to end, in one story and several browsers: a member asks, another whose question it is too is told of the reply, written
 * with the keyboard alone; who asked sees it come without reloading and accepts it; somebody who is not signed in finds it by a misspelt word and reads it
 * without JavaScript; a moderator closes.
 */
describe('a question that finds its answer', () => {
  let stage: BrowserStage;
  let network: BuiltNetwork;
  let asker: Page;
  let answerer: Page;
  let interested: Page;
  let moderator: Page;
  let administrator: Page;
  let newcomer: Page;
  let replier: Awaited<ReturnType<typeof aMember>>;
  let seen: ReturnType<typeof watchRequests>[];
  let threadPath: string;
  let number: number;
  let documentPath: string;
  const TITLE = 'Accordo quadro di lavori: come si calcola la soglia?';

  const editor = (page: Page) => page.getByRole('textbox', { name: 'La tua risposta' });
  const article = (page: Page, sequence: number) => page.locator(`#m${sequence}`);

  beforeAll(async () => {
    stage = await openBrowserStage();
    network = await aNetwork({ key: 'sua', name: 'Stazioni uniche appaltanti' });
    await aNetwork({ key: 'personale', name: 'Personale e PIAO', reading: 'members', joining: 'request' });
    const treviso = await aProvince('Treviso');
    const belluno = await aProvince('Belluno');
    asker = await stage.person(await aMember(network, { person: await aPerson({ body: treviso, given_name: 'Anna', family_name: 'Bellò' }) }));
    replier = await aMember(network, { person: await aPerson({ body: belluno, given_name: 'Carla', family_name: 'Dal Pont' }) });
    answerer = await stage.person(replier);
    interested = await stage.person(await aMember(network, { person: await aPerson({ body: belluno, given_name: 'Bruno', family_name: 'Zanin' }) }));
    moderator = await stage.person(await aModerator(network));
    administrator = await stage.person(await anAdministrator());
    newcomer = await stage.person(await aPerson({ body: belluno, given_name: 'Nadia', family_name: 'Nuova' }));
    seen = [asker, answerer, interested, moderator, newcomer].map(watchRequests);
  }, 120_000);
  afterAll(() => stage.close());

  it('is asked by a member, every mistake said at once, and what is typed survives a reload', async () => {
    await asker.goto('/reti');
    await asker.getByRole('link', { name: 'Stazioni uniche appaltanti' }).click();
    await asker.getByRole('link', { name: 'Nuova discussione' }).first().click();
    await asker.getByRole('textbox', { name: /Il testo/ }).waitFor();
    await asker.getByRole('button', { name: 'Pubblica la discussione' }).click();
    await asker.getByRole('alert').getByText('Scrivi il testo della discussione.').waitFor();
    await asker.getByRole('alert').getByText(/Scrivi la domanda in una riga/).waitFor();
    await asker.getByLabel(/La domanda in una riga/).fill(TITLE);
    await asker.getByRole('textbox', { name: /Il testo/ }).pressSequentially('Il valore massimo o quello del primo anno?');
    await asker.getByLabel('Etichette').fill('accordo quadro, soglie');
    await asker.keyboard.press('Enter');
    await asker.reload();
    await asker.getByText('Il valore massimo o quello del primo anno?').waitFor();
    expect(await asker.getByLabel(/La domanda in una riga/).inputValue()).toBe(TITLE);
    await asker.getByRole('button', { name: 'Pubblica la discussione' }).click();
    await asker.waitForURL(/\/reti\/sua\/discussioni\/\d+$/);
    threadPath = new URL(asker.url()).pathname;
    number = Number(threadPath.split('/').at(-1));
    await asker.getByRole('heading', { level: 1, name: TITLE }).waitFor();
    await asker.getByRole('link', { name: 'accordo quadro' }).waitFor();
  });

  it('warns who is about to ask the same', async () => {
    await answerer.goto('/reti/sua/nuova-discussione');
    await answerer.getByRole('textbox', { name: /Il testo/ }).waitFor();
    await answerer.getByLabel(/La domanda in una riga/).fill('Soglia di un accordo quadro');
    await answerer.getByRole('heading', { name: 'Forse qualcuno ha già chiesto' }).waitFor();
    await answerer.getByRole('link', { name: TITLE }).waitFor();
  });

  it('is another body’s question too', async () => {
    await interested.goto(threadPath);
    await interested.getByRole('button', { name: 'Anche il mio ente' }).click();
    await interested.getByText('È la domanda anche di 1 ente.').waitFor();
  });

  it('is answered with the keyboard alone, and who asked sees it come without reloading', async () => {
    await answerer.goto(threadPath);
    await editor(answerer).focus();
    await answerer.keyboard.type('Sul ');
    await answerer.keyboard.press('Control+b');
    await answerer.keyboard.type('valore massimo');
    await answerer.keyboard.press('Control+b');
    await answerer.keyboard.type(', per tutta la durata.');
    await answerer.keyboard.press('Enter');
    // The toolbar, and in it with the arrows as far as the list
    await answerer.keyboard.press('Alt+F10');
    for (let step = 0; step < 3; step += 1) await answerer.keyboard.press('ArrowRight');
    expect(await answerer.evaluate<string>('document.activeElement.getAttribute("aria-label")')).toBe('Elenco puntato');
    await answerer.keyboard.press('Enter');
    // The text has the focus again in the browser's next frame
    await answerer.waitForFunction('document.activeElement.isContentEditable');
    await answerer.keyboard.type('articolo 14');
    expect(await answerer.getByRole('button', { name: 'Elenco puntato' }).getAttribute('aria-pressed')).toBe('true');
    // Out of the text, which keeps nobody, to the files and to the button
    await answerer.keyboard.press('Tab');
    expect(await answerer.evaluate<string>('document.activeElement.type')).toBe('file');
    const schema = Buffer.from(await pdfFile('Schema di accordo quadro', ['Articolo 3: capienza massima e clausola di rinegoziazione.']));
    await answerer.getByLabel('Allega documenti').setInputFiles({ name: 'Schema_accordo_quadro.pdf', mimeType: 'application/pdf', buffer: schema });
    await answerer.locator('.arrived').getByText('Schema_accordo_quadro.pdf').waitFor();
    await answerer.getByLabel('Allega documenti').focus();
    await answerer.keyboard.press('Tab');
    await answerer.keyboard.press('Tab');
    expect(await answerer.evaluate<string>('document.activeElement.textContent')).toContain('Rispondi');
    await answerer.keyboard.press('Enter');
    await article(answerer, 2).getByText('valore massimo').waitFor();
    await article(answerer, 2).getByRole('link', { name: 'Schema accordo quadro', exact: true }).waitFor();
    const { html } = (await database()('posts').where({ sequence: 2 }).first('html')) as { html: string };
    expect(html).toContain('<strong>valore massimo</strong>');
    expect(html).toMatch(/<ul><li><p>articolo 14<\/p><\/li><\/ul>/);

    const bar = asker.getByRole('button', { name: /1 nuova risposta/ });
    await bar.waitFor();
    expect(await article(asker, 2).count()).toBe(0);
    await bar.click();
    await article(asker, 2).getByText('articolo 14').waitFor();
    await asker.getByText('Da qui non hai ancora letto').waitFor();
    expect(await bar.count()).toBe(0);
  });

  it('takes the words of Word and leaves its dress and its pictures', async () => {
    await editor(answerer).focus();
    await answerer.evaluate(`(() => {
      const data = new DataTransfer();
      data.setData('text/html', '<html xmlns:o="urn:schemas-microsoft-com:office:office"><body><h1 style="mso-outline-level:1">Tabella</h1><p class="MsoNormal" style="margin:0cm;font-family:Calibri"><b style="mso-bidi-font-weight:normal">In breve</b><o:p></o:p></p><table class="MsoTableGrid"><tr><td style="width:1cm"><p class="MsoNormal">Anno</p></td></tr></table><img src="file:///C:/a.png"></body></html>');
      document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    })()`);
    await answerer.getByText('Le immagini di altri siti non si possono incollare').waitFor();
    await editor(answerer).locator('table').getByText('Anno').waitFor();
    expect(await editor(answerer).locator('strong').innerText()).toBe('In breve');
    expect(await editor(answerer).innerHTML()).not.toMatch(/Mso|mso-|Calibri|file:|<img src/);
    await editor(answerer).press('Control+a');
    await editor(answerer).press('Delete');
    await answerer.getByRole('status', { name: 'Messaggi' }).getByRole('button', { name: 'Chiudi' }).first().click();
  });

  it('leads to its document, which is read in the page and gets a new version', async () => {
    await article(asker, 2).getByRole('link', { name: 'Schema accordo quadro', exact: true }).click();
    await asker.getByRole('heading', { level: 1, name: 'Schema accordo quadro' }).waitFor();
    await asker.locator('.pages .text').getByText('capienza massima').waitFor();
    documentPath = new URL(asker.url()).pathname;
    await answerer.goto(documentPath);
    await answerer.getByRole('button', { name: 'Carica una nuova versione' }).click();
    await answerer.getByRole('button', { name: 'Carica la versione' }).click();
    await answerer.getByRole('alert').getByText('Scegli il file da caricare.').waitFor();
    await answerer.getByRole('alert').getByText('Di’ in poche parole che cosa cambia.').waitFor();
    await answerer.getByLabel('File', { exact: false }).setInputFiles({ name: 'schema.docx', mimeType: 'application/octet-stream', buffer: Buffer.from(wordFile(['Articolo 3 bis: gabbiano di prova'])) });
    await answerer.getByLabel(/Che cosa cambia/).fill('Aggiunto l’articolo 3 bis');
    await answerer.locator('.arrived').waitFor();
    await answerer.getByRole('button', { name: 'Carica la versione' }).click();
    await answerer.getByRole('rowheader', { name: /Versione 2/ }).waitFor();
    await answerer.getByText('Aggiunto l’articolo 3 bis').waitFor();
    await answerer.getByRole('link', { name: TITLE }).click();
    await editor(answerer).waitFor();
    await asker.goto(threadPath);
    await article(asker, 2).waitFor();
  });

  it('shows a picture that somebody put into a post, and what it says to who does not see it', async () => {
    await article(asker, 1).getByRole('button', { name: 'Modifica' }).click();
    await asker.getByRole('textbox', { name: 'Riscrivi il messaggio' }).waitFor();
    await asker.getByRole('button', { name: 'Immagine' }).first().click();
    const picture = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#0066cc' } }).png().toBuffer();
    await asker.getByLabel('File dell’immagine').setInputFiles({ name: 'tabella.png', mimeType: 'image/png', buffer: picture });
    await asker.getByLabel('Che cosa mostra').fill('La tabella delle soglie');
    await asker.getByRole('dialog').getByRole('button', { name: 'Inserisci' }).click();
    await asker.getByRole('textbox', { name: 'Riscrivi il messaggio' }).getByRole('img', { name: 'La tabella delle soglie' }).waitFor();
    await asker.getByRole('button', { name: 'Salva la modifica' }).click();
    const shown = article(answerer, 1).getByRole('img', { name: 'La tabella delle soglie' });
    await shown.waitFor();
    expect(await answerer.evaluate<number>('(async () => { const image = document.querySelector("#m1 img"); await image.decode(); return image.naturalWidth; })()')).toBe(60);
  });

  it('tells of the reply whom it concerns', async () => {
    await stage.app.settled();
    await interested.goto('/avvisi');
    await interested.getByRole('link', { name: `Nuova risposta: ${TITLE}` }).click();
    await interested.waitForURL(/\/reti\/sua\/discussioni\/\d+/);
    await article(interested, 2).getByText('articolo 14').waitFor();
    await article(interested, 2).getByRole('button', { name: 'Grazie' }).click();
    await article(interested, 2).getByRole('button', { name: 'Grazie 1', pressed: true }).waitFor();
  });

  it('loses no reply while the connection is broken', async () => {
    await asker.waitForTimeout(300);
    await transaction(async (tx) => cutOff(tx, roomOf.topic(`thread:${number}`)));
    const client = await stage.app.as(replier);
    await aReply(client, number, '<p>Aggiungo: anche le opzioni di proroga.</p>');
    const bar = asker.getByRole('button', { name: /1 nuova risposta/ });
    await bar.waitFor();
    await bar.click();
    await article(asker, 3).getByText('opzioni di proroga').waitFor();
  });

  it('loses no word that could not be sent, and writes it once', async () => {
    await interested.route('**/api/v1/threads/*/posts', (route) => route.abort());
    await editor(interested).pressSequentially('Grazie a tutte e due.');
    await interested.getByRole('button', { name: 'Rispondi' }).click();
    await interested.getByText('Non inviata.').waitFor();
    await interested.reload();
    await interested.getByText('Non inviata.').waitFor();
    await interested.getByText('Grazie a tutte e due.').waitFor();
    await interested.unroute('**/api/v1/threads/*/posts');
    await interested.getByRole('button', { name: 'Riprova' }).click();
    await article(interested, 4).getByText('Grazie a tutte e due.').waitFor();
    await interested.getByText('Non inviata.').waitFor({ state: 'detached' });
    expect(await interested.getByText('Grazie a tutte e due.').count()).toBe(1);
    expect(await database()('posts').where({ sequence: 4 }).count({ n: '*' })).toEqual([{ n: 1 }]);
  });

  it('is rewritten by its author, and everybody sees what changed', async () => {
    await article(answerer, 2).getByRole('button', { name: 'Modifica' }).click();
    const box = answerer.getByRole('textbox', { name: 'Riscrivi il messaggio' });
    await box.waitFor();
    await box.press('End');
    await box.pressSequentially(', comma 16');
    await answerer.getByRole('button', { name: 'Salva la modifica' }).click();
    // Who has the page open sees it change where it stands
    await article(asker, 2).getByText('articolo 14, comma 16').waitFor();
    await article(asker, 2).getByRole('button', { name: 'Cronologia' }).click();
    const dialog = asker.getByRole('dialog');
    await dialog.locator('ins').getByText('comma 16').waitFor();
    await asker.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  });

  it('is solved, and says so to who looks', async () => {
    await article(asker, 2).getByRole('button', { name: 'Segna come soluzione' }).click();
    await article(asker, 2).getByText('Soluzione', { exact: true }).waitFor();
    await asker.getByRole('link', { name: 'Vai alla soluzione' }).waitFor();
    await article(answerer, 2).getByText('Soluzione', { exact: true }).waitFor();
  });

  it('is found by a misspelt word and read without JavaScript by somebody who is not signed in', async () => {
    const anybody = await stage.visitor({ javaScript: false });
    await anybody.goto('/');
    await anybody.getByRole('search', { name: 'Cerca nella piattaforma' }).getByRole('searchbox').fill('acordo quadro');
    await anybody.getByRole('search', { name: 'Cerca nella piattaforma' }).getByRole('button', { name: 'Cerca' }).click();
    await anybody.getByText('Nessun risultato esatto: questi somigliano').waitFor();
    await anybody.locator('main').getByRole('link', { name: TITLE }).first().click();
    await anybody.getByRole('heading', { level: 1, name: TITLE }).waitFor();
    await article(anybody, 2).getByText('articolo 14, comma 16').waitFor();
    await anybody.getByRole('link', { name: 'Vai alla soluzione' }).click();
    expect(new URL(anybody.url()).hash).toBe('#m2');
    await anybody.getByRole('link', { name: 'Accedi per entrare' }).waitFor();
    // What its document says is found too
    await anybody.goto('/cerca?q=gabbiano+di+prova');
    await anybody.getByRole('link', { name: /^Documenti \(\d/ }).click();
    await anybody.locator('mark').getByText('gabbiano').waitFor();
    await anybody.getByRole('link', { name: 'Schema accordo quadro', exact: true }).click();
    await anybody.getByRole('heading', { level: 1, name: 'Schema accordo quadro' }).waitFor();
    // On a phone the search is a link
    const phone = await stage.visitor({ javaScript: false, width: 360 });
    await phone.goto('/');
    await phone.getByRole('link', { name: 'Cerca nella piattaforma' }).click();
    await phone.locator('main').getByLabel('Che cosa cerchi').waitFor();
  });

  it('turns its pages without JavaScript, and opens where a member has stopped reading', async () => {
    const client = await stage.app.as(replier);
    const long = await aThread(client, network, { title: 'Chi tiene il registro della rotazione?' });
    for (let reply = 2; reply <= 45; reply += 1) await aReply(client, long.number, `<p>Risposta numero ${reply}.</p>`);
    const path = `/reti/sua/discussioni/${long.number}`;
    const anybody = await stage.visitor({ javaScript: false });
    await anybody.goto(path);
    expect(await anybody.locator('article').count()).toBe(20);
    await anybody.getByRole('link', { name: 'Messaggi successivi' }).first().click();
    await article(anybody, 21).waitFor();
    await anybody.getByRole('link', { name: 'Messaggi successivi' }).first().click();
    await article(anybody, 45).waitFor();
    expect(await anybody.locator('article').count()).toBe(5);
    await anybody.getByRole('link', { name: 'Messaggi precedenti' }).first().click();
    await article(anybody, 40).waitFor();

    const asking = await stage.app.as({ id: (await database()('people').where({ family_name: 'Bellò' }).first('id') as { id: string }).id });
    await asking.put(`threads/${long.number}/reading`, { sequence: 30 });
    await asker.goto('/reti/sua');
    await asker.getByText('15 da leggere').waitFor();
    await asker.getByRole('link', { name: 'Chi tiene il registro della rotazione?' }).click();
    await article(asker, 31).waitFor();
    await asker.getByText('Da qui non hai ancora letto').waitFor();
    // What comes into sight is read
    await asker.getByRole('link', { name: 'Messaggi successivi' }).last().click();
    await article(asker, 45).scrollIntoViewIfNeeded();
    await asker.getByRole('button', { name: 'Rispondi' }).scrollIntoViewIfNeeded();
    const deadline = Date.now() + 20_000;
    const readSoFar = async () => ((await asking.get<{ readSequence: number }>(`threads/${long.number}`)).body.readSequence);
    while ((await readSoFar()) < 45 && Date.now() < deadline) await asker.waitForTimeout(100);
    expect(await readSoFar()).toBe(45);
  });

  it('lets somebody in who wants to answer', async () => {
    await newcomer.goto(threadPath);
    await newcomer.getByRole('heading', { name: 'Entra nella rete per rispondere' }).waitFor();
    await newcomer.getByRole('button', { name: /Entra nella rete/ }).click();
    await editor(newcomer).waitFor();
    // Where one asks, with a motivation
    await newcomer.goto('/reti/personale');
    await newcomer.getByText('Le discussioni di questa rete le legge solo chi ne fa parte').waitFor();
    await newcomer.getByRole('button', { name: /Chiedi di entrare/ }).first().click();
    await newcomer.getByLabel('Perché vuoi entrare').fill('Seguo i fabbisogni.');
    await newcomer.getByRole('button', { name: 'Invia la richiesta' }).click();
    await newcomer.getByText('Hai chiesto di entrare', { exact: false }).first().waitFor();
    await administrator.goto('/reti/personale/membri');
    await administrator.getByText('Seguo i fabbisogni.').waitFor();
    await administrator.getByRole('button', { name: 'Accogli la richiesta di Nadia Nuova' }).click();
    await administrator.locator('main').getByRole('rowheader', { name: /Nadia Nuova/ }).waitFor();
  });

  it('is closed by a moderator, before the eyes of who reads', async () => {
    await moderator.goto(threadPath);
    await moderator.getByText('Modera la discussione').click();
    await moderator.getByRole('button', { name: 'Chiudi la discussione' }).click();
    await moderator.getByRole('dialog').getByLabel('Motivo').fill('Ha la sua soluzione.');
    await moderator.getByRole('dialog').getByRole('button', { name: 'Chiudi la discussione' }).click();
    await moderator.getByText('Motivo: Ha la sua soluzione.').waitFor();
    await answerer.getByText('Motivo: Ha la sua soluzione.').waitFor();
    await editor(answerer).waitFor({ state: 'detached' });
    await article(answerer, 2).getByRole('button', { name: 'Modifica' }).waitFor({ state: 'detached' });
  });

  it('is moderated: a post removed with a reason, the thread pinned', async () => {
    // She has not yet looked at what came after her answer
    await answerer.getByRole('button', { name: /2 nuove risposte/ }).click();
    await article(answerer, 4).getByText('Grazie a tutte e due.').waitFor();
    await article(moderator, 4).getByRole('button', { name: 'Rimuovi' }).click();
    await moderator.getByRole('dialog').getByLabel('Motivo').fill('Solo un grazie.');
    await moderator.getByRole('dialog').getByRole('button', { name: 'Rimuovi' }).click();
    await article(moderator, 4).getByText('Nascosto dai moderatori. Motivo: Solo un grazie.').waitFor();
    await article(answerer, 4).getByText('Nascosto dai moderatori. Motivo: Solo un grazie.').waitFor();
    await moderator.getByText('Modera la discussione').click();
    await moderator.getByRole('button', { name: 'Metti in evidenza' }).click();
    await moderator.getByText('In evidenza', { exact: true }).waitFor();
  });

  it.each(['it', 'en'] as const)('finds every page accessible and no wider than its window, in %s', async (language) => {
    await database()('people').update({ language });
    const anybody = await stage.visitor({ language: language === 'it' ? 'it-IT' : 'en-GB' });
    const findings = [
      await pageFindings(anybody, ['/reti', '/reti/sua', '/reti/personale', threadPath, '/cerca', '/cerca?q=acordo+quadro', '/cerca?q=zzzzzzzz', '/cerca?q=gabbiano&cosa=documenti', '/reti/sua/documenti', '/reti/sua/documenti?q=zzzzzzzz', documentPath], language),
      await pageFindings(asker, ['/reti', '/reti/sua', '/reti/sua?mostra=mie', '/reti/sua?mostra=da-leggere', '/reti/sua/nuova-discussione', `/reti/sua/discussioni/${number + 1}?da=21`, threadPath], language),
      await pageFindings(moderator, [threadPath], language),
    ].flat();
    expect(findings).toEqual([]);
  }, 900_000);

  it('asked nobody but us for anything, and nothing failed in a page', () => {
    expect(seen.flatMap(({ foreign }) => foreign)).toEqual([]);
    // The connection that we broke ourselves, and the form sent with mistakes
    expect(seen.flatMap(({ failed }) => failed).filter((message) => !/ERR_FAILED|status of (409|422)/.test(message))).toEqual([]);
  });
});
