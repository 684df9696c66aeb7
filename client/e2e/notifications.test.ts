import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { aPerson } from '../../server/accounts/factory.ts';
import { aMember, aNetwork, aReply, aThread, type BuiltNetwork } from '../../server/community/factory.ts';
import { database } from '../../server/database/connection.ts';
import { aProvince } from '../../server/territory/factory.ts';
import { type BrowserStage, openBrowserStage, pageFindings, watchRequests } from './stage.ts';

/** Somebody is named with the keyboard, is told and told why, and mutes the thread; another unsubscribes from a mail without JavaScript. */
describe('notices of the community', () => {
  let stage: BrowserStage;
  let network: BuiltNetwork;
  let writer: Page;
  let named: Page;
  let asker: Awaited<ReturnType<typeof aMember>>;
  let anna: Awaited<ReturnType<typeof aMember>>;
  let number: number;
  let seen: ReturnType<typeof watchRequests>[];
  const TITLE = 'Chi firma la convenzione con i Comuni?';
  const linkIn = async (person: { id: string }) => {
    const mail = (await database()('mails').where('person_id', person.id).orderBy('id', 'desc').first('body_text')) as { body_text: string };
    return new URL(/https?:\S+\/disiscrizione\S+/.exec(mail.body_text)?.[0] ?? '');
  };

  beforeAll(async () => {
    stage = await openBrowserStage();
    network = await aNetwork({ key: 'sua', name: 'Stazioni uniche appaltanti' });
    asker = await aMember(network);
    anna = await aMember(network, { person: await aPerson({ body: await aProvince('Treviso'), given_name: 'Anna', family_name: 'Bellò' }) });
    ({ number } = await aThread(await stage.app.as(asker), network, { title: TITLE, tags: ['convenzioni'] }));
    writer = await stage.person(await aMember(network, { person: await aPerson({ given_name: 'Carla', family_name: 'Dal Pont' }) }));
    named = await stage.person(anna);
    seen = [writer, named].map(watchRequests);
  }, 120_000);
  afterAll(() => stage.close());

  it('somebody is named with the keyboard alone', async () => {
    await writer.goto(`/reti/sua/discussioni/${number}`);
    const text = writer.getByRole('textbox', { name: 'La tua risposta' });
    await text.click();
    await text.pressSequentially('Lo sa @bello');
    await writer.getByRole('option', { name: /Anna Bellò.*Provincia di Treviso/ }).waitFor();
    await writer.keyboard.press('Enter');
    await writer.keyboard.type(' di sicuro.');
    await writer.getByRole('button', { name: 'Rispondi' }).click();
    await writer.locator('#m2').getByText('@Anna Bellò').waitFor();
    expect(await writer.locator('#m2 .post-body').innerHTML()).toContain(`Lo sa <span data-person="${anna.id}">@Anna Bellò</span>`);
    await stage.app.settled();
  });

  it('who is named is told why, and mutes the thread from there', async () => {
    await named.goto('/avvisi');
    await named.getByRole('link', { name: /Carla Dal Pont ti ha nominato/ }).waitFor();
    await named.getByText('Qualcuno ti ha nominato in questa discussione').waitFor();
    await named.getByRole('link', { name: 'Cambia che cosa ricevi' }).click();
    await named.waitForURL(/\/discussioni\/\d+#avvisi$/);
    await named.locator('label', { hasText: 'Silenzio' }).click();
    expect(await named.getByRole('radio', { name: 'Silenzio' }).isChecked()).toBe(true);
    await named.getByText('Scelta salvata.').waitFor();
    await named.goto('/profilo/notifiche');
    await named.getByRole('listitem').filter({ hasText: TITLE }).getByText('Silenzio', { exact: true }).waitFor();
    await aReply(await stage.app.as(asker), number, `<p><span data-person="${anna.id}">x</span></p>`);
    await stage.app.settled();
    expect(await database()('notices').where('person_id', anna.id)).toHaveLength(1);
  });

  it('quiet hours are set, and a mistake in them is said', async () => {
    await named.locator('label', { hasText: 'Non mandarmi e-mail in alcune ore' }).click();
    await named.getByLabel('Alle', { exact: true }).fill('19:00');
    await named.getByRole('button', { name: 'Salva' }).click();
    await named.getByRole('alert').getByText(/devono essere diversi/).waitFor();
    await named.getByLabel('Alle', { exact: true }).fill('08:00');
    await named.getByRole('button', { name: 'Salva' }).click();
    await named.getByText('Impostazioni salvate.').waitFor();
    await named.reload();
    expect(await named.getByLabel('Alle', { exact: true }).inputValue()).toBe('08:00');
  });

  it('a mail’s link unsubscribes without JavaScript and without signing in', async () => {
    const { pathname, search } = await linkIn(asker);
    const visitor = await stage.visitor({ javaScript: false, width: 360 });
    await visitor.goto(pathname + search);
    await visitor.getByText(`Vuoi silenziare la discussione «${TITLE}»?`).waitFor();
    await visitor.getByRole('button', { name: 'Sì, confermo' }).click();
    await visitor.getByText(`Fatto: la discussione «${TITLE}» è silenziata.`).waitFor();
    expect(await database()('notification_levels').where({ person_id: asker.id, level: 'muted' })).toHaveLength(1);
  });

  it.each(['it', 'en'] as const)('finds its pages accessible and no wider than its window, in %s', async (language) => {
    await database()('people').update({ language });
    const { pathname, search } = await linkIn(asker);
    await named.goto('about:blank');
    expect(await pageFindings(named, ['/profilo/notifiche', '/avvisi', `/reti/sua?etichetta=convenzioni#avvisi`, `/reti/sua/discussioni/${number}#avvisi`, pathname + search], language)).toEqual([]);
  }, 300_000);

  it('asked nobody but us for anything, and nothing failed in a page', () => {
    expect(seen.flatMap(({ foreign }) => foreign)).toEqual([]);
    expect(seen.flatMap(({ failed }) => failed).filter((message) => !/status of 422/.test(message))).toEqual([]);
  });
});
