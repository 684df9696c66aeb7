import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { io } from 'socket.io-client';
import { aPerson, aTrainer, anAdministrator, type BuiltPerson } from '../accounts/factory.ts';
import type { EnrolmentHome } from '../contract/learning.ts';
import type { Register, WebinarSheet } from '../contract/webinars.ts';
import { aCourse, anEdition } from '../courses/factory.ts';
import { database } from '../database/connection.ts';
import { clock } from '../gateways/clock.ts';
import { anEnrolment } from '../learning/factory.ts';
import { startTestApp, type TestApp, type TestClient } from '../testing/app.ts';
import { openPdf, textsOf } from '../testing/read-pdf.ts';
import { aSeat, aStaff, aWebinar } from './factory.ts';
import { giveSignOfLife, recordPresence } from './record-presence.ts';
import { romeFields } from './rome-time.ts';
import type { Webinar } from './webinar.ts';

interface Entry {
  minutes: number;
  source: string;
  modality: string;
  source_key: string;
}

describe('the register', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());
  afterEach(() => clock.reset());

  const attend = async (webinar: Webinar, person: { id: string }, from: number, to: number) => {
    const at = (minutes: number) => new Date(webinar.starts_at.getTime() + minutes * 60_000);
    const connection = randomUUID();
    const common = { webinarId: webinar.id, personId: person.id, connection, role: 'attendee' as const };
    await recordPresence({ ...common, what: 'join', at: at(from) });
    await recordPresence({ ...common, what: 'leave', at: at(to) });
  };
  /** A classroom of an hour that is over, in an edition whose certificate asks for 80 % of attendance, with its trainer and two who are enrolled. */
  const classroom = async () => {
    const edition = await anEdition({ course: await aCourse({ completion: { all: [{ attendance: '80/100' }] } }) });
    const [diligent, late] = [await anEnrolment({ edition }), await anEnrolment({ edition })];
    const trainer = await aTrainer(edition.course);
    const webinar = await aWebinar({ kind: 'class', starts: -90, minutes: 60, edition, organiser: trainer, title: 'Lezione in diretta' });
    await database()('planned_sessions').insert({ source_key: `webinar:${webinar.id}`, edition_id: edition.id, minutes: 60, day: '2026-11-26' });
    for (const { person } of [diligent, late]) await aSeat(webinar, person);
    await attend(webinar, diligent.person, -5, 65);
    await attend(webinar, late.person, 20, 60);
    return { edition, webinar, diligent, late, trainer, teaches: await app.as(trainer), path: `webinars/${webinar.number}/register` };
  };
  const ledger = async (person: BuiltPerson) => (await database()('hours_entries').where('person_id', person.id).orderBy('id').select('minutes', 'source', 'modality', 'source_key')) as Entry[];
  const correction = (person: { id: string }, minutes: number, reason = 'Collegata con il computer di una collega') => ({ personId: person.id, minutes, reason, clientId: randomUUID() });
  const code = async (reply: Promise<{ status: number; body: unknown }>) => {
    const { status, body } = (await reply) as { status: number; body: { code: string } };
    return [status, body.code];
  };
  const homeOf = async (client: TestClient, id: string) => (await client.get<EnrolmentHome>(`enrolments/${id}`)).body;

  it('says who was there and how long; who is late and who does not come', async () => {
    const { teaches, path, webinar, diligent, late } = await classroom();
    const absent = await aPerson();
    await aSeat(webinar, absent);
    const { rows, plannedSeconds } = (await teaches.get<Register>(path)).body;
    const row = (person: { id: string }) => rows.find((some) => some.person.id === person.id);
    expect(plannedSeconds).toBe(3600);
    expect(row(diligent.person)).toMatchObject({ seconds: 3600, minutes: 60, percent: 100, reached: true, lateSeconds: null, present: false });
    expect(row(late.person)).toMatchObject({ seconds: 2400, minutes: 40, percent: 66, reached: false, lateSeconds: 1200 });
    expect(row(absent)).toMatchObject({ seconds: 0, reached: false, firstIn: null, lateSeconds: 3600 });
  });

  it('is for who runs or inspects the webinar', async () => {
    const { webinar, path, late } = await classroom();
    const [presenter, moderator, inspector] = [await aPerson(), await aPerson(), await aPerson()];
    await aStaff(webinar, presenter, 'presenter');
    await aStaff(webinar, moderator, 'moderator');
    await aStaff(webinar, inspector, 'inspector');
    const statuses = async (act: (client: TestClient) => Promise<{ status: number }>) => Promise.all([presenter, moderator, inspector, late.person, await aPerson()].map(async (person) => (await act(await app.as(person))).status));
    expect(await statuses((client) => client.get(path))).toEqual([200, 200, 200, 403, 404]);
    expect(await statuses((client) => client.get(`${path}/csv`))).toEqual([200, 200, 200, 403, 404]);
    expect(await statuses((client) => client.get(`webinars/${webinar.number}/seats`))).toEqual([200, 200, 403, 403, 404]);
    expect(await statuses((client) => client.post(`${path}/corrections`, correction(late.person, 1)))).toEqual([201, 403, 403, 403, 404]);
    expect(await statuses((client) => client.put(`${path}/lock`))).toEqual([200, 403, 403, 403, 404]);
  });

  it('locked, credits the hours, once; the certificate follows by itself for who reached the threshold', async () => {
    const { teaches, path, diligent, late, edition, webinar } = await classroom();
    const [learner, latecomer] = [await app.as(diligent.person), await app.as(late.person)];
    expect((await homeOf(learner, diligent.id)).completion.parts).toMatchObject([{ kind: 'attendance', have: 0, need: 48, fulfilled: false }]);
    const replies = await Promise.all([teaches.put<Register>(`${path}/lock`), teaches.put<Register>(`${path}/lock`)]);
    expect(replies.map(({ status }) => status)).toEqual([200, 200]);
    await app.settled();
    expect(await ledger(diligent.person)).toEqual([{ minutes: 60, source: 'attendance', modality: 'live', source_key: `attendance:${webinar.id}:${diligent.person.id}` }]);
    expect(await ledger(late.person)).toMatchObject([{ minutes: 40, source: 'attendance' }]);
    expect(await homeOf(learner, diligent.id)).toMatchObject({ status: 'completed', completion: { fulfilled: true, parts: [{ have: 60, need: 48 }] } });
    expect(await homeOf(latecomer, late.id)).toMatchObject({ status: 'active', completion: { fulfilled: false, parts: [{ have: 40, need: 48 }] } });
    expect(await database()('certificates').where('enrolment_id', diligent.id)).toHaveLength(1);
    expect(await database()('certificates').where('enrolment_id', late.id)).toHaveLength(0);
    expect(await database()('planned_sessions').where('edition_id', edition.id).first('minutes')).toEqual({ minutes: 60 });
    expect(await database()('audit_entries').where({ act: 'webinar.lock', subject_id: webinar.id })).toHaveLength(1);
  });

  it('is corrected with a signature and a reason: after the lock the difference goes to the ledger as an entry of its own', async () => {
    const { teaches, path, late } = await classroom();
    await teaches.put(`${path}/lock`);
    const more = correction(late.person, 10);
    const [first, again] = await Promise.all([teaches.post<Register>(`${path}/corrections`, more), teaches.post<Register>(`${path}/corrections`, more)]);
    expect([first.status, again.status]).toEqual([201, 201]);
    await teaches.post(`${path}/corrections`, correction(late.person, -2, 'Erano otto minuti, non dieci'));
    await app.settled();
    expect((await ledger(late.person)).map(({ minutes, source }) => [minutes, source])).toEqual([[40, 'attendance'], [10, 'correction'], [-2, 'correction']]);
    const { rows, corrections, log } = (await teaches.get<Register>(path)).body;
    expect(rows.find(({ person }) => person.id === late.person.id)).toMatchObject({ minutes: 48, correctionMinutes: 8, reached: true });
    expect(corrections.map(({ minutes, reason }) => [minutes, reason])).toEqual([[10, 'Collegata con il computer di una collega'], [-2, 'Erano otto minuti, non dieci']]);
    expect(log.whole).toBe(true);
    // 50 of 60 were enough when the ten minutes came: done once is done for ever
    expect(await database()('enrolments').where('id', late.id).first('status')).toEqual({ status: 'completed' });
  });

  it('has a forgotten break corrected by who signs, until it is locked: its minutes count again for everybody', async () => {
    // No lesson goes on at midnight
    clock.advance(86_400_000 + new Date(clock.now()).setUTCHours(12, 0, 0, 0) - clock.now().getTime());
    const { teaches, path, webinar, diligent, trainer } = await classroom();
    const [row] = (await database()('webinar_breaks').insert({ webinar_id: webinar.id, starts_at: new Date(webinar.starts_at.getTime() + 20 * 60_000), ends_at: webinar.ends_at }).returning('id')) as { id: string }[];
    const minutes = async () => (await teaches.get<Register>(path)).body.rows.find(({ person }) => person.id === diligent.person.id)?.minutes;
    expect(await minutes()).toBe(20);
    const hour = (after: number) => romeFields(new Date(webinar.starts_at.getTime() + after * 60_000)).time;
    const at = `webinars/${webinar.number}/breaks/${row?.id ?? ''}`;
    const put = (from: string, until: string) => teaches.put<Register>(at, { from, until });
    // Whole minutes: the lesson does not begin at one
    const corrected = await put(hour(21), hour(31));
    expect(corrected.status).toBe(200);
    expect(corrected.body.breaks).toEqual([expect.objectContaining({ id: row?.id, fromHour: hour(21), toHour: hour(31) })]);
    expect(await minutes()).toBe(50);
    const wrong = async (from: string, until: string) => ((await put(from, until)).body as unknown as { errors: { path: string }[] }).errors.map(({ path: where }) => where);
    expect(await wrong(hour(31), hour(21))).toEqual(['body.until']);
    expect(await wrong(hour(-40), hour(61))).toEqual(['body.from', 'body.until']);
    expect((await put('25:00', 'x')).status).toBe(422);
    expect((await teaches.put(`webinars/${webinar.number}/breaks/${randomUUID()}`, { from: hour(21), until: hour(31) })).status).toBe(404);
    const helper = await aPerson();
    await aStaff(webinar, helper, 'co-presenter');
    for (const [who, status] of [[await app.as(helper), 403], [await app.as(diligent.person), 403]] as const) expect((await who.put(at, { from: hour(21), until: hour(31) })).status).toBe(status);
    expect(await database()('audit_entries').where({ act: 'webinar.break', subject_id: webinar.id }).pluck('actor_id')).toEqual([trainer.id]);
    await teaches.put(`${path}/lock`);
    expect(await code(put(hour(22), hour(23)))).toEqual([409, 'register-locked']);
    expect(await code(teaches.delete(at))).toEqual([409, 'register-locked']);
  });

  it('forgets a break that there was not', async () => {
    const { teaches, path, webinar } = await classroom();
    const [row] = (await database()('webinar_breaks').insert({ webinar_id: webinar.id, starts_at: new Date(webinar.starts_at.getTime() + 20 * 60_000), ends_at: webinar.ends_at }).returning('id')) as { id: string }[];
    expect((await teaches.delete<Register>(`webinars/${webinar.number}/breaks/${row?.id ?? ''}`)).body).toMatchObject({ breaks: [], plannedSeconds: 3600 });
    expect((await teaches.get<Register>(path)).body.rows.every(({ minutes }) => minutes > 20 || minutes === 0)).toBe(true);
  });

  it('takes no correction for another that was sent already', async () => {
    const { teaches, path, late, diligent } = await classroom();
    const one = correction(late.person, 10);
    expect((await teaches.post(`${path}/corrections`, one)).status).toBe(201);
    expect(await code(teaches.post(`${path}/corrections`, { ...one, personId: diligent.person.id }))).toEqual([409, 'correction-of-another']);
    expect((await teaches.get<Register>(path)).body.corrections).toHaveLength(1);
  });

  it('refuses corrections of oneself, of strangers, of nothing, without a reason and before the start', async () => {
    const { teaches, path, trainer, late } = await classroom();
    expect(await code(teaches.post(`${path}/corrections`, correction(trainer, 10)))).toEqual([409, 'correction-own']);
    expect(await code(teaches.post(`${path}/corrections`, correction(await aPerson(), 10)))).toEqual([422, 'invalid']);
    expect(await code(teaches.post(`${path}/corrections`, correction(late.person, 0)))).toEqual([422, 'invalid']);
    expect(await code(teaches.post(`${path}/corrections`, correction(late.person, 10, 'no')))).toEqual([422, 'invalid']);
    const organiser = await aPerson();
    const coming = await aWebinar({ kind: 'class', organiser });
    expect(await code((await app.as(organiser)).post(`webinars/${coming.number}/register/corrections`, correction(late.person, 10)))).toEqual([409, 'webinar-not-begun']);
  });

  it('is not locked before the end, nor where there is none, nor when its log was tampered with', async () => {
    const organiser = await aPerson();
    const client = await app.as(organiser);
    const [running, open] = [await aWebinar({ kind: 'class', starts: -10, organiser }), await aWebinar({ starts: -90, organiser })];
    expect(await code(client.put(`webinars/${running.number}/register/lock`))).toEqual([409, 'webinar-not-ended']);
    expect(await code(client.put(`webinars/${open.number}/register/lock`))).toEqual([409, 'register-none']);
    const { teaches, path, webinar, late } = await classroom();
    await database().raw('alter table presence_log disable trigger presence_log_append_only');
    await database()('presence_log').where({ webinar_id: webinar.id, person_id: late.person.id, what: 'join' }).update({ at: webinar.starts_at });
    await database().raw('alter table presence_log enable trigger presence_log_append_only');
    expect((await teaches.get<Register>(path)).body.log.whole).toBe(false);
    expect(await code(teaches.put(`${path}/lock`))).toEqual([409, 'presence-log-broken']);
    expect(await ledger(late.person)).toEqual([]);
  });

  it('stands as it was locked, whatever is said about its connections afterwards', async () => {
    const { teaches, path, webinar, late } = await classroom();
    await teaches.put(`${path}/lock`);
    await attend(webinar, late.person, 0, 20);
    expect((await teaches.get<Register>(path)).body.rows.find(({ person }) => person.id === late.person.id)).toMatchObject({ minutes: 40 });
  });

  it('opens, pauses and closes with who runs it: breaks are out, what is closed early is shorter, and who is done is done', async () => {
    const edition = await anEdition({ course: await aCourse({ completion: { all: [{ attendance: '80/100' }] } }) });
    const enrolment = await anEnrolment({ edition });
    const trainer = await aTrainer(edition.course);
    const webinar = await aWebinar({ kind: 'class', starts: 5, minutes: 60, edition, organiser: trainer });
    await aSeat(webinar, enrolment.person);
    const [teaches, learner] = [await app.as(trainer), await app.as(enrolment.person)];
    const put = (act: string) => teaches.put<Register>(`webinars/${webinar.number}/${act}`);
    expect((await learner.put(`webinars/${webinar.number}/opening`)).status).toBe(403);
    expect(await code(put('break'))).toEqual([409, 'webinar-not-begun']);
    expect((await put('opening')).body).toMatchObject({ webinar: { live: true }, abilities: { open: false, close: true } });
    const say = (what: 'join' | 'leave', connection: string) => recordPresence({ webinarId: webinar.id, personId: enrolment.person.id, connection, role: 'attendee', what, at: clock.now() });
    const connection = randomUUID();
    await say('join', connection);
    clock.advance(25 * 60_000);
    expect((await put('break')).body.abilities).toMatchObject({ pause: false, resume: true });
    clock.advance(10 * 60_000);
    expect((await teaches.delete<Register>(`webinars/${webinar.number}/break`)).body.abilities).toMatchObject({ pause: true, resume: false });
    clock.advance(20 * 60_000);
    await giveSignOfLife();
    const meter = (await learner.get<WebinarSheet>(`webinars/${webinar.number}`)).body.attendance;
    expect(meter).toMatchObject({ reached: true, locked: false });
    expect(meter?.plannedSeconds).toBeGreaterThan(2980);
    expect(meter?.plannedSeconds).toBeLessThanOrEqual(3000);
    expect(meter?.absenceLeftSeconds).toBeGreaterThan(580);
    await say('leave', connection);
    // It is closed ten minutes early: 50 − 10 minutes were to be attended, all of which she was there
    expect((await put('closing')).body).toMatchObject({ webinar: { state: 'over' }, abilities: { close: false, lock: true } });
    await put('register/lock');
    await app.settled();
    expect((await ledger(enrolment.person)).map(({ minutes }) => minutes)).toEqual([40]);
    expect(await homeOf(learner, enrolment.id)).toMatchObject({ status: 'completed' });
  });

  it('completes who had attended enough of what is left when a meeting is cancelled', async () => {
    const { teaches, path, late, edition, trainer } = await classroom();
    const coming = await aWebinar({ kind: 'class', minutes: 60, edition, organiser: trainer });
    await database()('planned_sessions').insert({ source_key: `webinar:${coming.id}`, edition_id: edition.id, minutes: 60, day: '2026-12-26' });
    await teaches.post(`${path}/corrections`, correction(late.person, 12));
    await teaches.put(`${path}/lock`);
    await app.settled();
    expect(await database()('enrolments').where('id', late.id).first('status')).toEqual({ status: 'active' });
    await teaches.put(`webinars/${coming.number}/cancellation`, { reason: 'La docente non c’è.' });
    await app.settled();
    expect(await database()('enrolments').where('id', late.id).first('status')).toEqual({ status: 'completed' });
  });

  it('does not count a meeting that did not take place, though nobody cancelled it in time; a locked one stands', async () => {
    const { teaches, path, diligent, edition, trainer, webinar } = await classroom();
    const missed = await aWebinar({ kind: 'class', starts: -2000, minutes: 60, edition, organiser: trainer });
    await database()('planned_sessions').insert({ source_key: `webinar:${missed.id}`, edition_id: edition.id, minutes: 60, day: '2026-11-25' });
    await teaches.put(`${path}/lock`);
    await app.settled();
    expect(await database()('enrolments').where('id', diligent.id).first('status')).toEqual({ status: 'active' });
    const cancel = (number: number) => teaches.put(`webinars/${number}/cancellation`, { reason: 'La docente era malata.' });
    expect((await teaches.get<WebinarSheet>(`webinars/${missed.number}`)).body.abilities).toMatchObject({ cancel: true, change: false });
    expect((await cancel(missed.number)).body).toMatchObject({ state: 'cancelled' });
    await app.settled();
    expect(await database()('enrolments').where('id', diligent.id).first('status')).toEqual({ status: 'completed' });
    expect((await teaches.get<WebinarSheet>(`webinars/${webinar.number}`)).body.abilities.cancel).toBe(false);
    expect(await code(cancel(webinar.number))).toEqual([409, 'webinar-over']);
    const open = await aWebinar({ starts: -2000, organiser: trainer });
    expect(await code((await app.as(trainer)).put(`webinars/${open.number}/cancellation`, { reason: 'La docente era malata.' }))).toEqual([409, 'webinar-over']);
  });

  it('is exported: a CSV that runs nothing, a PDF with the seal', async () => {
    const { teaches, path, late, webinar } = await classroom();
    await database()('people').where('id', late.person.id).update({ given_name: '=SOMMA(A1)' });
    await teaches.post(`${path}/corrections`, correction(late.person, 5));
    const csv = (await teaches.get<string>(`${path}/csv`)).body;
    expect(csv).toContain("'=SOMMA(A1)");
    expect(csv).toMatch(/;2400;5;45;60;no/);
    const text = (await textsOf(await openPdf(await teaches.raw('GET', `/api/v1/${path}/pdf`)))).join(' ');
    for (const word of ['Registro delle presenze', webinar.title, 'Collegata con il computer di una collega', 'La catena è integra']) expect(text).toContain(word);
  });

  it('tells who follows it when somebody comes, and nobody else', async () => {
    const { teaches, webinar, late } = await classroom();
    const listen = async (client: TestClient) => {
      const socket = io(`${app.url}/app`, { transports: ['websocket'], forceNew: true, extraHeaders: { cookie: client.cookieHeader } });
      await new Promise<void>((resolve) => socket.on('connect', resolve));
      const ack = await new Promise<{ ok: boolean }>((resolve) => socket.emit('subscribe', `register:${webinar.id}`, resolve));
      return { socket, ok: ack.ok };
    };
    const [trainer, learner, administrator] = [await listen(teaches), await listen(await app.as(late.person)), await listen(await app.as(await anAdministrator()))];
    expect([trainer.ok, learner.ok, administrator.ok]).toEqual([true, false, true]);
    const heard = new Promise((resolve) => trainer.socket.on('register:changed', resolve));
    await attend(webinar, late.person, 0, 1);
    expect(await heard).toEqual({ webinarId: webinar.id });
    for (const { socket } of [trainer, learner, administrator]) socket.disconnect();
  });
});
