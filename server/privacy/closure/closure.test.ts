import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { io } from 'socket.io-client';
import { aCoordinator, anAdministrator, aPerson, aTrainer, type BuiltPerson } from '../../accounts/factory.ts';
import { hashPassword } from '../../accounts/password.ts';
import { aCertificate } from '../../certificates/factory.ts';
import { aDocument } from '../../community/documents/factory.ts';
import { aMember, aModerator, aNetwork, aReply, aThread, type BuiltNetwork } from '../../community/factory.ts';
import { aDraft, aPublished } from '../../community/practices/factory.ts';
import { anEdition } from '../../courses/factory.ts';
import { database } from '../../database/connection.ts';
import { transaction } from '../../database/transaction.ts';
import { anEnrolment } from '../../learning/factory.ts';
import { checkStatistics, recountStatistics } from '../../statistics/recount-statistics.ts';
import { aProvince } from '../../territory/factory.ts';
import { startTestApp, type TestApp, type TestClient } from '../../testing/app.ts';
import { aSeat, aStaff, aWebinar } from '../../webinars/factory.ts';
import { accepted, MediaClient } from '../../webinars/media/factory.ts';
import { forgetPerson } from './forget-person.ts';

const PASSWORD = 'una frase lunga e sua';
/** No word of any language, so that whatever contains it is about her; with an apostrophe, which is written in several ways. */
const NAME = { given_name: 'Zwyndola', family_name: 'D’Qvistemberg' };
const FULL = `${NAME.given_name} ${NAME.family_name}`;
const EMAIL = 'zwyndola.qvistemberg@provincia.treviso.example';

/** Where her name stays, and why. */
const STAYS: Record<string, string> = {
  'certificates.snapshot': 'what the issued document says: the administration proves who was trained, anybody checks it',
  'certificates.signed': 'the same, in the QR code of a printed document',
  'presence_log.reason': 'the register is kept by law and sealed: what a trainer signed cannot be written anew without breaking the seal',
  'account_closures.given_name': 'she has hours: the register of an edition names who was trained',
  'account_closures.family_name': 'the same',
};

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  await anAdministrator();
});
afterAll(() => app.close());

const close = (client: TestClient, password = PASSWORD) => client.put('me/closure', { password });
async function withPassword(overrides: Parameters<typeof aPerson>[0] = {}): Promise<BuiltPerson> {
  const person = await aPerson(overrides);
  await database()('people').where('id', person.id).update({ password_hash: await hashPassword(PASSWORD) });
  return person;
}
async function done<T>(reply: Promise<{ status: number; body: T }>): Promise<T> {
  const { status, body } = await reply;
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
}

/** `table.column` of every place of the database, jobs included, in which one of these words stands. */
async function grep(words: string[]): Promise<string[]> {
  const { rows: tables } = await database().raw<{ rows: { place: string; name: string; columns: string[] }[] }>(
    `select quote_ident(table_schema) || '.' || quote_ident(table_name) as place, table_name as name, array_agg(column_name::text) as columns from information_schema.columns
      join information_schema.tables using (table_schema, table_name) where table_schema in ('public', 'bullmq') and table_type = 'BASE TABLE' group by 1, 2 order by 1`);
  const likes = words.map((word) => `%${word.toLowerCase()}%`);
  const found: string[] = [];
  for (const { place, name, columns } of tables) {
    const each = columns.map((column) => `count(*) filter (where lower(x."${column}"::text) like any(:likes))::int as "${column}"`).join(', ');
    const { rows: [counts] } = await database().raw<{ rows: Record<string, number>[] }>(`select ${each} from ${place} x`, { likes });
    found.push(...Object.entries(counts ?? {}).flatMap(([column, count]) => (count > 0 ? [`${name}.${column}`] : [])));
  }
  return found.sort();
}

interface Life {
  person: BuiltPerson;
  client: TestClient;
  network: BuiltNetwork;
  thread: number;
  post: string;
  quoting: string;
  other: TestClient;
  moderator: TestClient;
  enrolment: { id: string; edition: { id: string } };
  code: string;
  /** One with her in its room, one in which somebody waits for her seat; and her calendar. */
  live: number;
  wanted: { id: string };
  calendar: string;
  room: MediaClient;
}

