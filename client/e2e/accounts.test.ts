import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { aCoordinator, anAdministrator, aPerson, type BuiltPerson } from '../../server/accounts/factory.ts';
import { hashPassword } from '../../server/accounts/password.ts';
import { database } from '../../server/database/connection.ts';
import { aProvince } from '../../server/territory/factory.ts';
import { type BrowserStage, openBrowserStage, pageFindings } from './stage.ts';

const PASSWORD = 'tavolo verde ventidue onde';
const NEW_PASSWORD = 'sedia gialla trenta sassi';

let stage: BrowserStage;
beforeAll(async () => {
  stage = await openBrowserStage();
}, 120_000);
afterAll(() => stage.close());

async function withPassword(overrides: Parameters<typeof aPerson>[0] = {}): Promise<BuiltPerson> {
  const person = await aPerson(overrides);
  await database()('people').where({ id: person.id }).update({ password_hash: await hashPassword(PASSWORD) });
  return person;
}

async function signIn(page: Page, person: BuiltPerson, password: string, address = '/accedi'): Promise<void> {
  await page.goto(address);
  await page.getByLabel(/Indirizzo e-mail/).fill(person.email);
  await page.locator('input[name=password]').fill(password);
  await page.locator('main').getByRole('button', { name: 'Accedi' }).click();
}

describe('a forgotten password', () => {
  it('is chosen anew through the mail, and the other browser is out', async () => {
    const person = await withPassword();
    const [here, elsewhere] = [await stage.visitor(), await stage.visitor()];
    await signIn(elsewhere, person, PASSWORD, '/accedi?ritorno=%2Fprofilo');
    await elsewhere.getByRole('heading', { name: 'Il tuo profilo' }).waitFor();
    await signIn(here, person, 'non me la ricordo');
    await here.getByText('Indirizzo o password non corretti.').waitFor();
    expect(await here.getByLabel(/Indirizzo e-mail/).inputValue()).toBe(person.email);
    await here.getByRole('link', { name: 'Hai dimenticato la password?' }).click();
    await here.getByRole('heading', { name: 'Password dimenticata' }).waitFor();
    await here.getByLabel(/Indirizzo e-mail/).fill(person.email);
    await here.getByRole('button', { name: 'Manda il collegamento' }).click();
    await here.getByRole('heading', { name: 'Controlla la posta' }).waitFor();
    await stage.app.settled();
    const mail = (await database()('mails').where({ person_id: person.id }).first('body_text')) as { body_text: string };
    const link = new URL(/https?:\/\/\S+/.exec(mail.body_text)?.[0] ?? '');
    await here.goto(link.pathname + link.search + link.hash);
    await here.locator('input[name=password]').fill('anna.prova.2026');
    await here.getByRole('button', { name: 'Salva la password' }).click();
    await here.locator('input[name=password]').fill(NEW_PASSWORD);
    await here.getByRole('button', { name: 'Salva la password' }).click();
    await here.getByRole('heading', { name: 'Password cambiata' }).waitFor();
    await elsewhere.goto('/profilo');
    expect(new URL(elsewhere.url()).pathname).toBe('/accedi');
    await signIn(here, person, NEW_PASSWORD);
    await here.getByRole('link', { name: /Il mio percorso/ }).first().waitFor();
  });

  it('comes back only to a page of ours after signing in', async () => {
    const person = await withPassword();
    for (const elsewhere of ['https%3A%2F%2Fevil.example%2F', '%2F%2Fevil.example%2F', '%2F%5Cevil.example']) {
      const page = await stage.visitor();
      await signIn(page, person, PASSWORD, `/accedi?ritorno=${elsewhere}`);
      await page.getByRole('link', { name: /Il mio percorso/ }).first().waitFor();
      expect(new URL(page.url()).origin).toBe(stage.app.url);
      await page.context().close();
    }
  });
});

