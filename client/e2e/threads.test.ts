import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { aPerson } from '../../server/accounts/factory.ts';
import { aMember, aModerator, aNetwork, aReply, aThread, type BuiltNetwork } from '../../server/community/factory.ts';
import { database } from '../../server/database/connection.ts';
import { type BrowserStage, openBrowserStage, pageFindings, watchRequests } from './stage.ts';

/**
 * A reply begun at a desk and finished on a telephone, in one story: it quotes somebody, another sees that it is being written, and a moderator takes what
 * belongs elsewhere out into a thread of its own before the eyes of who reads.
 */
describe('a reply that quotes, and a thread that is split', () => {
  let stage: BrowserStage;
  let network: BuiltNetwork;
  let desk: Page;
  let telephone: Page;
  let watcher: Page;
  let moderator: Page;
  let seen: ReturnType<typeof watchRequests>[];
  let path: string;
  let created: string;
  const TITLE = 'Chi verifica i requisiti dell’aggiudicatario?';

  const editor = (page: Page) => page.getByRole('textbox', { name: /La tua risposta|Your reply/ });
  const article = (page: Page, sequence: number) => page.locator(`#m${sequence}`);

  beforeAll(async () => {
    stage = await openBrowserStage();
    network = await aNetwork({ key: 'sua', name: 'Stazioni uniche appaltanti' });
    const asker = await stage.app.as(await aMember(network, { person: await aPerson({ given_name: 'Anna', family_name: 'Bellò' }) }));
    const writer = await aMember(network, { person: await aPerson({ given_name: 'Marta', family_name: 'Zanella' }) });
    [desk, telephone] = [await stage.person(writer), await stage.person(writer, { width: 360 })];
    watcher = await stage.person(await aMember(network, { person: await aPerson({ given_name: 'Bruno', family_name: 'Zanin' }) }));
    moderator = await stage.person(await aModerator(network));
    const { number } = await aThread(asker, network, { title: TITLE });
    await aReply(asker, number, '<p>Per noi li verifica il RUP.</p><p>Entro trenta giorni.</p>');
    await aReply(asker, number, '<p>E le ferie, chi le autorizza?</p>');
    path = `/reti/sua/discussioni/${number}`;
    seen = [desk, telephone, watcher, moderator].map(watchRequests);
  }, 120_000);
  afterAll(() => stage.close());

  it('is begun with a quote, and another sees that it is being written', async () => {
    await watcher.goto(path);
    await editor(watcher).waitFor();
    await desk.goto(path);
    await desk.getByText('Legge ora: Bruno Zanin').waitFor();
    // What is selected, not all of it
    await article(desk, 2).getByText('Per noi li verifica il RUP.').click({ clickCount: 3 });
    await article(desk, 2).getByRole('button', { name: 'Cita' }).click();
    await editor(desk).locator('blockquote').getByText('Per noi li verifica il RUP.').waitFor();
    expect(await editor(desk).innerText()).not.toContain('trenta giorni');
    await desk.keyboard.type('Concordo, ma');
    await watcher.getByText('Marta Zanella sta scrivendo…').waitFor();
    expect(await watcher.locator('[role=status], [role=alert], [aria-live]').getByText('sta scrivendo').count()).toBe(0);
    await desk.getByText(/Bozza salvata alle/).waitFor();
  });

  it('is finished on another device, from the list of drafts', async () => {
    await telephone.goto('/profilo/bozze');
    await telephone.getByText('Anna Bellò: «Per noi li verifica il RUP.» Concordo, ma').waitFor();
    await telephone.getByRole('link', { name: `Risposta in «${TITLE}»` }).click();
    await editor(telephone).getByText('Concordo, ma').click();
    await telephone.keyboard.press('End');
    await telephone.keyboard.type(' con il dirigente.');
    await telephone.getByRole('button', { name: 'Rispondi' }).click();
    const link = article(telephone, 4).getByRole('link', { name: 'Anna Bellò ha scritto' });
    expect(await link.getAttribute('href')).toBe(`${path}?da=2#m2`);
    await article(telephone, 4).getByText('Concordo, ma con il dirigente.').waitFor();
    await telephone.goto('/profilo/bozze');
    await telephone.getByText('Non hai bozze').waitFor();
    expect(await database()('drafts').select('id')).toEqual([]);
  });

  it('is read with its source; what belongs elsewhere is taken out, and who reads sees where it went', async () => {
    await watcher.getByRole('button', { name: /1 nuova risposta/ }).click();
    await article(watcher, 4).getByRole('link', { name: 'Anna Bellò ha scritto' }).waitFor();
    await moderator.goto(path);
    await moderator.getByText('Modera la discussione').click();
    await moderator.getByRole('button', { name: 'Dividi la discussione' }).click();
    await moderator.getByText('Scegli il messaggio 3').click();
    await moderator.getByText('1 messaggio scelto').waitFor();
    await moderator.getByRole('button', { name: 'Crea la nuova discussione' }).click();
    await moderator.getByRole('dialog').getByRole('button', { name: 'Crea la nuova discussione' }).click();
    await moderator.getByRole('dialog').getByRole('alert').getByText(/Scrivi la domanda in una riga/).waitFor();
    await moderator.getByRole('dialog').getByLabel('Titolo della nuova discussione').fill('Chi autorizza le ferie?');
    await moderator.getByRole('dialog').getByRole('button', { name: 'Crea la nuova discussione' }).click();
    await moderator.getByRole('heading', { level: 1, name: 'Chi autorizza le ferie?' }).waitFor();
    created = new URL(moderator.url()).pathname;
    await article(moderator, 1).getByText('E le ferie, chi le autorizza?').waitFor();
    await watcher.getByText('Un messaggio è stato spostato nella discussione').waitFor();
    expect(await article(watcher, 4).getByText('con il dirigente').count()).toBe(1);
    await watcher.getByRole('link', { name: 'Chi autorizza le ferie?' }).click();
    await watcher.getByText(/questi messaggi sono stati separati/).waitFor();
    await watcher.getByRole('link', { name: TITLE }).click();
    await watcher.getByRole('heading', { level: 1, name: TITLE }).waitFor();
  });

  it('merged back, leads whoever has the old page open, or comes by its address', async () => {
    await watcher.goto(created);
    await editor(watcher).waitFor();
    await moderator.getByText('Modera la discussione').click();
    await moderator.getByRole('button', { name: 'Unisci a un’altra discussione' }).click();
    await moderator.getByRole('combobox', { name: /Discussione a cui unirla/ }).fill(stage.app.url + path);
    await moderator.getByRole('option', { name: new RegExp(TITLE.slice(0, 20)) }).click();
    await moderator.getByRole('dialog').getByRole('button', { name: 'Unisci le discussioni' }).click();
    await moderator.getByText(/i messaggi della discussione «Chi autorizza le ferie\?»/).waitFor();
    // By the link that the page shows, unless it is already on its way by itself
    const there = watcher.getByRole('heading', { level: 1, name: TITLE });
    const onward = watcher.getByRole('link', { name: 'Vai alla discussione' });
    await onward.or(there).first().waitFor();
    await Promise.race([onward.click(), there.waitFor()]);
    await watcher.getByRole('heading', { level: 1, name: TITLE }).waitFor();
    const anybody = await stage.visitor({ javaScript: false });
    await anybody.goto(`${created}?da=1#m1`);
    expect(new URL(anybody.url()).pathname + new URL(anybody.url()).search).toBe(`${path}?da=1`);
    await article(anybody, 5).getByText('E le ferie, chi le autorizza?').waitFor();
  });

  it.each(['it', 'en'] as const)('finds every page accessible and no wider than its window, in %s', async (language) => {
    await database()('people').update({ language });
    await telephone.goto(path);
    await editor(telephone).fill('Una bozza che resta');
    await telephone.getByText(language === 'it' ? /Bozza salvata/ : /Draft saved/).waitFor();
    await telephone.evaluate('sessionStorage.clear()');
    const findings = [await pageFindings(telephone, ['/profilo/bozze', path], language), await pageFindings(moderator, [path], language)].flat();
    expect(findings).toEqual([]);
  }, 300_000);

  it('asked nobody but us for anything, and nothing failed in a page', () => {
    expect(seen.flatMap(({ foreign }) => foreign)).toEqual([]);
    // A form sent with a mistake, and the page of a thread that is elsewhere now
    expect(seen.flatMap(({ failed }) => failed).filter((message) => !/status of (404|422)/.test(message))).toEqual([]);
  });
});