/** All that one can do here, with her name and address wherever one may write them. */
async function aLife(): Promise<Life> {
  const treviso = await aProvince('Treviso');
  const network = await aNetwork({ key: 'sua', name: 'Stazioni uniche appaltanti' });
  const person = await withPassword({ given_name: 'Zwyndola', family_name: 'Nubilknecht', email: EMAIL, body: treviso });
  await database()('network_members').insert({ network_id: network.id, person_id: person.id, status: 'active', requested_at: new Date(), decided_at: new Date(), motivation: `Sono ${FULL}` });
  const signed = app.anonymous();
  await done(signed.post('sessions', { email: EMAIL, password: PASSWORD }));
  // She has wrong passwords behind her, and another name
  await app.anonymous().post('sessions', { email: EMAIL, password: 'non quella giusta' });
  await done(signed.patch('me/profile', { givenName: NAME.given_name, familyName: NAME.family_name, jobTitle: `Ufficio di ${FULL}` }));
  await done(signed.post('password-resets', { email: EMAIL }));
  await done(signed.post('registrations', { givenName: 'Zwyndola', familyName: 'Ancora', email: EMAIL, password: 'una frase lunga e nuova', bodyId: treviso.id, language: 'it' }));
  const [member, keeper] = [await aMember(network, { person: await aPerson({ body: await aProvince('Belluno') }) }), await aModerator(network)];
  const [other, moderator] = [await app.as(member), await app.as(keeper)];
  const signature = `<p>Un saluto, ${FULL}, ${EMAIL}</p>`;
  const { number: thread, postId: post } = await aThread(signed, network, { title: `Chiede ${FULL} di Treviso`, html: `<p>Chi firma?</p>${signature}` });
  await done(signed.patch(`posts/${post}`, { html: `<p>Chi firma la convenzione?</p>${signature}` }));
  const quoting = (await aReply(other, thread, `<p>Scrive Zwyndola D'Qvistemberg:</p><blockquote><p>Chi firma?</p></blockquote><p>Grazie <span data-person="${person.id}">@chiunque</span></p>`)).id;
  await done(other.patch(`posts/${quoting}`, { html: `<p>Grazie <span data-person="${person.id}">@lei</span>, e la saluto: ZWYNDOLA D’QVISTEMBERG ha ragione.</p>` }));
  const elsewhere = await aThread(other, network, { title: 'Una domanda altrove', html: `<p>Lo sa <span data-person="${person.id}">@lei</span>.</p>` });
  const hers = await aReply(signed, elsewhere.number, signature);
  await done(other.put(`threads/${elsewhere.number}/acceptance`, { postId: hers.id }));
  await done(signed.put(`posts/${quoting}/reactions/thanks`));
  await done(signed.put(`threads/${elsewhere.number}/interest`));
  await done(signed.post(`posts/${quoting}/flags`, { reason: 'other', note: `Lo dice ${FULL}` }));
  await done(other.post(`posts/${hers.id}/flags`, { reason: 'personal-data', note: `C’è l’indirizzo ${EMAIL}` }));
  await done(moderator.put(`posts/${hers.id}/removal`, { reason: `Il messaggio di ${FULL} ha un indirizzo` }));
  await app.settled();
  const measure = (await database()('moderation_measures').where('person_id', person.id).first('id')) as { id: string };
  await done(signed.post(`moderation/measures/${measure.id}/appeals`, { text: `Sono ${FULL} e non sono d’accordo` }));
  await database()('networks').where('id', network.id).update({ hold_first: true });
  await done(signed.post(`threads/${thread}/posts`, { clientId: randomUUID(), html: `<p>Trattenuto</p>${signature}` }));
  await done(other.post(`threads/${thread}/posts`, { clientId: randomUUID(), html: `<p>Ciao <span data-person="${person.id}">@lei</span></p>` }));
  await database()('networks').where('id', network.id).update({ hold_first: false });
  await aDocument(signed, network, { title: `Schema di ${FULL}`, summary: `Scrivere a ${EMAIL}`, name: 'zwyndola d’qvistemberg.pdf' });
  await aPublished(signed, moderator, network, { title: `Il metodo di ${FULL}`, contact: FULL });
  await aDraft(signed, network, { title: `La bozza di ${FULL}`, contact: FULL });
  const inReview = await aDraft(signed, network, { title: 'In revisione', contact: FULL });
  await done(signed.put(`practices/${inReview}/submission`, { revision: 1 }));
  await done(signed.post(`practices/${inReview}/comments`, { clientId: randomUUID(), words: `Firmato ${FULL}` }));
  await done(moderator.post(`practices/${inReview}/comments`, { clientId: randomUUID(), words: `Cara ${FULL}, va bene` }));
  const adopted = await aPublished(other, moderator, network, { title: 'Pratica d’altri' });
  await done(signed.put(`practices/${adopted}/adoption`, { note: `Referente: ${FULL}` }));
  await done(signed.put('threads/1/notice-level'.replace('1', String(elsewhere.number)), { level: 'watching' }));
  await done(signed.put('notification-settings', { ways: { mention: 'now', reply: 'now', thread: 'now', solution: 'now', message: 'now', suggestion: 'weekly' }, quiet: null, quietWeekends: false, mails: true }));
  const closed = await aNetwork({ key: 'altra', joining: 'request' });
  await done(signed.put(`networks/${closed.key}/membership`, { motivation: `Sono ${FULL}` }));
  await done(signed.post('affiliations', { bodyId: (await aProvince('Belluno')).id }));
  await database()('affiliations').insert({ person_id: person.id, body_id: treviso.id, status: 'refused', reason: `Non è ${FULL}`, decided_at: new Date() });
  const { code, enrolment } = await aCertificate({ person: { ...person, ...NAME } });
  const open = await anEnrolment({ person });
  await database()('enrolments').where('id', open.id).update({ motivation: `Serve a ${FULL}` });
  await done((await app.as(await anAdministrator())).post('roles', { personId: person.id, role: 'steward', scope: 'platform', scopeId: null }));
  await database()('edition_trainers').insert({ edition_id: (await anEdition()).id, person_id: person.id });
  await done(signed.post('conversations', { personId: member.id, clientId: randomUUID(), text: `Sono ${FULL}, scrivimi a ${EMAIL}` }));
  await done(other.post('conversations', { personId: person.id, clientId: randomUUID(), text: `Cara ${FULL}, eccomi` }));
  await done(signed.put(`correspondents/${keeper.id}/block`));
  const rest = await aLifeInMore({ person, signed, other, moderator, network, thread, post, member, keeper });
  await app.settled();
  await done(signed.post('me/data-exports'));
  await app.settled();
  return { person, client: signed, network, thread, post, quoting, other, moderator, enrolment, code, ...rest };
}

