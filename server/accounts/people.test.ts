import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Affiliation, AuditEntry, Person } from '../contract/accounts.ts';
import { aCertificate } from '../certificates/factory.ts';
import { aCourse, anEdition } from '../courses/factory.ts';
import { database } from '../database/connection.ts';
import { anEnrolment } from '../learning/factory.ts';
import { aMunicipality, aProvince } from '../territory/factory.ts';
import { startTestApp, type TestApp, type TestClient } from '../testing/app.ts';
import { createAdministrator } from './create-administrator.ts';
import { aCoordinator, anAdministrator, aPerson, type BuiltPerson } from './factory.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

/** An open wish, as registration leaves it. */
async function aWish(person: BuiltPerson, body: { id: string }): Promise<string> {
  const [row] = (await database()('affiliations').insert({ person_id: person.id, body_id: body.id }).returning('id')) as { id: string }[];
  return row?.id ?? '';
}
const bodyOf = async (person: BuiltPerson) => ((await database()('people').where({ id: person.id }).first('body_id')) as { body_id: string | null }).body_id;
const queueOf = async (coordinator: BuiltPerson, query = '') => (await (await app.as(coordinator)).get<{ items: Affiliation[] }>(`affiliations${query}`)).body.items;

describe('a request to belong to a body', () => {
  it("is in the queue of its coordinator and of its Province's, of nobody else's, and UPI sees it", async () => {
    const province = await aProvince('Vercelli');
    const town = await aMunicipality(province);
    const [own, above, other, admin] = [await aCoordinator({ body: town }), await aCoordinator({ body: province }), await aCoordinator({ body: await aProvince('Novara') }), await anAdministrator()];
    const id = await aWish(await aPerson({ body: null }), town);
    for (const [coordinator, sees] of [[own, true], [above, true], [other, false], [admin, true]] as const) {
      expect((await queueOf(coordinator, '?limit=100')).some((wish) => wish.id === id)).toBe(sees);
    }
    expect((await (await app.as(await aPerson())).get('affiliations')).status).toBe(403);
    expect((await (await app.as(other)).put(`affiliations/${id}/decision`, { decision: 'approved' })).status).toBe(404);
  });

  it('is leafed through without repeats and without gaps, however close the requests came', async () => {
    const province = await aProvince('Belluno');
    const client = await app.as(await aCoordinator({ body: province }));
    const made: string[] = [];
    for (let i = 0; i < 5; i += 1) {
      const id = await aWish(await aPerson({ body: null }), province);
      await database()('affiliations').where({ id }).update({ requested_at: `2026-11-20T10:00:00.123${i}00Z` });
      made.push(id);
    }
    for (const status of ['pending', 'approved'] as const) {
      await database()('affiliations').whereIn('id', made).update({ status });
      const seen: string[] = [];
      let cursor = '';
      do {
        const { body } = await client.get<{ items: Affiliation[]; next: string | null }>(`affiliations?status=${status}&limit=2${cursor && `&cursor=${cursor}`}`);
        seen.push(...body.items.map(({ id }) => id));
        cursor = body.next ?? '';
      } while (cursor !== '' && seen.length < 20);
      expect(seen).toEqual(status === 'pending' ? made : made.toReversed());
    }
  });

  it('is not shown before the address is confirmed', async () => {
    const province = await aProvince('Cuneo');
    const person = await aPerson({ body: null });
    await database()('people').where({ id: person.id }).update({ confirmed_at: null });
    const id = await aWish(person, province);
    const coordinator = await aCoordinator({ body: province });
    expect(await queueOf(coordinator)).toEqual([]);
    expect((await (await app.as(coordinator)).put(`affiliations/${id}/decision`, { decision: 'approved' })).status).toBe(404);
  });

  it('is approved once, noted, and told to the person', async () => {
    const province = await aProvince('Asti');
    const person = await aPerson({ body: null });
    const id = await aWish(person, province);
    const coordinator = await aCoordinator({ body: province });
    const browser = await app.as(coordinator);
    const [first, second] = await Promise.all([browser.put(`affiliations/${id}/decision`, { decision: 'approved' }), browser.put(`affiliations/${id}/decision`, { decision: 'refused', reason: 'Per errore' })]);
    expect([first.status, second.status].sort()).toEqual([200, 409]);
    const approved = first.status === 200;
    expect(await bodyOf(person)).toBe(approved ? province.id : null);
    await app.settled();
    expect(await database()('notices').where({ person_id: person.id }).pluck('kind')).toEqual([approved ? 'affiliation-approved' : 'affiliation-refused']);
    expect(await database()('audit_entries').where({ actor_id: coordinator.id }).pluck('act')).toEqual([approved ? 'affiliation.approve' : 'affiliation.refuse']);
    await expect(database()('audit_entries').where({ actor_id: coordinator.id }).update({ act: 'x' })).rejects.toThrow('append-only');
  });

  it('is refused with a reason, which the person reads', async () => {
    const province = await aProvince('Alessandria');
    const person = await aPerson({ body: null });
    const browser = await app.as(await aCoordinator({ body: province }));
    const id = await aWish(person, province);
    const silent = await browser.put(`affiliations/${id}/decision`, { decision: 'refused' });
    expect(silent.body['errors']).toMatchObject([{ path: 'body.reason', code: 'reason-missing' }]);
    expect((await browser.put(`affiliations/${id}/decision`, { decision: 'refused', reason: 'Non risulti in servizio' })).status).toBe(200);
    await app.settled();
    const own = await app.as(person);
    expect((await own.get('me/profile')).body['affiliations']).toMatchObject([{ status: 'refused', reason: 'Non risulti in servizio' }]);
    expect((await own.get<{ items: { text: string }[] }>('notices')).body.items[0]?.text).toContain('Non risulti in servizio');
  });

  it('is never decided by who made it', async () => {
    const province = await aProvince('Imperia');
    const coordinator = await aCoordinator({ body: province });
    const town = await aMunicipality(province);
    const id = await aWish(coordinator, town);
    const browser = await app.as(coordinator);
    expect((await queueOf(coordinator))[0]?.abilities).toEqual({ decide: false });
    expect((await browser.put(`affiliations/${id}/decision`, { decision: 'approved' })).body['code']).toBe('affiliation-own');
  });

  it('moves who worked for another body: she no longer coordinates there', async () => {
    const [from, to] = [await aProvince('Savona'), await aProvince('La Spezia')];
    const person = await aCoordinator({ body: from });
    const own = await app.as(person);
    expect((await own.post('affiliations', { bodyId: to.id })).body).toMatchObject({ status: 'pending', body: { name: 'La Spezia' } });
    expect((await own.post('affiliations', { bodyId: to.id })).body['code']).toBe('affiliation-open');
    const coordinator = await aCoordinator({ body: to });
    const wish = (await queueOf(coordinator))[0];
    expect(wish?.currentBody).toMatchObject({ name: 'Savona' });
    await (await app.as(coordinator)).put(`affiliations/${wish?.id}/decision`, { decision: 'approved' });
    expect(await bodyOf(person)).toBe(to.id);
    await app.settled();
    expect((await own.get('people')).status).toBe(403);
  });

  it('is withdrawn by who made it, and by nobody else', async () => {
    const person = await aPerson({ body: null });
    const id = await aWish(person, await aProvince('Varese'));
    expect((await (await app.as(await aPerson())).delete(`affiliations/${id}`)).status).toBe(404);
    const own = await app.as(person);
    expect((await own.delete(`affiliations/${id}`)).status).toBe(200);
    expect((await own.delete(`affiliations/${id}`)).body['code']).toBe('affiliation-decided');
    expect((await own.post('affiliations', { bodyId: (await aProvince('Como')).id })).status).toBe(201);
  });

  it('is granted at once by a declared domain, and refused for the body she has', async () => {
    const province = await aProvince('Sondrio');
    const person = await aPerson({ email: 'x@provincia.sondrio.example' });
    await database()('body_domains').insert({ domain: 'provincia.sondrio.example', body_id: province.id });
    const own = await app.as(person);
    expect((await own.post('affiliations', { bodyId: province.id })).body).toMatchObject({ status: 'approved' });
    expect((await (await app.as(person)).post('affiliations', { bodyId: province.id })).body['code']).toBe('affiliation-same');
  });
});

