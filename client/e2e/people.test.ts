import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { anAdministrator, aPerson } from '../../server/accounts/factory.ts';
import { hashPassword } from '../../server/accounts/password.ts';
import { aMember, aNetwork, aReply, aThread } from '../../server/community/factory.ts';
import { database } from '../../server/database/connection.ts';
import { aProvince } from '../../server/territory/factory.ts';
import { type BrowserStage, openBrowserStage, pageFindings, watchRequests } from './stage.ts';

const PASSWORD = 'una frase lunga e sua';

/** Two people write to each other; one of them takes her data along and leaves. */
describe('people', () => {
  let stage: BrowserStage;
  let thread: number;
  let marta: Page;
  let bruno: Page;
  let administrator: Page;
  let brunoId: string;
  let conversation: string;
  let seen: ReturnType<typeof watchRequests>[];

  beforeAll(async () => {
    stage = await openBrowserStage();
    const network = await aNetwork({ key: 'sua', name: 'Stazioni uniche appaltanti' });
    const asker = await aMember(network, { person: await aPerson({ given_name: 'Marta', family_name: 'Zanella' }) });
    const writer = await aMember(network, { person: await aPerson({ body: await aProvince('Nuoro'), given_name: 'Bruno', family_name: 'Piras' }) });
    brunoId = writer.id;
    await database()('people').where('id', writer.id).update({ password_hash: await hashPassword(PASSWORD) });
    thread = (await aThread(await stage.app.as(asker), network, { title: 'Chi firma la convenzione con il Comune?' })).number;
    await aReply(await stage.app.as(writer), thread, '<p>La firma il dirigente.</p>');
    [marta, bruno, administrator] = [await stage.person(asker), await stage.person(writer), await stage.person(await anAdministrator())];
    seen = [marta, bruno, administrator].map(watchRequests);
  }, 120_000);
  afterAll(() => stage.close());

  it('write to each other from a post on, live, and nothing goes twice on a double click or is lost on a cut line', async () => {
    await bruno.goto('/messaggi');
    await bruno.getByText('Non hai ancora scritto a nessuno').waitFor();
    await marta.goto(`/reti/sua/discussioni/${thread}`);
    await marta.getByRole('link', { name: 'Scrivi un messaggio a Bruno Piras' }).click();
    await marta.getByRole('heading', { level: 1, name: 'Scrivi a Bruno Piras' }).waitFor();
    await marta.getByRole('button', { name: 'Manda', exact: true }).click();
    await marta.getByText('Scrivi il messaggio.').waitFor();
    await marta.getByLabel(/Il tuo messaggio/).fill('Mi mandi lo schema? Sta su https://provincia.example/schema.');
    await marta.getByRole('button', { name: 'Manda', exact: true }).dblclick();
    await marta.waitForURL(/\/messaggi\/[0-9a-f-]{36}$/);
    conversation = new URL(marta.url()).pathname;
    // The other one's page knows by itself
    await bruno.getByRole('link', { name: 'Marta Zanella' }).waitFor();
    await bruno.getByRole('link', { name: 'Messaggi: 1 da leggere' }).waitFor();
    await bruno.getByRole('link', { name: 'Marta Zanella' }).click();
    await bruno.getByRole('log').getByText('Mi mandi lo schema?').waitFor();
    expect(await bruno.getByRole('link', { name: 'https://provincia.example/schema' }).getAttribute('rel')).toContain('nofollow');
    await bruno.getByRole('link', { name: 'Messaggi: 1 da leggere' }).waitFor({ state: 'detached' });
    await bruno.getByLabel(/Il tuo messaggio/).fill('Volentieri,\neccolo.');
    await bruno.keyboard.press('Control+Enter');
    await marta.getByRole('log').getByText('eccolo.').waitFor();
    // The line breaks under a message: it stays, and is sent again as it was
    await marta.route('**/api/v1/conversations/*/messages', (route) => route.abort(), { times: 1 });
    await marta.getByLabel(/Il tuo messaggio/).fill('Grazie!');
    await marta.getByRole('button', { name: 'Manda', exact: true }).click();
    await marta.getByText('Non è partito.').waitFor();
    await marta.reload();
    await marta.getByRole('button', { name: 'Riprova' }).click();
    await bruno.getByRole('log').getByText('Grazie!').waitFor();
    expect(await database()('direct_messages').orderBy('sequence').pluck('text')).toEqual(['Mi mandi lo schema? Sta su https://provincia.example/schema.', 'Volentieri,\neccolo.', 'Grazie!']);
  });

  it('report a message, which its moderator reads by an act of her own', async () => {
    await bruno.getByRole('button', { name: /Segnala il messaggio di Marta Zanella/ }).last().click();
    const dialog = bruno.getByRole('dialog', { name: 'Segnala il messaggio' });
    await dialog.getByText(/nient’altro della conversazione/).waitFor();
    await dialog.getByRole('radio', { name: 'È offensivo' }).focus();
    await bruno.keyboard.press('Space');
    await dialog.getByRole('button', { name: 'Invia la segnalazione' }).click();
    await bruno.getByText('Segnalato').waitFor();
    await administrator.goto('/moderazione');
    const found = administrator.getByRole('article', { name: /Messaggio diretto segnalato, di Marta Zanella/ });
    expect(await found.getByText('Grazie!').count()).toBe(0);
    await found.getByRole('button', { name: 'Mostra i messaggi' }).click();
    await found.getByText('Grazie!').waitFor();
    await found.getByText('Volentieri,').waitFor();
  });

  it('stop being written to, and the other one is not told why', async () => {
    await bruno.getByRole('button', { name: 'Blocca Marta Zanella' }).click();
    await bruno.getByRole('dialog').getByRole('button', { name: 'Blocca', exact: true }).click();
    await bruno.getByRole('button', { name: 'Sblocca' }).waitFor();
    await marta.getByLabel(/Il tuo messaggio/).fill('Ci sei ancora?');
    await marta.getByRole('button', { name: 'Manda', exact: true }).click();
    await marta.getByText('Non è possibile scrivere a questa persona.').waitFor();
    await marta.getByRole('button', { name: 'Riportalo nel campo' }).click();
    expect(await marta.getByLabel(/Il tuo messaggio/).inputValue()).toBe('Ci sei ancora?');
    await bruno.getByRole('button', { name: 'Sblocca' }).click();
    await bruno.getByLabel(/Il tuo messaggio/).waitFor();
  });

  it('find every page accessible and no wider than its window', async () => {
    const writing = `/messaggi/nuovo?persona=${((await database()('roles').where('role', 'admin').first('person_id')) as { person_id: string }).person_id}`;
    const findings: string[] = [];
    for (const language of ['it', 'en'] as const) {
      await database()('people').update({ language });
      findings.push(...(await pageFindings(marta, ['/messaggi', conversation, writing, '/profilo', '/account-chiuso'], language)), ...(await pageFindings(administrator, ['/moderazione', `/amministrazione/persone/${brunoId}`], language)));
    }
    await database()('people').update({ language: 'it' });
    expect(findings).toEqual([]);
  }, 900_000);

  it('take their data along', async () => {
    await bruno.goto('/profilo');
    await bruno.getByRole('button', { name: 'Prepara i miei dati' }).click();
    // The page knows by itself when it is ready
    const link = bruno.getByRole('link', { name: /Scarica i miei dati/ });
    await link.waitFor({ timeout: 30_000 });
    const [download] = await Promise.all([bruno.waitForEvent('download'), link.click()]);
    expect(download.suggestedFilename()).toMatch(/^pico-i-miei-dati-\d{4}-\d\d-\d\d\.zip$/);
    const entries = unzipSync(await readFile(await download.path()));
    expect(new TextDecoder().decode(entries['dati/messaggi-diretti.json'])).toContain('Mi mandi lo schema?');
    expect(await bruno.getByRole('button', { name: 'Prepara i miei dati' }).count()).toBe(0);
  }, 60_000);

  it('leave for good, and are called Utente cessato from then on', async () => {
    await bruno.getByText('attestati rilasciati e il registro').waitFor();
    await bruno.getByRole('button', { name: 'Chiudi il mio account' }).click();
    const dialog = bruno.getByRole('dialog', { name: 'Chiudere il tuo account?' });
    await dialog.getByRole('button', { name: 'Chiudi per sempre' }).click();
    await dialog.getByRole('alert').getByText('Scrivi la tua password.').waitFor();
    await dialog.getByLabel(/La tua password/).fill('non quella giusta');
    await dialog.getByRole('button', { name: 'Chiudi per sempre' }).click();
    await dialog.getByRole('alert').waitFor();
    await dialog.getByLabel(/La tua password/).fill(PASSWORD);
    await dialog.getByRole('button', { name: 'Chiudi per sempre' }).click();
    await bruno.getByRole('heading', { level: 1, name: 'Il tuo account è chiuso' }).waitFor();
    await bruno.getByRole('link', { name: 'Accedi' }).first().waitFor();
    await stage.app.settled();
    await marta.goto(`/reti/sua/discussioni/${thread}`);
    const post = marta.getByRole('article', { name: /Utente cessato/ });
    await post.getByText('La firma il dirigente.').waitFor();
    expect(await post.getByRole('link', { name: /Scrivi un messaggio/ }).count()).toBe(0);
    await marta.goto(conversation);
    await marta.getByRole('heading', { level: 1, name: 'Conversazione con Utente cessato' }).waitFor();
    await marta.getByText('Non è possibile scrivere a questa persona.').waitFor();
    expect(await marta.getByText('Bruno Piras').count()).toBe(0);
  });

  it('asked nobody but us for anything, and nothing failed in a page', () => {
    expect(seen.flatMap(({ foreign }) => foreign)).toEqual([]);
    expect(seen.flatMap(({ failed }) => failed).filter((message) => !/status of (401|403|422)|ERR_FAILED/.test(message))).toEqual([]);
  });
});
