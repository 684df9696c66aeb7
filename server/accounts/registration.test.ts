import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { database } from '../database/connection.ts';
import { clock } from '../gateways/clock.ts';
import { aMunicipality, aProvince } from '../territory/factory.ts';
import { startTestApp, type TestApp, type TestReply } from '../testing/app.ts';
import { aCoordinator, aPerson } from './factory.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const PASSWORD = 'quattro gatti verdi';
let count = 0;
const registration = async (overrides: Record<string, unknown> = {}) => ({
  givenName: 'Lucia', familyName: 'Bianchi', email: `lucia${(count += 1)}@provincia.example`, password: PASSWORD, bodyId: (await aProvince()).id, language: 'it', ...overrides,
});

interface Mail {
  key: string;
  subject: string;
  body_text: string;
  body_html: string;
}
const mailsTo = async (email: string) => (await database()('mails').where('to_address', email).orderBy('id')) as Mail[];
const secretIn = (mail: Mail | undefined) => /codice=([\w-]+)/.exec(mail?.body_text ?? '')?.[1] ?? '';
const codeOf = ({ body }: TestReply<Record<string, unknown>>) => body['code'];
const fields = ({ body }: TestReply<Record<string, unknown>>) => (body['errors'] as { path: string; code: string; message: string }[]).map(({ path, code }) => [path, code]);

/** Registered and confirmed through the mail, as a person does. */
async function registered(overrides: Record<string, unknown> = {}) {
  const input = await registration(overrides);
  expect((await app.anonymous().post('registrations', input)).status).toBe(202);
  await app.settled();
  const [mail] = await mailsTo(input.email);
  const confirmed = await app.anonymous().post('confirmations', { token: secretIn(mail) });
  await app.settled();
  return { input, confirmed };
}

describe('registration', () => {
  it('mails a link that confirms the address, and then lets her in', async () => {
    const input = await registration();
    const browser = app.anonymous();
    expect(await browser.post('registrations', input)).toMatchObject({ status: 202, body: {} });
    await app.settled();
    const mails = await mailsTo(input.email);
    expect(mails.map(({ subject }) => subject)).toEqual(['Conferma il tuo indirizzo']);
    expect(mails[0]?.body_html).toContain('/conferma#codice=');
    // Not before she has confirmed
    expect(codeOf(await browser.post('sessions', { email: input.email, password: PASSWORD }))).toBe('address-not-confirmed');
    const confirmed = await browser.post('confirmations', { token: secretIn(mails[0]) });
    expect(confirmed).toMatchObject({ status: 200, body: { affiliation: 'pending', body: { name: 'Treviso', kind: 'province' } } });
    const signedIn = await browser.post('sessions', { email: input.email.toUpperCase(), password: PASSWORD });
    expect(signedIn).toMatchObject({ status: 201, body: { actor: { givenName: 'Lucia', body: null, pendingBody: { name: 'Treviso' } } } });
    expect(signedIn.headers.get('set-cookie')).toMatch(/pico_session=.+HttpOnly; SameSite=Lax/);
    expect((await browser.get('me')).body['actor']).toMatchObject({ email: input.email });
  });

  it('keeps of the secrets nothing that opens a door', async () => {
    const { input } = await registered();
    const row = (await database()('people').where({ email: input.email }).first('password_hash')) as { password_hash: string };
    expect(row.password_hash).toMatch(/^\$argon2id\$/);
    const tokens = (await database()('mail_tokens').select('digest')) as { digest: Buffer }[];
    const [mail] = await mailsTo(input.email);
    expect(tokens.some(({ digest }) => digest.toString('utf8').includes(secretIn(mail)))).toBe(false);
  });

  it('answers the same for an address that has an account, and tells its owner', async () => {
    const owner = await aPerson();
    const before = await database()('people').count('* as n').first();
    const answer = await app.anonymous().post('registrations', await registration({ email: owner.email.toUpperCase() }));
    expect(answer).toMatchObject({ status: 202, body: {} });
    await app.settled();
    expect(await database()('people').count('* as n').first()).toEqual(before);
    expect((await mailsTo(owner.email)).map(({ subject }) => subject)).toEqual(['Hai già un profilo in Pi.Co.']);
  });

  it('lets the owner of an unconfirmed address choose the password anew: who registered first may have been somebody else', async () => {
    const input = await registration();
    await app.anonymous().post('registrations', { ...input, password: 'scelta da un altro' });
    await app.anonymous().post('registrations', input);
    await app.settled();
    const mails = await mailsTo(input.email);
    expect(mails.map(({ subject }) => subject)).toEqual(['Conferma il tuo indirizzo', 'Completa la registrazione']);
    expect((await app.anonymous().put('password-resets', { token: secretIn(mails[1]), password: PASSWORD })).status).toBe(200);
    expect(codeOf(await app.anonymous().post('sessions', { email: input.email, password: 'scelta da un altro' }))).toBe('wrong-credentials');
    expect((await app.anonymous().post('sessions', { email: input.email, password: PASSWORD })).status).toBe(201);
  });

  it('refuses everything wrong at once, in the language of the person', async () => {
    const browser = app.anonymous().setCookie('lingua', 'en');
    const refused = await browser.post('registrations', { givenName: ' ', familyName: 'B', email: 'nobody', password: 'short', bodyId: 'x', language: 'de' });
    expect(refused.status).toBe(422);
    expect(fields(refused).map(([path]) => path)).toEqual(['body.givenName', 'body.email', 'body.password', 'body.bodyId', 'body.language']);
    expect((refused.body['errors'] as { message: string }[])[2]?.message).toBe('The password must have at least 12 characters.');
  });

  it.each(['aaaaaaaaaaaa', '123456789012', 'Provincia2026!', 'qwertyuiopas', 'abcabcabcabc', 'Lucia.Bianchi1', 'bianchilucia99', 'Password123456'])('refuses the trivial password %s', async (password) => {
    expect(fields(await app.anonymous().post('registrations', await registration({ password })))).toEqual([['body.password', 'password-trivial']]);
  });

  it('refuses a body that is no more, or that administers nothing', async () => {
    for (const istat_code of ['090', '030']) {
      const { id } = (await database()('bodies').where({ istat_code }).first('id')) as { id: string };
      expect(fields(await app.anonymous().post('registrations', await registration({ bodyId: id })))).toEqual([['body.bodyId', 'body-unknown']]);
    }
    expect(fields(await app.anonymous().post('registrations', await registration({ bodyId: '0190c7d0-0000-7000-8000-000000000000' })))).toEqual([['body.bodyId', 'body-unknown']]);
  });
});

