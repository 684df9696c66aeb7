import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hash } from '@node-rs/argon2';
import { io, type Socket } from 'socket.io-client';
import type { Session } from '../contract/accounts.ts';
import { database } from '../database/connection.ts';
import { aProvince } from '../territory/factory.ts';
import { startTestApp, type TestApp, type TestClient } from '../testing/app.ts';
import { anAdministrator, aPerson } from './factory.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const PASSWORD = 'quattro gatti verdi';
const withPassword = async () => {
  const person = await aPerson();
  await database()('people').where({ id: person.id }).update({ password_hash: await hash(PASSWORD) });
  return person;
};
const signedIn = async (email: string) => {
  const browser = app.anonymous();
  expect((await browser.post('sessions', { email, password: PASSWORD })).status).toBe(201);
  return browser;
};
const sessionsOf = async (browser: TestClient) => (await browser.get<{ items: Session[] }>('sessions')).body.items;

async function connected(browser: TestClient): Promise<Socket> {
  const socket = io(`${app.url}/app`, { extraHeaders: { cookie: browser.cookieHeader }, transports: ['websocket'], reconnection: false });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return socket;
}
const cut = (socket: Socket) => new Promise<void>((resolve) => void socket.once('disconnect', () => resolve()));

describe('sign-in', () => {
  it('does not tell a wrong password from an unknown address', async () => {
    const person = await withPassword();
    const wrong = await app.anonymous().post('sessions', { email: person.email, password: 'no' });
    const unknown = await app.anonymous().post('sessions', { email: 'nobody@example.it', password: 'no' });
    expect(wrong.status).toBe(401);
    expect({ ...wrong.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' });
    // An account without a password, as an administrator's before the first link, has none that fits
    expect((await app.anonymous().post('sessions', { email: (await aPerson()).email, password: 'no' })).status).toBe(401);
  });

  it('ends with sign-out', async () => {
    const browser = await signedIn((await withPassword()).email);
    const cookie = browser.cookieHeader;
    expect((await browser.delete('sessions/current')).status).toBe(200);
    expect(browser.cookieHeader).toBe('');
    // The cookie that somebody kept opens nothing either
    const thief = app.anonymous().setCookie('pico_session', cookie.split('=')[1] ?? '');
    expect((await thief.get('sessions')).status).toBe(401);
    expect((await app.anonymous().delete('sessions/current')).status).toBe(200);
  });

  it('lasts thirty days from the last use', async () => {
    const person = await withPassword();
    const browser = await signedIn(person.email);
    await database().raw("update sessions set seen_at = now() - interval '29 days', expires_at = now() + interval '1 day' where person_id = ?", [person.id]);
    expect((await browser.get('sessions')).status).toBe(200);
    const row = (await database()('sessions').where({ person_id: person.id }).first(database().raw("expires_at > now() + interval '29 days' as moved"))) as { moved: boolean };
    expect(row.moved).toBe(true);
    await database().raw("update sessions set expires_at = now() - interval '1 second' where person_id = ?", [person.id]);
    expect((await browser.get('sessions')).status).toBe(401);
  });
});

describe('own sessions', () => {
  it('are listed with where they are used, and end one by one, with their sockets', async () => {
    const person = await withPassword();
    const [here, there] = [await signedIn(person.email), await signedIn(person.email)];
    const socket = await connected(there);
    const sessions = await sessionsOf(here);
    expect(sessions.map(({ current }) => current).sort()).toEqual([false, true]);
    expect(JSON.stringify(sessions)).not.toContain('digest');
    const other = sessions.find(({ current }) => !current);
    const gone = cut(socket);
    expect((await here.delete(`sessions/${other?.id}`)).status).toBe(200);
    await gone;
    expect((await there.get('sessions')).status).toBe(401);
    expect((await here.delete(`sessions/${other?.id}`)).status).toBe(404);
  });

  it('are nobody else’s: a stranger’s session is not found and goes on', async () => {
    const [mine, theirs] = [await signedIn((await withPassword()).email), await signedIn((await withPassword()).email)];
    const [target] = await sessionsOf(theirs);
    expect((await mine.delete(`sessions/${target?.id}`)).status).toBe(404);
    expect((await theirs.get('sessions')).status).toBe(200);
  });

  it('all end but this one', async () => {
    const person = await withPassword();
    const [here, there] = [await signedIn(person.email), await signedIn(person.email)];
    expect((await here.delete('sessions')).body).toEqual({ ended: 1 });
    expect((await there.get('sessions')).status).toBe(401);
    expect((await here.get('sessions')).status).toBe(200);
  });
});

describe('the own profile', () => {
  it('changes name, job title and language; a change of name is noted', async () => {
    const person = await aPerson({ language: 'it' });
    const browser = await app.as(person);
    const changed = await browser.patch('me/profile', { givenName: 'Annalisa', jobTitle: 'Funzionaria', language: 'en' });
    expect(changed.body).toMatchObject({ givenName: 'Annalisa', familyName: person.family_name, jobTitle: 'Funzionaria', language: 'en', body: { name: 'Treviso', kind: 'province' } });
    expect(browser.cookieHeader).toContain('lingua=en');
    expect((await browser.patch('me/profile', { jobTitle: '' })).body).toMatchObject({ jobTitle: null, language: 'en' });
    const noted = (await database()('audit_entries').where({ subject_id: person.id })) as { act: string }[];
    expect(noted.map(({ act }) => act)).toEqual(['person.rename']);
    expect((await browser.patch('me/profile', { givenName: '' })).status).toBe(422);
    // What is not hers to change is not even looked at
    await browser.patch('me/profile', { body_id: null, email: 'other@example.it', suspended_at: null });
    expect((await browser.get('me/profile')).body).toMatchObject({ email: person.email });
  });

  it('changes the password with the present one, and ends the other sessions', async () => {
    const person = await withPassword();
    const [here, there] = [await signedIn(person.email), await signedIn(person.email)];
    const wrong = await here.put('me/password', { current: 'no', next: 'cinque cani rossi' });
    expect(wrong.body['errors']).toMatchObject([{ path: 'body.current', code: 'password-wrong' }]);
    expect((await here.put('me/password', { current: PASSWORD, next: 'corta' })).status).toBe(422);
    expect((await here.put('me/password', { current: PASSWORD, next: 'cinque cani rossi' })).status).toBe(200);
    expect((await there.get('sessions')).status).toBe(401);
    expect((await here.get('sessions')).status).toBe(200);
    expect((await app.anonymous().post('sessions', { email: person.email, password: PASSWORD })).status).toBe(401);
  });

  it('counts the unread notices for every page', async () => {
    const person = await aPerson({ body: await aProvince('Asti') });
    await database()('notices').insert(['a', 'b'].map((key) => ({ person_id: person.id, kind: 'role-other', key: `test:${person.id}:${key}` })));
    expect((await (await app.as(person)).get('me')).body['actor']).toMatchObject({ unreadNotices: 2, body: { name: 'Asti' } });
  });
});

describe('suspension', () => {
  it('shuts a person out everywhere at once, and lets her in again', async () => {
    const person = await withPassword();
    const admin = await app.as(await anAdministrator());
    const browser = await signedIn(person.email);
    const socket = await connected(browser);
    const gone = cut(socket);
    expect((await admin.put(`people/${person.id}/suspension`, { reason: 'Ha lasciato l’ente' })).body).toMatchObject({ abilities: { suspend: false, reinstate: true, grantRoles: false } });
    await gone;
    expect((await browser.get('sessions')).status).toBe(401);
    expect((await app.anonymous().post('sessions', { email: person.email, password: PASSWORD })).body['code']).toBe('account-suspended');
    // A wrong password does not learn that the account exists
    expect((await app.anonymous().post('sessions', { email: person.email, password: 'no' })).body['code']).toBe('wrong-credentials');
    expect((await admin.put(`people/${person.id}/suspension`, { reason: 'Ancora' })).body['code']).toBe('suspension-same');
    expect((await admin.delete(`people/${person.id}/suspension`)).status).toBe(200);
    await signedIn(person.email);
  });

  it('is never of oneself, and needs a reason', async () => {
    const person = await anAdministrator();
    const admin = await app.as(person);
    expect((await admin.put(`people/${person.id}/suspension`, { reason: 'Prova' })).body['code']).toBe('suspension-own');
    expect((await admin.put(`people/${(await aPerson()).id}/suspension`, { reason: '' })).status).toBe(422);
    expect((await admin.delete(`people/${(await aPerson()).id}/suspension`)).body['code']).toBe('suspension-same');
  });
});