/** Drafts, quotes, splits, competences, and what happens in and around webinars. */
async function aLifeInMore({ person, signed, other, moderator, network, thread, post, member, keeper }: { person: BuiltPerson; signed: TestClient; other: TestClient; moderator: TestClient; network: BuiltNetwork; thread: number; post: string; member: BuiltPerson; keeper: BuiltPerson }): Promise<Pick<Life, 'live' | 'wanted' | 'calendar' | 'room'>> {
  const quote = `<blockquote data-post="${post}"><p>Chi firma?</p></blockquote>`;
  const draft = (html: string) => ({ version: 0, device: randomUUID(), html });
  for (let window = 0; window < 2; window += 1) await done(signed.put(`threads/${thread}/draft`, draft(`<p>La finestra ${window} di ${FULL}</p>`)));
  for (let window = 0; window < 2; window += 1) await done(other.put(`threads/${thread}/draft`, draft(`${quote}<p>Cara ${FULL}, ${window}</p>`)));
  await done(other.put(`networks/${network.key}/draft`, draft(`${quote}<p>Nuova</p>`)));
  // Quoted where she never wrote, and thanked in what was split off from where she did
  const { number: apart } = await aThread(other, network, { title: 'Dove lei non scrive', html: `${quote}<p>Si può fare così?</p>` });
  await done(other.patch(`posts/${(await aReply(other, apart, quote)).id}`, { html: `${quote}<p>Due volte</p>` }));
  const { number: split } = await aThread(signed, network, { title: 'Da dividere', html: '<p>Una cosa</p>' });
  const thanking = await aReply(other, split, `<p>Lo diceva ${FULL}</p>`);
  await done(moderator.post(`threads/${split}/splits`, { postIds: [thanking.id], title: 'Divisa da un’altra' }));
  await done(signed.put('me/expertise', { competences: ['metodo qvistemberg'], shown: { competences: true, answers: true, certificates: true } }));
  await done(signed.put('presence-settings', { seen: false }));
  const { url } = await done(signed.put<{ url: string }>('calendar-feed'));
  const questions = [{ key: 'domanda-1', text: 'Chi sei?', required: true }];
  const wanted = await aWebinar({ organiser: keeper, capacity: 1, questions });
  await done(signed.put(`webinars/${wanted.number}/seat`, { answers: { 'domanda-1': `Sono ${FULL}` } }));
  await done(other.put(`webinars/${wanted.number}/seat`, { answers: { 'domanda-1': 'Aspetto' } }));
  const shown = await aWebinar({ organiser: keeper, title: `Incontro con ${FULL}`, summary: `Un incontro in cui si parlerà a lungo di convenzioni e di come si scrivono, con ${FULL}, che risponde a ${EMAIL}` });
  await aStaff(shown, person, 'co-presenter');
  await aSeat(shown, member);
  await done(moderator.patch(`webinars/${shown.number}`, { title: `Ancora un incontro con ${FULL}` }));
  const live = await aWebinar({ organiser: keeper, starts: -5, kind: 'class' });
  for (const somebody of [person, member]) await aSeat(live, somebody);
  const path = `webinars/${live.number}`;
  const room = await MediaClient.connect(app, person);
  accepted(await room.join(live.number));
  await done(signed.post(`${path}/messages`, { clientId: randomUUID(), text: `Buongiorno, sono ${FULL}` }));
  await done(signed.post(`${path}/messages`, { clientId: randomUUID(), text: `Non sento, chiamatemi: ${EMAIL}`, toStaff: true }));
  await done(other.post(`${path}/messages`, { clientId: randomUUID(), text: `Ciao ${FULL}!` }));
  await done(moderator.put(`${path}/messages/1/removal`, {}));
  await done(signed.post(`${path}/questions`, { clientId: randomUUID(), text: `Chi firma, chiede ${FULL}?` }));
  await done(other.post(`${path}/questions`, { clientId: randomUUID(), text: `Che cosa ne pensa ${FULL}?` }));
  const { items: [poll] } = await done(moderator.post<{ items: { id: string }[] }>(`${path}/polls`, { clientId: randomUUID(), question: `Ha ragione ${FULL}?`, options: ['Sì', `La pensa come ${FULL}`], multiple: false }));
  await done(signed.put(`${path}/polls/${poll?.id}/vote`, { chosen: [0] }));
  await done(moderator.post(`${path}/announcements`, { clientId: randomUUID(), text: `Fra poco parla ${FULL}` }));
  await done(moderator.post(`${path}/captions`, { clientId: randomUUID(), text: `La parola a ${FULL}` }));
  await done(moderator.post(`${path}/register/corrections`, { personId: person.id, clientId: randomUUID(), minutes: 5, reason: `${FULL} non sentiva` }));
  await database()('webinar_removals').insert({ webinar_id: shown.id, person_id: person.id, by: keeper.id, at: new Date(), reason: `${FULL} disturbava` });
  await database()('recordings').insert({ webinar_id: live.id, starts_at: new Date(), state: 'deleted', keep_until: '2030-01-01', deleted_at: new Date(), delete_reason: `Lo ha chiesto ${FULL}` });
  await database()('recording_marks').insert({ webinar_id: live.id, at: new Date(), title: `Parla ${FULL}`, author_id: keeper.id, client_id: randomUUID() });
  await database()('recording_captions').insert({ webinar_id: live.id, language: 'it', text: `WEBVTT\n\n00:00.000 --> 00:02.000\nSono ${FULL}\n`, cues: 1, sent_by: keeper.id, at: new Date() });
  const [deck] = (await database()('slide_decks').insert({ webinar_id: live.id, title: `Le pagine di ${FULL}`, file_name: `${FULL}.pdf`, position: 0, digest: '0'.repeat(64), bytes: 1, author_id: keeper.id, at: new Date(), upload_id: randomUUID() }).returning('id')) as { id: string }[];
  await database()('slide_pages').insert({ deck_id: deck?.id, number: 1, width: 1, height: 1, words: `A cura di ${FULL}`, small: '', medium: '', large: '' });
  const chat = `channels/rete-${network.key}/messages`;
  await done(signed.post(chat, { clientId: randomUUID(), text: `Buongiorno a tutti, ${FULL}` }));
  await done(other.post(chat, { clientId: randomUUID(), text: `Benvenuta @${FULL}`, named: [person.id] }));
  await database()('recording_positions').insert({ webinar_id: live.id, person_id: person.id, seconds: 12, at: new Date() });
  return { live: live.number, wanted, calendar: new URL(url).pathname, room };
}