describe('confirmation', () => {
  it('finds it done when the same link is opened again', async () => {
    const { input, confirmed } = await registered();
    const [mail] = await mailsTo(input.email);
    expect(await app.anonymous().post('confirmations', { token: secretIn(mail) })).toMatchObject({ status: 200, body: confirmed.body });
  });

  it('refuses an unknown link and one older than two days', async () => {
    expect(codeOf(await app.anonymous().post('confirmations', { token: 'nothing' }))).toBe('link-expired');
    const input = await registration();
    await app.anonymous().post('registrations', input);
    await app.settled();
    const [mail] = await mailsTo(input.email);
    clock.advance(49 * 3_600_000);
    const late = await app.anonymous().post('confirmations', { token: secretIn(mail) });
    clock.reset();
    expect(late).toMatchObject({ status: 410, body: { code: 'link-expired' } });
    expect((await app.anonymous().post('confirmations', { token: secretIn(mail) })).status).toBe(200);
  });

  it('sends the link again, to who waits for it alone, and not without end', async () => {
    const input = await registration();
    await app.anonymous().post('registrations', input);
    for (let i = 0; i < 6; i += 1) expect((await app.anonymous().post('confirmation-requests', { email: input.email })).status).toBe(202);
    await app.settled();
    expect(await mailsTo(input.email)).toHaveLength(5);
    const confirmed = await aPerson();
    expect((await app.anonymous().post('confirmation-requests', { email: confirmed.email })).status).toBe(202);
    expect((await app.anonymous().post('confirmation-requests', { email: 'nobody@example.it' })).status).toBe(202);
    await app.settled();
    expect(await mailsTo(confirmed.email)).toHaveLength(0);
  });

  it('admits her at once when the body has declared the domain of her address, or one above it', async () => {
    const province = await aProvince('Belluno');
    await database()('body_domains').insert({ domain: 'provincia.belluno.example', body_id: province.id });
    for (const email of ['a@provincia.belluno.example', 'b@ufficio.provincia.belluno.example']) {
      const { confirmed } = await registered({ email, bodyId: province.id });
      expect(confirmed.body).toMatchObject({ affiliation: 'approved', body: { name: 'Belluno' } });
      expect(await database()('people').where({ email }).first('body_id')).toEqual({ body_id: province.id });
      expect((await mailsTo(email)).at(-1)?.subject).toBe('Richiesta approvata: Provincia di Belluno');
    }
    // Not of another body, not by an address that only ends alike
    expect((await registered({ email: 'c@provincia.belluno.example' })).confirmed.body).toMatchObject({ affiliation: 'pending' });
    expect((await registered({ email: 'd@falsaprovincia.belluno.example', bodyId: province.id })).confirmed.body).toMatchObject({ affiliation: 'pending' });
  });

  it("tells the body's coordinators once the address is confirmed, also those of a municipality's Province", async () => {
    const province = await aProvince('Rovigo');
    const town = await aMunicipality(province);
    const coordinator = await aCoordinator({ body: province });
    const stranger = await aCoordinator({ body: await aProvince('Padova') });
    const input = await registration({ bodyId: town.id });
    await app.anonymous().post('registrations', input);
    await app.settled();
    expect(await mailsTo(coordinator.email)).toHaveLength(0);
    const [mail] = await mailsTo(input.email);
    await app.anonymous().post('confirmations', { token: secretIn(mail) });
    await app.settled();
    expect((await mailsTo(coordinator.email)).map(({ subject }) => subject)).toEqual([`Una richiesta di adesione: Comune di ${town.name}`]);
    expect(await mailsTo(stranger.email)).toHaveLength(0);
  });
});