describe('the profile', () => {
  it('ends a session that one does not know', async () => {
    const person = await withPassword();
    const [here, there] = [await stage.visitor(), await stage.visitor()];
    for (const page of [there, here]) {
      await signIn(page, person, PASSWORD, '/accedi?ritorno=%2Fprofilo');
      await page.getByRole('heading', { name: 'Il tuo profilo' }).waitFor();
    }
    await here.getByRole('button', { name: /Chiudi la sessione/ }).first().click();
    await here.getByRole('dialog').getByRole('button', { name: 'Chiudi', exact: true }).last().click();
    await here.getByRole('button', { name: /Chiudi la sessione/ }).waitFor({ state: 'detached' });
    await there.goto('/profilo');
    expect(new URL(there.url()).pathname).toBe('/accedi');
  });

  it('speaks the other language once it is chosen', async () => {
    const page = await stage.person(await aPerson());
    await page.goto('/profilo');
    await page.locator('select[name=language]').selectOption('en');
    await page.getByRole('region', { name: 'I tuoi dati', exact: true }).getByRole('button', { name: 'Salva', exact: true }).click();
    await page.getByRole('heading', { name: 'Your profile' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
  });

  it('asks another body to recognise her, and withdraws', async () => {
    const page = await stage.person(await aPerson());
    await page.goto('/profilo');
    await page.getByRole('combobox', { name: /Ente in cui lavori/ }).fill('comune di belluno');
    await page.getByRole('option', { name: /Comune di Belluno/ }).click();
    await page.getByRole('button', { name: 'Invia la richiesta' }).click();
    await page.getByText('Richiesta in attesa').waitFor();
    await page.getByRole('button', { name: 'Ritira la richiesta' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Ritira la richiesta' }).click();
    await page.getByRole('button', { name: 'Invia la richiesta' }).waitFor();
  });
});

describe('the administrator', () => {
  it('makes a coordinator, who sees her notice arrive without reloading and reaches her body', async () => {
    const person = await aPerson({ body: await aProvince('Treviso'), given_name: 'Nadia', family_name: 'Nomina' });
    const [admin, own] = [await stage.person(await anAdministrator()), await stage.person(person)];
    await own.goto('/avvisi');
    await own.getByRole('heading', { level: 1 }).waitFor();
    await own.waitForTimeout(1500); // the live connection
    await admin.goto(`/amministrazione/persone?q=Nomina`);
    await admin.getByRole('link', { name: /Nomina/ }).first().click();
    await admin.locator('select[name=role]').selectOption('coordinator');
    await admin.getByRole('combobox', { name: /Ente/ }).fill('treviso');
    await admin.getByRole('option', { name: /Provincia di Treviso/ }).click();
    await admin.getByRole('button', { name: 'Dai un ruolo' }).click();
    await admin.getByRole('button', { name: /Togli il ruolo: Referente/ }).waitFor();
    await own.getByText('Hai il ruolo di referente: Provincia di Treviso').first().waitFor();
    await own.goto('/ente');
    await own.getByRole('heading', { name: 'Il mio ente' }).waitFor();
  });

  it('suspends a person, who is out at once', async () => {
    const person = await withPassword({ family_name: 'Sospesa' });
    const own = await stage.visitor();
    await signIn(own, person, PASSWORD, '/accedi?ritorno=%2Fprofilo');
    await own.getByRole('heading', { name: 'Il tuo profilo' }).waitFor();
    const admin = await stage.person(await anAdministrator());
    await admin.goto(`/amministrazione/persone/${person.id}`);
    await admin.getByRole('button', { name: 'Sospendi il profilo' }).click();
    const dialog = admin.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Sospendi il profilo' }).click();
    await dialog.getByText('Scrivi il motivo').first().waitFor();
    await dialog.locator('textarea').fill('Ha lasciato il servizio');
    await dialog.getByRole('button', { name: 'Sospendi il profilo' }).click();
    await admin.getByRole('button', { name: 'Riammetti' }).waitFor();
    await own.goto('/profilo');
    expect(new URL(own.url()).pathname).toBe('/accedi');
    await admin.goto('/amministrazione/registro');
    await admin.getByText('Ha lasciato il servizio').first().waitFor();
  });

  it('declares a domain and withdraws it', async () => {
    const admin = await stage.person(await anAdministrator());
    await admin.goto('/amministrazione/enti');
    await admin.getByRole('combobox').first().fill('belluno');
    await admin.getByRole('option', { name: /Provincia di Belluno/ }).click();
    await admin.getByLabel(/^Dominio/).fill('provincia.belluno.example');
    await admin.getByRole('button', { name: 'Dichiara', exact: true }).click();
    await admin.getByRole('button', { name: 'Ritira il dominio provincia.belluno.example' }).click();
    await admin.getByRole('dialog').getByRole('button', { name: 'Ritira' }).click();
    await admin.getByRole('button', { name: 'Ritira il dominio provincia.belluno.example' }).waitFor({ state: 'detached' });
  });
});

describe('every page of accounts and notices', () => {
  const open = ['/registrazione', '/registrazione/fatta', '/conferma', '/accedi', '/password-dimenticata', '/nuova-password'];
  const coordinators = ['/profilo', '/avvisi', '/ente'];
  const administrators = ['/amministrazione', '/amministrazione/persone', '/amministrazione/enti', '/amministrazione/posta', '/amministrazione/registro'];

  it.each(['it', 'en'] as const)('is accessible and fits its window, in %s', async (language) => {
    const body = await aProvince('Rovigo');
    const coordinator = await aCoordinator({ body, family_name: `Larghezza ${language}`, language });
    const waiting = await aPerson({ body: null, given_name: 'Massimiliana Vittoria', family_name: 'Dell’Innominato-Castelbarco', email: `massimiliana.dellinnominato.${language}@ufficio-personale.provincia-di-rovigo.example` });
    await database()('affiliations').insert({ person_id: waiting.id, body_id: body.id });
    await database()('notices').insert({ person_id: coordinator.id, kind: 'role-coordinator', key: `axe:${language}`, params: JSON.stringify({ body: 'Provincia di Rovigo' }), link: '/ente' });
    const admin = await anAdministrator({ language });
    const mail = (await database()('mails').first('id')) as { id: string } | undefined;
    const pages: [Page, string[]][] = [
      [await stage.visitor({ language }), open], [await stage.person(coordinator), coordinators],
      [await stage.person(admin), [...administrators, `/amministrazione/persone/${waiting.id}`, ...(mail ? [`/amministrazione/posta/${mail.id}`] : [])]],
    ];
    const findings: string[] = [];
    for (const [page, paths] of pages) findings.push(...(await pageFindings(page, paths, language)));
    expect(findings).toEqual([]);
  }, 600_000);
});