describe('somebody who closes her account', () => {
  it('is named nowhere any more, out at once, and free to come anew; what she achieved counts as before', async () => {
    const life = await aLife();
    const { person, client, other, moderator, network } = life;
    await recountStatistics();
    const achieved = async () => (await database()('statistics_cells').sum({ enrolled: 'enrolled', completed: 'completed', certified: 'certified', people: 'people', minutes: 'minutes' }).first()) as object;
    const before = await achieved();
    // It could have failed: her name is everywhere
    const named = await grep(['zwyndola', 'qvistemberg']);
    expect(named).toEqual(expect.arrayContaining([
      'people.given_name', 'people.email', 'people.job_title', 'direct_messages.text', 'channel_messages.text', 'channel_messages.search', 'mails.body_text', 'mails.to_address', 'notices.params', 'posts.html', 'posts.search', 'posts.near', 'post_versions.html', 'threads.title', 'held_posts.html', 'practices.content', 'practices.title',
      'practice_versions.content', 'practice_versions.search', 'practice_comments.words', 'practice_adoptions.note', 'documents.title', 'documents.search', 'document_versions.file_name', 'post_flags.note', 'moderation_measures.reason', 'moderation_appeals.text', 'moderation_cases.reason',
      'drafts.html', 'draft_others.html', 'competences.tag', 'webinar_seats.answers', 'webinars.title', 'webinars.summary', 'webinar_removals.reason', 'room_messages.text', 'room_questions.text', 'room_polls.question', 'room_polls.options', 'room_announcements.text', 'recordings.delete_reason', 'recording_marks.title', 'recording_captions.text', 'room_captions.text', 'slide_decks.title', 'slide_decks.file_name', 'slide_pages.words', 'mails.calendar', 'presence_log.reason',
      'network_members.motivation', 'affiliations.reason', 'enrolments.motivation', 'audit_entries.details', 'rate_limits.key', 'certificates.snapshot',
    ]));
    expect(named.length).toBeGreaterThan(35);
    const socket = io(`${app.url}/app`, { extraHeaders: { cookie: client.cookieHeader }, transports: ['websocket'], reconnection: false });
    await new Promise<void>((resolve) => socket.once('connect', resolve));
    const cut = new Promise<number>((resolve) => socket.once('disconnect', () => resolve(Date.now())));

    expect((await close(client)).status).toBe(200);
    // From when it is closed: looking at a password takes its time before
    const closedAt = Date.now();
    expect((await cut) - closedAt).toBeLessThan(1000);
    // Out of the room too, at once
    expect(await life.room.closed).toBe('io server disconnect');
    expect((await app.anonymous().raw('GET', life.calendar)).status).toBe(404);
    expect((await client.get('me')).body).toEqual({ actor: null });
    // A look-up of her name finds none from this moment on, before any worker
    expect(JSON.stringify((await other.get(`threads/${life.thread}`)).body)).toContain('"name":"Utente cessato"');
    await app.settled();

    expect((await grep(['zwyndola', 'qvistemberg', 'nubilknecht'])).filter((place) => !Object.hasOwn(STAYS, place))).toEqual([]);
    // What stays is there, and for its purpose alone
    expect((await app.anonymous().get(`certificates/${life.code}/verification`)).body).toMatchObject({ status: 'valid', person: { givenName: NAME.given_name, familyName: NAME.family_name } });
    const register = await (await app.as(await anAdministrator())).get(`editions/${life.enrolment.edition.id}/enrolments`);
    expect(register.body).toMatchObject({ items: [{ person: { givenName: NAME.given_name, familyName: NAME.family_name } }] });
    const outcomes = await (await app.as(await aCoordinator({ body: await aProvince('Treviso') }))).get('enrolments/outcomes');
    expect(JSON.stringify(outcomes.body)).toContain('cessato');
    // Content stays, and reads as it should
    const posts = ((await other.get<{ items: { html: string }[] }>(`threads/${life.thread}/posts`)).body).items.map(({ html }) => html);
    expect(posts).toEqual(['<p>Chi firma la convenzione?</p><p>Un saluto, Utente cessato, [indirizzo rimosso]</p>', `<p>Grazie <span data-person="${person.id}">@Utente cessato</span>, e la saluto: Utente cessato ha ragione.</p>`]);
    expect((await other.get<{ items: { html: string }[] }>(`posts/${life.quoting}/versions`)).body.items[0]?.html).toContain('<p>Scrive Utente cessato:</p>');
    const feed = await (await app.anonymous().raw('GET', `/api/v1/networks/${network.key}/feed`)).text();
    expect(feed).toContain('Utente cessato');
    expect((await other.get<{ items: unknown[] }>('search?q=Zwyndola')).body.items).toEqual([]);
    expect((await other.get<{ items: unknown[] }>('search?q=convenzione')).body.items.length).toBeGreaterThan(0);
    expect((await moderator.get<{ items: unknown[] }>(`networks/${network.key}/mentionable?q=Utente`)).body.items).toEqual([]);
    const conversations = (await other.get<{ items: { id: string; with: { name: string } }[] }>('conversations')).body.items;
    expect(conversations.map(({ with: { name } }) => name)).toEqual(['Utente cessato']);
    expect((await other.get(`conversations/${conversations[0]?.id}`)).body).toMatchObject({ messages: [{ text: 'Sono Utente cessato, scrivimi a [indirizzo rimosso]' }, { text: 'Cara Utente cessato, eccomi' }], refusal: { code: 'direct-not-possible' } });
    // What was hers alone is gone
    for (const table of ['person_blocks', 'sessions', 'notices', 'mails', 'notification_levels', 'notification_settings', 'thread_readings', 'edition_trainers', 'drafts', 'competences', 'expertise_consents', 'presence_refusals', 'calendar_feeds']) expect({ table, rows: await database()(table).where('person_id', person.id) }).toEqual({ table, rows: [] });
    expect(await database()('data_exports').where('person_id', person.id).whereNull('deleted_at')).toEqual([]);
    expect(await database()('enrolments').where('person_id', person.id).orderBy('id').pluck('status')).toEqual(['completed', 'withdrawn']);
    expect(await database()('network_members').where('person_id', person.id).distinct().pluck('status')).toEqual(['left']);
    expect(await database()('practices').where({ author_id: person.id }).whereNull('deleted_at').orderBy('id').pluck('title')).toEqual(['Il metodo di Utente cessato', 'In revisione']);
    // Who waited for her seat has it; that she was in a room stays in its register, under the name that it proves
    expect(await database()('webinar_seats').where('webinar_id', life.wanted.id).orderBy('status').pluck('status')).toEqual(['registered', 'withdrawn']);
    expect(await database()('webinar_seats as s').join('webinars as w', 'w.id', 's.webinar_id').where({ 's.person_id': person.id }).whereNot('s.status', 'withdrawn').where('w.ends_at', '>', new Date())).toEqual([]);
    const presence = (await moderator.get<{ rows: { person: { id: string; name: string } }[]; log: { whole: boolean } }>(`webinars/${life.live}/register`)).body;
    expect([presence.rows.find(({ person: { id } }) => id === person.id)?.person.name, presence.log.whole]).toEqual([FULL, true]);
    // Quoted under the name that is hers now, in the words by which it is found too
    expect((await database()('posts').whereLike('html', `%${life.post}%`).orderBy('id').pluck('words')) as string[]).toEqual([expect.stringContaining('Utente cessato: «'), expect.stringContaining('Utente cessato: «')]);
    expect((await other.get<{ items: { text: string | null }[] }>(`webinars/${life.live}/messages`)).body.items.map(({ text }) => text)).toEqual([null, 'Ciao Utente cessato!']);
    // Figures: the counters are what a recount says, and what was achieved is unchanged
    expect(await checkStatistics()).toEqual([]);
    expect(await achieved()).toEqual(before);
    // Her address is free
    await done(app.anonymous().post('registrations', { givenName: 'Nuova', familyName: 'Persona', email: EMAIL, password: 'una frase lunga e nuova', bodyId: (await aProvince('Treviso')).id, language: 'it' }));
    expect(await database()('people').where('email', EMAIL).pluck('given_name')).toEqual(['Nuova']);
    await app.settled();
    // Nobody lets her in again, nobody closes it twice
    const administrator = await app.as(await anAdministrator());
    expect((await administrator.delete(`people/${person.id}/suspension`)).body).toMatchObject({ status: 409, code: 'suspension-same' });
    expect((await administrator.put(`people/${person.id}/closure`, { reason: 'Ancora una volta' })).body).toMatchObject({ status: 409, code: 'closure-same' });
    expect(JSON.stringify((await administrator.get('people?q=cessato')).body)).toContain('"items":[]');
  }, 120_000);

  it('needs her password; the last administrator stays', async () => {
    const person = await withPassword();
    const client = await app.as(person);
    const wrong = await close(client, 'non quella giusta');
    expect([wrong.status, wrong.body]).toMatchObject([422, { errors: [{ path: 'body.password', code: 'password-wrong' }] }]);
    expect((await close(client, '')).status).toBe(422);
    expect((await client.get('me/profile')).status).toBe(200);
    await database()('roles').where({ role: 'admin' }).update({ revoked_at: new Date() });
    const last = await withPassword({ roles: [{ role: 'admin', scope: 'platform', scopeId: null }] });
    expect((await close(await app.as(last))).body).toMatchObject({ status: 409, code: 'role-last-administrator' });
    const second = await anAdministrator();
    expect((await (await app.as(last)).put(`people/${last.id}/closure`, { reason: 'Da qui no' })).body).toMatchObject({ status: 409, code: 'closure-own' });
    expect((await close(await app.as(last))).status).toBe(200);
    expect((await (await app.as(second)).get('people')).status).toBe(200);
  });

  it('is closed by UPI too, with a reason in the record', async () => {
    const [administrator, person] = [await anAdministrator(), await aPerson({ given_name: 'Berta', family_name: 'Filava' })];
    const client = await app.as(administrator);
    const hers = await app.as(person);
    expect((await client.put(`people/${person.id}/closure`, {})).status).toBe(422);
    expect((await client.put(`people/${person.id}/closure`, { reason: 'È andata in pensione' })).status).toBe(200);
    expect((await hers.get('sessions')).status).toBe(401);
    expect(await database()('audit_entries').where({ act: 'person.close', subject_id: person.id }).select('actor_id', 'details')).toEqual([{ actor_id: administrator.id, details: { reason: 'È andata in pensione' } }]);
    // Without hours and certificates there is nothing to prove: no name is kept
    expect(await database()('account_closures').where('person_id', person.id).first('given_name', 'family_name', 'closed_by')).toEqual({ given_name: null, family_name: null, closed_by: administrator.id });
    await app.settled();
    expect(await grep(['filava'])).toEqual([]);
  });

  it('killed in the middle is forgotten all the same', async () => {
    const network = await aNetwork();
    const person = await withPassword({ given_name: 'Xaverilda', family_name: 'Pronkel' });
    await aMember(network, { person });
    const { number } = await aThread(await app.as(person), network, { html: '<p>Sono Xaverilda Pronkel</p>' });
    await aReply(await app.as(await aMember(network)), number, '<p>Ciao Xaverilda Pronkel</p>');
    const watching = await aMember(network);
    await database()('notices').insert({ person_id: watching.id, kind: 'thread-new', key: 'una', params: JSON.stringify({ person: 'Xaverilda Pronkel', personId: person.id }) });
    await app.settled();
    // The program dies at the notices of others, when posts are done
    await database().raw("create function die() returns trigger language plpgsql as $$ begin raise exception 'killed'; end $$; create trigger killed before update on notices for each row execute function die()");
    expect((await close(await app.as(person))).status).toBe(200);
    await expect(forgetPerson({ personId: person.id, last: true })).rejects.toThrow('killed');
    expect(await grep(['pronkel'])).toEqual(expect.arrayContaining(['notices.params', 'account_closures.traces']));
    expect(await database()('posts').whereLike('html', '%Pronkel%')).toEqual([]);
    await database().raw('drop trigger killed on notices; drop function die()');
    await forgetPerson({ personId: person.id, last: true });
    await forgetPerson({ personId: person.id, last: true });
    expect(await grep(['pronkel'])).toEqual([]);
    await app.settled();
  });

  it('takes nothing from somebody of the same name, nor from who contains it', async () => {
    const network = await aNetwork();
    const [person, namesake] = [await withPassword({ given_name: 'Maria', family_name: 'Verdi' }), await aPerson({ given_name: 'Maria', family_name: 'Verdi' })];
    await aMember(network, { person });
    const writer = await app.as(await aMember(network));
    const { number } = await aThread(await app.as(person), network, { html: '<p>Sono Maria Verdi, e lei è Annamaria Verdini</p>' });
    await aReply(writer, number, `<p>Ringrazio Maria Verdi e <span data-person="${person.id}">@lei</span></p>`);
    const bystander = await aMember(network);
    for (const [key, personId] of [['a', person.id], ['b', namesake.id]]) await database()('notices').insert({ person_id: bystander.id, kind: 'thread-new', key: `omonima-${key}`, params: JSON.stringify({ person: 'Maria Verdi', personId }) });
    await app.settled();
    // A mail of the other one's own account, and words in a room in which this one was: nobody can say who is meant
    const mail = { to_address: namesake.email, subject: 'Il tuo attestato', body_text: `Gentile Maria Verdi, scrive anche ${person.email}`, body_html: '<p>Gentile Maria Verdi</p>' };
    await database()('mails').insert({ ...mail, key: 'omonima-mail', person_id: namesake.id });
    const webinar = await aWebinar({ organiser: namesake });
    await aSeat(webinar, person);
    await database()('room_messages').insert([{ webinar_id: webinar.id, sequence: 1, author_id: namesake.id, text: 'Qui Maria Verdi' }, { webinar_id: webinar.id, sequence: 2, author_id: person.id, text: 'E qui Maria Verdi' }].map((row) => ({ ...row, role: 'attendee', client_id: randomUUID(), at: new Date() })));
    expect((await close(await app.as(person))).status).toBe(200);
    await app.settled();
    expect(await database()('mails').where('key', 'omonima-mail').first('body_text', 'body_html')).toEqual({ body_text: 'Gentile Maria Verdi, scrive anche [indirizzo rimosso]', body_html: '<p>Gentile Maria Verdi</p>' });
    expect(await database()('room_messages').where('webinar_id', webinar.id).orderBy('sequence').pluck('text')).toEqual(['Qui Maria Verdi', 'E qui Utente cessato']);
    expect(await database()('posts as p').join('threads as t', 't.id', 'p.thread_id').where('t.number', number).orderBy('p.sequence').pluck('p.html')).toEqual([
      '<p>Sono Utente cessato, e lei è Annamaria Verdini</p>', `<p>Ringrazio Maria Verdi e <span data-person="${person.id}">@Utente cessato</span></p>`,
    ]);
    expect(await database()('notices').whereLike('key', 'omonima-%').orderBy('key').select(database().raw("params ->> 'person' as person"))).toEqual([{ person: 'Utente cessato' }, { person: 'Maria Verdi' }]);
  });

  it('is kept as it was by whoever is no such worker', async () => {
    await expect(database()('audit_entries').update({ act: 'x' })).rejects.toThrow('append-only');
    await expect(database()('audit_entries').delete()).rejects.toThrow('append-only');
    // And even such a worker changes nothing but where somebody may be named
    const forgetting = (changes: Record<string, string>) => transaction(async (tx) => {
      await tx.raw("set local pico.forgetting = 'on'");
      return tx('audit_entries').whereNotNull('details').update(changes);
    });
    await expect(forgetting({ act: 'x' })).rejects.toThrow('append-only');
    await expect(forgetting({ details: '{}', act: 'x' })).rejects.toThrow('append-only');
    expect(await forgetting({ details: '{}' })).toBeGreaterThan(0);
    const trainer = await aTrainer((await anEdition()).course);
    expect((await (await app.as(trainer)).put(`people/${trainer.id}/closure`, { reason: 'Non posso' })).status).toBe(403);
  });
});