describe('a forgotten password', () => {
  it('is chosen anew by a link that works once, and every session ends', async () => {
    const { input } = await registered();
    const old = app.anonymous();
    await old.post('sessions', { email: input.email, password: PASSWORD });
    expect((await old.get('sessions')).status).toBe(200);
    expect((await app.anonymous().post('password-resets', { email: input.email })).status).toBe(202);
    await app.settled();
    const mail = (await mailsTo(input.email)).at(-1);
    expect(mail?.subject).toBe('Scegli una nuova password');
    const token = secretIn(mail);
    expect(fields(await app.anonymous().put('password-resets', { token, password: 'luciabianchi' }))).toEqual([['body.password', 'password-trivial']]);
    expect((await app.anonymous().put('password-resets', { token, password: 'cinque cani rossi' })).status).toBe(200);
    expect((await old.get('sessions')).status).toBe(401);
    expect((await app.anonymous().post('sessions', { email: input.email, password: PASSWORD })).status).toBe(401);
    expect((await app.anonymous().post('sessions', { email: input.email, password: 'cinque cani rossi' })).status).toBe(201);
    expect(codeOf(await app.anonymous().put('password-resets', { token, password: 'sei topi gialli' }))).toBe('link-expired');
  });

  it('does not tell whether an address is known, and expires after two hours', async () => {
    expect(await app.anonymous().post('password-resets', { email: 'nobody@example.it' })).toMatchObject({ status: 202, body: {} });
    const { input } = await registered();
    await app.anonymous().post('password-resets', { email: input.email });
    await app.settled();
    const token = secretIn((await mailsTo(input.email)).at(-1));
    clock.advance(121 * 60_000);
    const late = await app.anonymous().put('password-resets', { token, password: 'cinque cani rossi' });
    clock.reset();
    expect(late.status).toBe(410);
  });

  it('does not take a link of the other kind', async () => {
    const input = await registration();
    await app.anonymous().post('registrations', input);
    await app.settled();
    const token = secretIn((await mailsTo(input.email))[0]);
    expect((await app.anonymous().put('password-resets', { token, password: 'cinque cani rossi' })).status).toBe(410);
  });
});

describe('rate limits', () => {
  it('stop who guesses the password of one account, right or wrong, wherever she comes from', async () => {
    const { input } = await registered();
    for (let i = 0; i < 10; i += 1) expect(codeOf(await app.anonymous().post('sessions', { email: input.email, password: 'sbagliata sbagliata' }))).toBe('wrong-credentials');
    const stopped = await app.anonymous().post('sessions', { email: input.email, password: PASSWORD });
    expect(stopped).toMatchObject({ status: 429, body: { code: 'too-many-requests' } });
    expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(600);
    // Somebody else's account is not touched
    const other = await registered();
    expect((await app.anonymous().post('sessions', { email: other.input.email, password: PASSWORD })).status).toBe(201);
  });

  it('stop who tries many passwords at once as who tries them one after the other', async () => {
    const { input } = await registered();
    const replies = await Promise.all(Array.from({ length: 40 }, () => app.anonymous().post('sessions', { email: input.email, password: 'sbagliata sbagliata' })));
    expect(replies.filter(({ status }) => status === 401)).toHaveLength(10);
    expect(replies.filter(({ status }) => status === 429)).toHaveLength(30);
  });

  it('hold nobody up: more requests at once for one address than the database has connections', async () => {
    const { input } = await registered();
    const replies = await Promise.all(Array.from({ length: 20 }, () => app.anonymous().post('password-resets', { email: input.email })));
    expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 202));
    await app.settled();
    const resets = (await mailsTo(input.email)).filter(({ subject }) => subject === 'Scegli una nuova password');
    expect(resets).toHaveLength(4);
  });

  it('flood no mailbox of who has an account already, and a name carries no address of a site', async () => {
    const { input } = await registered();
    for (let i = 0; i < 7; i += 1) await app.anonymous().post('registrations', input);
    await app.settled();
    expect((await mailsTo(input.email)).filter(({ subject }) => subject !== 'Conferma il tuo indirizzo')).toHaveLength(4);
    for (const givenName of ['https://evil.example', 'Vinci su evil.example', 'a@b']) expect(codeOf(await app.anonymous().post('registrations', { ...input, givenName }))).toBe('invalid');
    for (const givenName of ['Anna M. Rosa', 'D’Ávila-Łuk', "dell'Orto"]) expect((await app.anonymous().post('registrations', { ...input, givenName })).status).toBe(202);
  });
});