describe('people', () => {
  it("are those of one's bodies, page after page, as an Italian sorts, found by part of a name", async () => {
    const province = await aProvince('Bergamo');
    const town = await aMunicipality(province);
    const names = ['Zanetti', 'De Luca', 'Àvila', 'de Santis', 'Bianchi'];
    for (const family_name of names) await aPerson({ body: family_name === 'Bianchi' ? town : province, family_name, given_name: 'Niccolò' });
    const outsider = await aPerson({ family_name: 'Bianchi' });
    const coordinator = await aCoordinator({ body: province, family_name: 'Zzz' });
    const browser = await app.as(coordinator);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { items: Person[]; next: string | null } = (await browser.get<{ items: Person[]; next: string | null }>(`people?limit=2${cursor ? `&cursor=${cursor}` : ''}`)).body;
      seen.push(...page.items.map(({ familyName }) => familyName));
      cursor = page.next;
    }
    expect(seen).toEqual(['Àvila', 'Bianchi', 'De Luca', 'de Santis', 'Zanetti', 'Zzz']);
    expect((await browser.get<{ items: Person[] }>('people?q=avila+NICCOLO')).body.items.map(({ familyName }) => familyName)).toEqual(['Àvila']);
    expect((await browser.get<{ items: Person[] }>(`people?bodyId=${town.id}`)).body.items).toHaveLength(1);
    expect((await browser.get<{ items: Person[] }>('people?role=coordinator')).body.items.map(({ familyName }) => familyName)).toEqual(['Zzz']);
    // There is an outsider, and she is not found
    expect((await browser.get(`people/${outsider.id}`)).status).toBe(404);
    const admin = await app.as(await anAdministrator());
    expect((await admin.get(`people/${outsider.id}`)).body).toMatchObject({ familyName: 'Bianchi', abilities: { suspend: true, grantRoles: true } });
    expect((await browser.get('people?cursor=nonsense')).body['code']).toBe('bad-cursor');
  });

  it('are shown without any secret, and to nobody who coordinates nothing', async () => {
    const coordinator = await aCoordinator({ body: await aProvince('Lecco') });
    const text = JSON.stringify((await (await app.as(coordinator)).get(`people/${coordinator.id}`)).body);
    expect(text).toContain(coordinator.email);
    expect(text).not.toMatch(/hash|digest|password/);
    expect((await (await app.as(await aPerson())).get('people')).status).toBe(403);
    expect((await app.anonymous().get('people')).status).toBe(401);
  });

  it('are told apart by where they stand', async () => {
    const admin = await app.as(await anAdministrator());
    const waiting = await aPerson({ body: null, family_name: 'Inattesa' });
    const list = async (state: string) => (await admin.get<{ items: Person[] }>(`people?q=inattesa&state=${state}`)).body.items.length;
    expect([await list('waiting'), await list('active'), await list('unconfirmed'), await list('suspended')]).toEqual([1, 0, 0, 0]);
    await database()('people').where({ id: waiting.id }).update({ suspended_at: new Date() });
    expect([await list('waiting'), await list('suspended')]).toEqual([0, 1]);
  });
});

