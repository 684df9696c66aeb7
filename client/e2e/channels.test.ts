import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { aPerson } from '../../server/accounts/factory.ts';
import { aMember, aNetwork } from '../../server/community/factory.ts';
import { database } from '../../server/database/connection.ts';
import { anEdition } from '../../server/courses/factory.ts';
import { anEnrolment } from '../../server/learning/factory.ts';
import { aProvince } from '../../server/territory/factory.ts';
import { type BrowserStage, openBrowserStage, pageFindings, watchRequests } from './stage.ts';

/** The members of a network, and those of an edition, talk to each other. */
describe('a chat', () => {
  let stage: BrowserStage;
  let marta: Page;
  let bruno: Page;
  let edition: string;
  let enrolment: string;
  let author: string;
  let seen: ReturnType<typeof watchRequests>[];

  beforeAll(async () => {
    stage = await openBrowserStage();
    const network = await aNetwork({ key: 'sua', name: 'Stazioni uniche appaltanti' });
    const asks = await aMember(network, { person: await aPerson({ given_name: 'Marta', family_name: 'Zanella' }) });
    const answers = await aMember(network, { person: await aPerson({ body: await aProvince('Nuoro'), given_name: 'Bruno', family_name: 'Piras' }) });
    const built = await anEnrolment({ edition: await anEdition(), person: asks });
    [edition, enrolment, author] = [built.edition.id, built.id, answers.id];
    // More than a page of history
    const [channel] = (await database()('channels').insert({ network_id: network.id, last_sequence: 70, last_at: new Date() }).returning('id')) as { id: string }[];
    await database()('channel_messages').insert(Array.from({ length: 70 }, (_, i) => ({ channel_id: channel?.id, sequence: i + 1, author_id: answers.id, client_id: crypto.randomUUID(), text: i === 4 ? 'Lo schema di delibera è nella biblioteca' : `Promemoria ${i + 1}`, at: new Date(Date.now() - (71 - i) * 3_600_000) })));
    await database()('channel_readings').insert([asks, answers].map(({ id }) => ({ channel_id: channel?.id, person_id: id, sequence: 70, at: new Date() })));
    [marta, bruno] = [await stage.person(asks), await stage.person(answers)];
    seen = [marta, bruno].map(watchRequests);
  }, 120_000);
  afterAll(() => stage.close());

  it('is reached from the network and from the messages, and is heard at once by who is there', async () => {
    await marta.goto('/reti/sua');
    await marta.getByRole('link', { name: 'Chat della rete' }).click();
    await marta.getByRole('heading', { level: 1, name: 'Chat: Stazioni uniche appaltanti' }).waitFor();
    await bruno.goto('/messaggi');
    await bruno.getByRole('link', { name: 'Stazioni uniche appaltanti' }).waitFor();
    const box = marta.getByRole('textbox', { name: 'Scrivi un messaggio' });
    await box.fill('Chi ha già firmato?\nRispondete qui: https://upi.example/modulo.');
    await box.press('Enter');
    await marta.getByRole('log').getByText('Chi ha già firmato?').waitFor();
    expect(await box.inputValue()).toBe('');
    // The list of the other one knows by itself, and so does her page
    await bruno.getByText('1 da leggere').waitFor();
    await bruno.getByRole('link', { name: 'Stazioni uniche appaltanti' }).click();
    await bruno.getByRole('log').getByText('Chi ha già firmato?').waitFor();
    expect(await bruno.getByRole('link', { name: 'https://upi.example/modulo' }).getAttribute('rel')).toContain('nofollow');
    await bruno.getByRole('textbox', { name: 'Scrivi un messaggio' }).fill('Noi, ieri');
    await bruno.keyboard.press('Enter');
    await marta.getByRole('log').getByText('Noi, ieri').waitFor();
    const again = await bruno.context().newPage();
    await again.goto('/messaggi');
    await again.getByRole('link', { name: 'Stazioni uniche appaltanti' }).waitFor();
    expect(await again.getByText('da leggere').count()).toBe(0);
    await again.close();
  });

  it('names a person, chosen with the keyboard, who is told and comes to where it was said', async () => {
    await bruno.goto('/percorso');
    const box = marta.getByRole('textbox', { name: 'Scrivi un messaggio' });
    await box.pressSequentially('Lo chiedo a @bru');
    await marta.getByRole('option', { name: 'Bruno Piras' }).waitFor();
    await marta.keyboard.press('Enter');
    expect(await box.inputValue()).toBe('Lo chiedo a @Bruno Piras ');
    await box.pressSequentially('appena torna');
    await marta.keyboard.press('Enter');
    await marta.getByRole('log').getByRole('link', { name: '@Bruno Piras' }).waitFor();
    await stage.app.settled();
    await bruno.goto('/avvisi');
    await bruno.getByRole('link', { name: 'Marta Zanella ti ha nominato nella chat' }).first().click();
    await bruno.waitForURL(/\/chat\/rete-sua\?da=73$/);
    await bruno.locator('#messaggio-73:focus').waitFor();
  });

  it('keeps what was not sent with the line cut, sends it once, and brings what came meanwhile', async () => {
    await marta.context().setOffline(true);
    const box = marta.getByRole('textbox', { name: 'Scrivi un messaggio' });
    await box.fill('Scritto senza rete');
    await box.press('Enter');
    await marta.getByText('Non è partito.').waitFor();
    await bruno.getByRole('textbox', { name: 'Scrivi un messaggio' }).fill('Detto mentre non c’eri');
    await bruno.keyboard.press('Enter');
    await bruno.getByRole('log').getByText('Detto mentre non c’eri').waitFor();
    await marta.context().setOffline(false);
    await marta.getByRole('log').getByText('Detto mentre non c’eri').waitFor();
    await marta.getByRole('button', { name: 'Riprova' }).click();
    await marta.getByRole('log').getByText('Scritto senza rete').waitFor();
    await bruno.getByRole('log').getByText('Scritto senza rete').waitFor();
    expect((await database()('channel_messages').where('text', 'Scritto senza rete')).length).toBe(1);
    // A hint that got lost leaves no hole: the next one fills it
    const channel = (await database()('channels').first('id', 'last_sequence')) as { id: string; last_sequence: number };
    await database()('channel_messages').insert({ channel_id: channel.id, sequence: channel.last_sequence + 1, author_id: author, client_id: crypto.randomUUID(), text: 'Questo non l’ha detto nessuno', at: new Date() });
    await database()('channels').where('id', channel.id).update({ last_sequence: channel.last_sequence + 1 });
    await bruno.getByRole('textbox', { name: 'Scrivi un messaggio' }).fill('Questo sì');
    await bruno.keyboard.press('Enter');
    for (const text of ['Questo non l’ha detto nessuno', 'Questo sì']) await marta.getByRole('log').getByText(text).waitFor();
    // What one regrets goes, on every page
    await marta.getByRole('listitem').filter({ hasText: 'Scritto senza rete' }).getByRole('button', { name: /^Togli/ }).click();
    await bruno.getByRole('log').getByText('Messaggio tolto').waitFor();
  });

  it('takes nobody’s click away: what is said while one goes to another page does not end the going', async () => {
    await marta.goto('/messaggi');
    await marta.getByRole('heading', { level: 1 }).waitFor();
    await marta.route('**/api/v1/networks', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 3000));
      await route.continue();
    });
    await marta.getByRole('navigation').getByRole('link', { name: 'Reti', exact: true }).first().click();
    await bruno.getByRole('textbox', { name: 'Scrivi un messaggio' }).fill('Intanto che vai');
    await bruno.keyboard.press('Enter');
    await marta.waitForURL(/\/reti$/);
    await marta.unroute('**/api/v1/networks');
  });

  it('goes back page by page, and finds what was said', async () => {
    await marta.goto('/chat/rete-sua');
    expect(await marta.getByText('Promemoria 1', { exact: true }).count()).toBe(0);
    await marta.getByRole('button', { name: 'Messaggi precedenti' }).click();
    await marta.getByText('Promemoria 1', { exact: true }).waitFor();
    expect(await marta.getByRole('button', { name: 'Messaggi precedenti' }).count()).toBe(0);
    await marta.getByRole('searchbox', { name: 'Cerca nella chat' }).fill('delibere');
    await marta.keyboard.press('Enter');
    await marta.locator('mark', { hasText: 'delibera' }).waitFor();
    await marta.getByRole('link', { name: 'Bruno Piras' }).click();
    await marta.locator('#messaggio-5:focus').waitFor();
    await marta.getByRole('button', { name: 'Messaggi successivi' }).click();
    await marta.getByText('Detto mentre non c’eri').waitFor();
    // Who has been away for long goes on where she left off: nothing that she has not seen is taken for read
    await database()('channel_readings').where('person_id', author).update({ sequence: 12 });
    await bruno.goto('/chat/rete-sua');
    await bruno.getByText('Promemoria 12', { exact: true }).waitFor();
    await bruno.getByRole('button', { name: 'Messaggi successivi' }).waitFor();
    expect(await database()('channel_readings').where('person_id', author).pluck('sequence')).toEqual([12]);
    await bruno.getByRole('link', { name: 'Vai agli ultimi' }).click();
    await bruno.getByText('Detto mentre non c’eri').waitFor();
  });

  it('of an edition is on its page; every page is accessible and no wider than its window', async () => {
    await marta.goto(`/percorso/${enrolment}`);
    await marta.getByRole('link', { name: 'Chat dell’edizione' }).click();
    await marta.getByText('Nessuno ha ancora scritto. Comincia tu.').waitFor();
    expect((await bruno.goto(`/chat/edizione-${edition}`))?.status()).toBe(404);
    const findings: string[] = [];
    for (const language of ['it', 'en'] as const) {
      await database()('people').update({ language });
      findings.push(...(await pageFindings(marta, ['/messaggi', '/chat/rete-sua', `/chat/edizione-${edition}`, '/chat/rete-sua/cerca?q=delibera', '/chat/rete-sua/cerca?q=nulla'], language)));
    }
    expect(findings).toEqual([]);
    expect(seen.flatMap(({ foreign }) => foreign)).toEqual([]);
    const page = await stage.visitor();
    await page.goto('/chat/rete-sua');
    await page.waitForURL(/\/accedi/);
  }, 300_000);
});
