import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { aCoordinator, anAdministrator, aPerson } from '../../server/accounts/factory.ts';
import { aMember, aModerator, aNetwork } from '../../server/community/factory.ts';
import { database } from '../../server/database/connection.ts';
import { aProvince } from '../../server/territory/factory.ts';
import { type BrowserStage, openBrowserStage, pageFindings, watchRequests } from './stage.ts';

/** Who comes into a network and how: brought by a coordinator, invited by who moderates, leaving by herself. */
describe('the people of a network', () => {
  let stage: BrowserStage;
  let network: { id: string };
  let treviso: { id: string };
  let coordinator: Page;
  let moderator: Page;
  let administrator: Page;
  let newcomer: Page;
  let seen: ReturnType<typeof watchRequests>[];

  beforeAll(async () => {
    stage = await openBrowserStage();
    network = await aNetwork({ key: 'sua', name: 'Stazioni uniche appaltanti' });
    await aNetwork({ key: 'personale', name: 'Personale e PIAO', reading: 'members', joining: 'request' });
    const closed = await aNetwork({ key: 'cantiere', name: 'Cantiere della riforma', reading: 'members', joining: 'closed' });
    treviso = await aProvince('Treviso');
    coordinator = await stage.person(await aCoordinator({ body: treviso, given_name: 'Marta', family_name: 'Zanella' }));
    moderator = await stage.person(await aModerator(closed));
    administrator = await stage.person(await anAdministrator());
    newcomer = await stage.person(await aMember(network, { person: await aPerson({ body: await aProvince('Belluno'), given_name: 'Nadia', family_name: 'Nuova' }) }));
    seen = [coordinator, moderator, administrator, newcomer].map(watchRequests);
  }, 120_000);
  afterAll(() => stage.close());

  it('takes in ten colleagues whom their coordinator brings at once', async () => {
    for (let colleague = 0; colleague < 9; colleague += 1) await aPerson({ body: treviso });
    await coordinator.goto('/reti/sua/membri');
    await coordinator.getByRole('combobox', { name: /Collega/ }).fill('prova');
    await coordinator.getByRole('option').first().click();
    await coordinator.getByRole('button', { name: 'Aggiungi tutte le persone del mio ente' }).click();
    await coordinator.getByRole('button', { name: /Porta nella rete 1\d persone/ }).click();
    const outcome = coordinator.getByRole('status').filter({ hasText: 'Esito' }).getByRole('listitem');
    await outcome.first().waitFor();
    const colleagues = (await database()('people').where('body_id', treviso.id).pluck('id')) as string[];
    expect(colleagues.length).toBeGreaterThanOrEqual(10);
    expect(await outcome.count()).toBe(colleagues.length);
    expect(await database()('network_members').where({ network_id: network.id, status: 'active' }).whereIn('person_id', colleagues).count({ n: '*' })).toEqual([{ n: colleagues.length }]);
  });

  it('opens a network, and leaves one', async () => {
    await administrator.goto('/reti/nuova');
    await administrator.getByRole('button', { name: 'Apri la rete' }).click();
    await administrator.getByRole('alert').getByText(/Scrivi il nome/).waitFor();
    await administrator.getByLabel(/^Nome/).fill('Sistemi informativi territoriali');
    await administrator.getByLabel(/^Indirizzo/).fill('sit');
    await administrator.getByLabel(/Di che cosa si occupa/).fill('Cartografia e dati su una mappa.');
    await administrator.getByRole('button', { name: 'Apri la rete' }).click();
    await administrator.waitForURL(/\/reti\/sit$/);
    await newcomer.goto('/reti/sua');
    await newcomer.getByRole('button', { name: 'Lascia la rete' }).click();
    await newcomer.getByRole('dialog').getByRole('button', { name: 'Lascia la rete' }).click();
    await newcomer.getByRole('button', { name: /Entra nella rete/ }).first().waitFor();
  });

  it('invites anybody by name where one comes by invitation alone', async () => {
    await newcomer.goto('/reti');
    await newcomer.getByRole('link', { name: 'Stazioni uniche appaltanti' }).waitFor();
    expect(await newcomer.getByRole('link', { name: 'Cantiere della riforma' }).count()).toBe(0);
    await moderator.goto('/reti/cantiere/membri');
    await moderator.getByRole('combobox', { name: /Collega/ }).fill('nadia nuo');
    await moderator.getByRole('option', { name: /Nadia Nuova.*Provincia di Belluno/ }).click();
    await moderator.getByRole('button', { name: 'Porta nella rete 1 persona' }).click();
    await moderator.getByRole('status').filter({ hasText: 'Esito' }).getByText('Nadia Nuova').waitFor();
    await moderator.getByRole('rowheader', { name: /Nadia Nuova/ }).waitFor();
    await newcomer.goto('/reti');
    await newcomer.getByRole('link', { name: 'Cantiere della riforma' }).waitFor();
  });

  it.each(['it', 'en'] as const)('finds every page accessible and no wider than its window, in %s', async (language) => {
    await database()('people').update({ language });
    const findings = [
      await pageFindings(newcomer, ['/reti/cantiere', '/reti/cantiere/membri'], language),
      await pageFindings(coordinator, ['/reti/sua/membri'], language),
      await pageFindings(moderator, ['/reti/cantiere/membri', '/reti/cantiere/modifica'], language),
      await pageFindings(administrator, ['/reti', '/reti/nuova', '/reti/personale/membri'], language),
    ].flat();
    expect(findings).toEqual([]);
  }, 900_000);

  it('asked nobody but us for anything, and nothing failed in a page', () => {
    expect(seen.flatMap(({ foreign }) => foreign)).toEqual([]);
    expect(seen.flatMap(({ failed }) => failed).filter((message) => !/status of (409|422)/.test(message))).toEqual([]);
  });
});