describe('roles', () => {
  it('are given by UPI once, told to the person, and taken back', async () => {
    const province = await aProvince('Lodi');
    const person = await aPerson({ body: province });
    const own = await app.as(person);
    const admin = await app.as(await anAdministrator());
    expect((await own.get('people')).status).toBe(403);
    const grant = { personId: person.id, role: 'coordinator', scope: 'body', scopeId: province.id };
    const given = await admin.post<{ id: string }>('roles', grant);
    expect(given.status).toBe(201);
    expect((await admin.post<{ id: string }>('roles', grant)).body.id).toBe(given.body.id);
    expect((await own.get('people')).status).toBe(200);
    await app.settled();
    expect((await own.get<{ items: { title: string }[] }>('notices')).body.items.map(({ title }) => title)).toEqual(['Hai il ruolo di referente: Provincia di Lodi']);
    expect((await own.get('me/profile')).body).toMatchObject({ roles: [{ role: 'coordinator', place: 'Provincia di Lodi' }] });
    expect((await own.get('me')).body).toMatchObject({ actor: { body: { name: 'Lodi', kind: 'province' } } });
    expect((await admin.delete(`roles/${given.body.id}`)).status).toBe(200);
    expect((await own.get('people')).status).toBe(403);
    expect((await admin.delete(`roles/${given.body.id}`)).status).toBe(404);
  });

  it('are held only where they make sense, by who can sign in', async () => {
    const admin = await app.as(await anAdministrator());
    const person = await aPerson();
    const attempt = async (more: Record<string, unknown>) => {
      const { status, body } = await admin.post('roles', { personId: person.id, role: 'coordinator', scope: 'body', scopeId: person.body_id, ...more });
      return [status, (body['errors'] as { code: string }[])[0]?.code ?? body['code']];
    };
    expect(await attempt({ scope: 'platform', scopeId: null })).toEqual([422, 'role-scope']);
    expect(await attempt({ role: 'admin', scope: 'platform' })).toEqual([422, 'role-place']);
    expect(await attempt({ scopeId: '0190c7d0-0000-7000-8000-000000000000' })).toEqual([422, 'role-place']);
    expect(await attempt({ personId: '0190c7d0-0000-7000-8000-000000000000' })).toEqual([404, 'not-found']);
    expect(await attempt({ personId: (await aPerson({ body: null })).id })).toEqual([409, 'role-without-body']);
    await database()('people').where({ id: person.id }).update({ confirmed_at: null });
    expect(await attempt({})).toEqual([409, 'role-not-active']);
    expect((await (await app.as(await aCoordinator())).post('roles', { personId: person.id, role: 'admin', scope: 'platform' })).status).toBe(403);
  });

  it('never leave the platform without an administrator, also when two suspend each other', async () => {
    await database()('roles').where({ role: 'admin' }).whereNull('revoked_at').update({ revoked_at: new Date() });
    const [one, two] = [await anAdministrator(), await anAdministrator()];
    const [browserOne, browserTwo] = [await app.as(one), await app.as(two)];
    const suspend = (browser: TestClient, person: BuiltPerson) => browser.put(`people/${person.id}/suspension`, { reason: 'Si tolgono a vicenda' });
    const answers = await Promise.all([suspend(browserOne, two), suspend(browserTwo, one)]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await database()('people').whereIn('id', [one.id, two.id]).whereNull('suspended_at')).toHaveLength(1);
  });

  it('never leave the platform without an administrator, also when two remove each other', async () => {
    await database()('roles').where({ role: 'admin' }).whereNull('revoked_at').update({ revoked_at: new Date() });
    const [one, two] = [await anAdministrator(), await anAdministrator()];
    const roleOf = async (person: BuiltPerson) => ((await database()('roles').where({ person_id: person.id, role: 'admin' }).first('id')) as { id: string }).id;
    const [browserOne, browserTwo] = [await app.as(one), await app.as(two)];
    const [roleOne, roleTwo] = [await roleOf(one), await roleOf(two)];
    const answers = await Promise.all([browserOne.delete(`roles/${roleTwo}`), browserTwo.delete(`roles/${roleOne}`)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await database()('roles').where({ role: 'admin' }).whereNull('revoked_at').count('* as n').first()).toEqual({ n: 1 });
  });

  it('begin with an administrator made by a command, who chooses her password by the link', async () => {
    const secret = await createAdministrator('prima@upi.example', { givenName: 'Prima', familyName: 'Amministratrice' });
    await createAdministrator('prima@upi.example', { givenName: 'Prima', familyName: 'Amministratrice' });
    expect((await app.anonymous().put('password-resets', { token: secret, password: 'cinque cani rossi' })).status).toBe(200);
    const browser = app.anonymous();
    expect((await browser.post('sessions', { email: 'prima@upi.example', password: 'cinque cani rossi' })).body['actor']).toMatchObject({ abilities: { administer: true }, body: { name: "Unione delle Province d'Italia" } });
    expect((await browser.get('mails')).status).toBe(200);
  });
});

describe('the audit', () => {
  it('tells a coordinator what concerns her bodies, and UPI everything', async () => {
    const province = await aProvince('Mantova');
    const [person, elsewhere] = [await aPerson({ body: province }), await aPerson({ body: await aProvince('Pavia') })];
    const admin = await app.as(await anAdministrator({ family_name: 'Controllo' }));
    for (const { id } of [person, elsewhere]) await admin.put(`people/${id}/suspension`, { reason: 'Prova del registro' });
    const entries = async (browser: { get: typeof admin.get }) => (await browser.get<{ items: AuditEntry[] }>('audit-entries')).body.items;
    const mine = await entries(await app.as(await aCoordinator({ body: province })));
    expect(mine).toMatchObject([{ act: 'person.suspend', actor: { name: 'Anna Controllo' }, subject: { kind: 'person', id: person.id, name: `Anna ${person.family_name}` }, body: { name: 'Mantova' }, details: { reason: 'Prova del registro' } }]);
    const ids = (await entries(admin)).map(({ subject }) => subject.id);
    expect(ids).toEqual(expect.arrayContaining([person.id, elsewhere.id]));
    expect((await (await app.as(await aPerson())).get('audit-entries')).status).toBe(403);
  });
});

describe('what the audit was about', () => {
  it('is named: person and course of an enrolment and of a certificate, course of an edition', async () => {
    const province = await aProvince('Ferrara');
    const course = await aCourse({ title: 'Appalti a Ferrara' });
    const enrolment = await anEnrolment({ person: await aPerson({ body: province, given_name: 'Lia', family_name: 'Lodigiana' }), edition: await anEdition({ course }) });
    const administrator = await anAdministrator();
    const certificate = await aCertificate({ title: 'Europa a Ferrara' });
    const holder = certificate.enrolment.person;
    const row = (act: string, kind: string, id: string) => ({ actor_id: administrator.id, act, subject_kind: kind, subject_id: id, body_id: province.id, details: '{}' });
    await database()('audit_entries').insert([row('enrolment.enrol', 'enrolment', enrolment.id), row('certificate.revoke', 'certificate', certificate.id), row('edition.create', 'edition', enrolment.edition.id)]);
    const { body } = await (await app.as(await aCoordinator({ body: province }))).get<{ items: AuditEntry[] }>('audit-entries');
    expect(body.items.map(({ subject }) => subject.name)).toEqual(['Appalti a Ferrara', `${holder.given_name} ${holder.family_name}, Europa a Ferrara`, 'Lia Lodigiana, Appalti a Ferrara']);
  });
});

describe('declared domains', () => {
  it('are declared and withdrawn by UPI, never one that anybody can have, never twice', async () => {
    const admin = await app.as(await anAdministrator());
    const [province, other] = [await aProvince('Cremona'), await aProvince('Brescia')];
    expect((await admin.put(`bodies/${province.id}/domains/Provincia.Cremona.Example`)).body).toMatchObject({ domain: 'provincia.cremona.example', body: { name: 'Cremona' } });
    expect((await admin.put(`bodies/${province.id}/domains/provincia.cremona.example`)).status).toBe(200);
    expect((await admin.put(`bodies/${other.id}/domains/provincia.cremona.example`)).body['code']).toBe('domain-taken');
    expect((await admin.put(`bodies/${other.id}/domains/gmail.com`)).body['errors']).toMatchObject([{ code: 'domain-public' }]);
    expect((await admin.put(`bodies/${other.id}/domains/nodomain`)).status).toBe(404);
    expect((await admin.get<{ items: { domain: string }[] }>(`body-domains?bodyId=${province.id}`)).body.items.map(({ domain }) => domain)).toEqual(['provincia.cremona.example']);
    expect((await admin.delete(`bodies/${other.id}/domains/provincia.cremona.example`)).status).toBe(404);
    expect((await admin.delete(`bodies/${province.id}/domains/provincia.cremona.example`)).status).toBe(200);
    expect((await (await app.as(await aCoordinator())).put(`bodies/${province.id}/domains/a.example`)).status).toBe(403);
  });
});
