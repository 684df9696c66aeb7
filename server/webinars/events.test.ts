import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import { aPerson, aTrainer, anAdministrator, type BuiltPerson } from '../accounts/factory.ts';
import { aMember, aModerator, aNetwork } from '../community/factory.ts';
import type { NewWebinar, SeatPage, WebinarPage, WebinarPlaces, WebinarSheet } from '../contract/webinars.ts';
import { anEdition } from '../courses/factory.ts';
import { database } from '../database/connection.ts';
import { clock } from '../gateways/clock.ts';
import { anEnrolment } from '../learning/factory.ts';
import { aProvince } from '../territory/factory.ts';
import { startTestApp, type TestApp, type TestClient } from '../testing/app.ts';
import { aSeat, aStaff, aWebinar } from './factory.ts';
import { findRoom } from './find-room.ts';
import { remindWebinars } from './remind-webinars.ts';
import { removeFromRoom } from './run-room.ts';
import { loadActor } from '../accounts/session.ts';

interface Problem {
  code: string;
  errors?: { path: string; code: string }[];
}

describe('webinars as events', () => {
  let app: TestApp;
  let administrator: TestClient;
  beforeAll(async () => {
    app = await startTestApp();
    administrator = await app.as(await anAdministrator());
  });
  afterAll(() => app.close());
  afterEach(() => clock.reset());

  const facts = (overrides: Partial<NewWebinar> = {}): NewWebinar => ({
    clientId: randomUUID(), kind: 'open', title: 'La convenzione di SUA', summary: 'Che cosa scrivere.', day: '2027-03-10', from: '10:00', until: '11:30', capacity: null, seatsPerMember: null, thresholdPercent: 80, staff: [],
    editionId: null, lessonKey: null, network: null, questions: [], weeks: 1, recorded: false, ...overrides,
  });
  const schedule = async (client: TestClient, overrides: Partial<NewWebinar> = {}) => {
    const { status, body } = await client.post<{ numbers: number[] }>('webinars', facts(overrides));
    if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`);
    return body.numbers;
  };
  const one = async (client: TestClient, overrides: Partial<NewWebinar> = {}) => (await schedule(client, overrides))[0] ?? 0;
  const sheet = async (client: TestClient, number: number) => (await client.get<WebinarSheet>(`webinars/${number}`)).body;
  const codes = async (reply: Promise<{ status: number; body: unknown }>) => {
    const { status, body } = (await reply) as { status: number; body: Problem };
    return [status, body.code, ...(body.errors ?? []).map(({ path, code }) => `${path} ${code}`)];
  };
  const mailsTo = async (person: { id: string }) => (await database()('mails').where('person_id', person.id).orderBy('id').select('subject', 'key', 'calendar')) as { subject: string; key: string; calendar: { method: string; content: string } | null }[];
  const eventIn = (content: string) => {
    const calendar = new ICAL.Component(ICAL.parse(content) as unknown[] as never);
    const [event] = calendar.getAllSubcomponents('vevent');
    if (!event) throw new Error('no event');
    const value = (name: string) => String(event.getFirstPropertyValue(name));
    return { method: String(calendar.getFirstPropertyValue('method')), uid: value('uid'), sequence: Number(value('sequence')), start: new ICAL.Event(event).startDate.toJSDate().toISOString(), status: value('status'), summary: value('summary') };
  };
  const actorOf = async (person: { id: string }) => {
    const secret = (await app.as(person)).cookieHeader.split('=')[1] ?? '';
    const actor = await loadActor(secret);
    if (!actor) throw new Error('no actor');
    return actor;
  };

  describe('scheduling', () => {
    it('takes a weekly series at the same hour of Rome, over the change of the clocks, and sent twice it is one', async () => {
      const clientId = randomUUID();
      const numbers = await schedule(administrator, { clientId, day: '2027-03-22', weeks: 3 });
      expect(await schedule(administrator, { clientId, day: '2027-03-22', weeks: 3 })).toEqual(numbers);
      const { series } = await sheet(administrator, numbers[0] ?? 0);
      expect(series.map(({ startsAt }) => startsAt)).toEqual(['2027-03-22T09:00:00.000Z', '2027-03-29T08:00:00.000Z', '2027-04-05T08:00:00.000Z']);
    });

    it('says every mistake at once', async () => {
      const [person] = [await aPerson()];
      expect(await codes(administrator.post('webinars', facts({ day: '2020-01-01', capacity: 2, seatsPerMember: 3, lessonKey: 'lezione-1', staff: [{ personId: person.id, role: 'presenter' }, { personId: person.id, role: 'moderator' }, { personId: randomUUID(), role: 'presenter' }] })))).toEqual([
        422, 'invalid', 'body.day webinar-in-the-past', 'body.seatsPerMember more-seats-per-province-than-seats', 'body.staff.1.personId staff-twice', 'body.staff.2.personId staff-unknown', 'body.lessonKey lesson-unknown',
      ]);
      expect(await codes(administrator.post('webinars', facts({ from: '11:00', until: '10:00' })))).toEqual([422, 'invalid', 'body.until webinar-ends-before-start']);
      expect(await codes(administrator.post('webinars', facts({ from: '25:00' })))).toEqual([422, 'invalid', 'body.from bad-hour']);
    });

    it('is for UPI, for who trains in the edition and for who moderates the network, and for nobody else', async () => {
      const network = await aNetwork();
      const edition = await anEdition();
      const [member, moderator, trainer, other] = [await aMember(network), await aModerator(network), await aTrainer(edition.course), await aTrainer((await anEdition()).course)];
      const post = async (person: BuiltPerson, overrides: Partial<NewWebinar>) => (await (await app.as(person)).post('webinars', facts(overrides))).status;
      expect(await post(moderator, { network: network.key })).toBe(201);
      expect(await post(trainer, { editionId: edition.id, kind: 'class', lessonKey: 'lezione-1' })).toBe(201);
      for (const person of [member, trainer]) expect(await post(person, { network: network.key })).toBe(403);
      for (const person of [member, moderator, other]) expect(await post(person, { editionId: edition.id })).toBe(404);
      for (const person of [member, moderator, trainer]) expect(await post(person, {})).toBe(403);
      const places = async (person: BuiltPerson) => (await (await app.as(person)).get<WebinarPlaces>('webinar-places')).body;
      expect(await places(trainer)).toMatchObject({ alone: false, editions: [{ id: edition.id }], networks: [] });
      expect(await places(moderator)).toMatchObject({ alone: false, editions: [], networks: [{ key: network.key }] });
      expect(await places(member)).toMatchObject({ alone: false, editions: [], networks: [] });
      expect((await (await app.as(member)).get('webinar-candidates?q=prova')).status).toBe(403);
      expect((await (await app.as(moderator)).get<{ items: unknown[] }>('webinar-candidates?q=prova')).body.items.length).toBeGreaterThan(0);
    });

    it('lets UPI alone appoint inspectors, and who changes the rest keeps them', async () => {
      const network = await aNetwork();
      const [moderator, inspector] = [await app.as(await aModerator(network)), await aPerson()];
      const number = await one(moderator, { network: network.key });
      const staff = [{ personId: inspector.id, role: 'inspector' as const }];
      expect(await codes(moderator.patch(`webinars/${number}`, { staff }))).toEqual([422, 'invalid', 'body.staff.0.personId inspector-by-upi']);
      expect((await administrator.patch(`webinars/${number}`, { staff })).status).toBe(200);
      for (const given of [staff, []]) expect((await moderator.patch(`webinars/${number}`, { staff: given })).status).toBe(200);
      expect((await sheet(administrator, number)).people.map(({ role }) => role)).toEqual(['organiser', 'inspector']);
      expect((await sheet(moderator, number)).people.map(({ role }) => role)).toEqual(['organiser']);
    });

    it('changes what is given, refuses what cannot be, and is gone when cancelled', async () => {
      const number = await one(administrator, { capacity: 1 });
      const member = await app.as(await aPerson());
      await member.put(`webinars/${number}/seat`);
      expect((await (await app.as(await aPerson())).patch(`webinars/${number}`, { title: 'Non mio' })).status).toBe(403);
      expect(await codes(administrator.patch(`webinars/${number}`, { day: '2020-01-01' }))).toEqual([422, 'invalid', 'body.day webinar-in-the-past']);
      expect((await administrator.patch<WebinarSheet>(`webinars/${number}`, { until: '12:00' })).body).toMatchObject({ title: 'La convenzione di SUA', startsAt: '2027-03-10T09:00:00.000Z', endsAt: '2027-03-10T11:00:00.000Z' });
      expect((await administrator.put(`webinars/${number}/cancellation`, { reason: 'no' })).status).toBe(422);
      expect((await administrator.put<WebinarSheet>(`webinars/${number}/cancellation`, { reason: 'La docente è malata.' })).body).toMatchObject({ state: 'cancelled', cancelReason: 'La docente è malata.' });
      expect(await codes(administrator.patch(`webinars/${number}`, { title: 'Troppo tardi' }))).toEqual([409, 'webinar-cancelled']);
      expect(await codes(member.delete(`webinars/${number}/seat`))).toEqual([409, 'webinar-cancelled']);
    });

    it('does not move the start of what has begun, but its end', async () => {
      const organiser = await aPerson();
      const webinar = await aWebinar({ starts: -10, minutes: 60, organiser });
      const client = await app.as(organiser);
      expect(await codes(client.patch(`webinars/${webinar.number}`, { day: '2027-05-05' }))).toEqual([409, 'webinar-begun']);
      const changed = (await client.patch<WebinarSheet>(`webinars/${webinar.number}`, { title: 'Ora con un altro titolo' })).body;
      expect([changed.title, changed.startsAt, changed.endsAt]).toEqual(['Ora con un altro titolo', webinar.starts_at.toISOString(), webinar.ends_at.toISOString()]);
    });

    it('keeps times that nobody touched also where they go beyond midnight, and moves no start of what has begun', async () => {
      const organiser = await aPerson();
      const minuteOfDay = Math.floor((Date.now() / 60_000) % 1440);
      // From 21:30 to 23:30 in Greenwich: midnight in Rome is between them all the year
      const coming = await aWebinar({ starts: 1440 - minuteOfDay + 21.5 * 60, minutes: 120, organiser });
      const client = await app.as(organiser);
      const changed = (await client.patch<WebinarSheet>(`webinars/${coming.number}`, { title: 'Ancora di notte' })).body;
      expect([changed.title, changed.startsAt, changed.endsAt]).toEqual(['Ancora di notte', coming.starts_at.toISOString(), coming.ends_at.toISOString()]);
      expect(await codes(client.patch(`webinars/${coming.number}`, { from: '23:45' }))).toEqual([422, 'invalid', 'body.until webinar-ends-before-start']);
      const begun = await aWebinar({ starts: -5, minutes: 23 * 60, organiser });
      expect(await codes(client.patch(`webinars/${begun.number}`, { day: '2027-05-05' }))).toEqual([409, 'webinar-begun']);
    });
  });

  describe('seats', () => {
    it('go to who asks, then to the waiting list, Province by Province; who withdraws lets the next one pass', async () => {
      const number = await one(administrator, { capacity: 2, seatsPerMember: 1 });
      const [treviso, nuoro] = [await aProvince('Treviso'), await aProvince('Nuoro')];
      const people = [await aPerson({ body: treviso }), await aPerson({ body: treviso }), await aPerson({ body: nuoro }), await aPerson({ body: nuoro })];
      const clients = await Promise.all(people.map((person) => app.as(person)));
      const seats = [];
      for (const client of clients) seats.push((await client.put<WebinarSheet>(`webinars/${number}/seat`)).body);
      expect(seats.map(({ seat, waitingPosition }) => [seat, waitingPosition])).toEqual([['registered', null], ['waiting', 1], ['registered', null], ['waiting', 2]]);
      // Nuoro's second takes the seat that Nuoro's first gives up: Treviso's second, who came before, has no room in its Province
      await clients[2]?.delete(`webinars/${number}/seat`);
      expect((await sheet(clients[3] as TestClient, number)).seat).toBe('registered');
      expect((await sheet(clients[1] as TestClient, number)).seat).toBe('waiting');
      // More seats: nobody waits any more
      expect(await codes(administrator.patch(`webinars/${number}`, { capacity: 1, seatsPerMember: null }))).toEqual([422, 'invalid', 'body.capacity seats-below-taken']);
      await administrator.patch(`webinars/${number}`, { capacity: 3, seatsPerMember: null });
      expect((await sheet(clients[1] as TestClient, number)).seat).toBe('registered');
      await app.settled();
      expect((await mailsTo(people[1] as BuiltPerson)).map(({ subject }) => subject)).toEqual(['Sei in lista d’attesa: La convenzione di SUA', 'Si è liberato un posto: La convenzione di SUA']);
    });

    it('has one winner when two race for the last one', async () => {
      const number = await one(administrator, { capacity: 1 });
      const clients = await Promise.all([1, 2, 3, 4].map(async () => app.as(await aPerson())));
      const seats = await Promise.all(clients.map(async (client) => (await client.put<WebinarSheet>(`webinars/${number}/seat`)).body.seat));
      expect(seats.sort()).toEqual(['registered', 'waiting', 'waiting', 'waiting']);
    });

    it('asks what it has to, and keeps no answer to what was not asked', async () => {
      const number = await one(administrator, { questions: [{ key: 'ruolo', text: 'Che ruolo hai nell’ente?', required: true }, { key: 'domanda', text: 'Una domanda per chi parla?', required: false }] });
      const client = await app.as(await aPerson());
      expect(await codes(client.put(`webinars/${number}/seat`, { answers: { domanda: 'Quando?' } }))).toEqual([422, 'invalid', 'body.answers.ruolo answer-required']);
      expect((await client.put(`webinars/${number}/seat`, { answers: { ruolo: 'RUP', altro: 'no' } })).status).toBe(200);
      expect((await administrator.get<SeatPage>(`webinars/${number}/seats`)).body.items.map(({ answers }) => answers)).toEqual([[{ question: 'Che ruolo hai nell’ente?', answer: 'RUP' }]]);
      expect((await client.get(`webinars/${number}/seats`)).status).toBe(403);
    });

    it('are refused to who has no body, who runs it, and when it is over', async () => {
      const [newcomer, presenter, member] = [await aPerson({ body: null }), await aPerson(), await aPerson()];
      const webinar = await aWebinar();
      await aStaff(webinar, presenter, 'presenter');
      expect(await codes((await app.as(newcomer)).put(`webinars/${webinar.number}/seat`))).toEqual([409, 'no-body']);
      expect(await codes((await app.as(presenter)).put(`webinars/${webinar.number}/seat`))).toEqual([409, 'webinar-staff']);
      const over = await aWebinar({ starts: -200 });
      expect(await codes((await app.as(member)).put(`webinars/${over.number}/seat`))).toEqual([409, 'webinar-over']);
      expect((await app.anonymous().put(`webinars/${webinar.number}/seat`)).status).toBe(401);
    });

    it('of an edition are its enrolments: those that are there, those that come, and no longer those that end', async () => {
      const edition = await anEdition();
      const before = await anEnrolment({ edition });
      const trainer = await app.as(await aTrainer(edition.course));
      const number = await one(trainer, { editionId: edition.id, kind: 'class' });
      const later = await aPerson();
      const [early, late, stranger] = [await app.as(before.person), await app.as(later), await app.as(await aPerson())];
      expect((await sheet(early, number)).seat).toBe('registered');
      expect((await late.get(`webinars/${number}`)).status).toBe(404);
      await late.put(`editions/${edition.id}/enrolment`);
      await app.settled();
      expect((await sheet(late, number)).seat).toBe('registered');
      expect(await codes(late.delete(`webinars/${number}/seat`))).toEqual([409, 'webinar-by-edition']);
      expect((await stranger.put(`webinars/${number}/seat`)).status).toBe(404);
      await early.put(`enrolments/${before.id}/withdrawal`);
      await app.settled();
      expect((await early.get(`webinars/${number}`)).status).toBe(404);
      expect((await mailsTo(before.person)).map(({ calendar }) => calendar && eventIn(calendar.content)).filter(Boolean)).toMatchObject([{ method: 'REQUEST', sequence: 0 }, { method: 'CANCEL', sequence: 1 }]);
      // The edition is cancelled: so are its meetings
      await administrator.put(`editions/${edition.id}/cancellation`, { reason: 'Troppo pochi iscritti' });
      await app.settled();
      expect(await sheet(trainer, number)).toMatchObject({ state: 'cancelled', cancelReason: 'Troppo pochi iscritti' });
    });
  });

  describe('calendars', () => {
    it('get an invitation, its update and its cancellation: one UID, a SEQUENCE that grows', async () => {
      const number = await one(administrator);
      const person = await aPerson();
      const client = await app.as(person);
      await client.put(`webinars/${number}/seat`);
      await app.settled();
      await administrator.patch(`webinars/${number}`, { day: '2027-03-11' });
      await app.settled();
      await administrator.put(`webinars/${number}/cancellation`, { reason: 'La sala non c’è più.' });
      await app.settled();
      const events = (await mailsTo(person)).map(({ calendar }) => eventIn(calendar?.content ?? ''));
      expect(events).toMatchObject([
        { method: 'REQUEST', sequence: 0, start: '2027-03-10T09:00:00.000Z', status: 'CONFIRMED', summary: 'La convenzione di SUA' }, { method: 'REQUEST', sequence: 1, start: '2027-03-11T09:00:00.000Z', status: 'CONFIRMED' },
        { method: 'CANCEL', sequence: 2, status: 'CANCELLED' },
      ]);
      expect(new Set(events.map(({ uid }) => uid)).size).toBe(1);
      const download = await client.raw('GET', `/api/v1/webinars/${number}/calendar`);
      expect(download.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
      expect(eventIn(await download.text())).toMatchObject({ method: 'PUBLISH', uid: events[0]?.uid, status: 'CANCELLED' });
    });

    it('are followed by a secret address, until it is made anew or revoked', async () => {
      const [person, other] = [await aPerson(), await aPerson()];
      const [mine, waited] = [await aWebinar({ title: 'Il mio webinar' }), await aWebinar({ title: 'Quello che aspetto' })];
      await aSeat(mine, person);
      await aSeat(waited, person, 'waiting');
      await aSeat(await aWebinar({ title: 'Di un’altra' }), other);
      const client = await app.as(person);
      const create = async () => new URL((await client.put<{ url: string }>('calendar-feed')).body.url).pathname;
      const read = async (path: string) => app.anonymous().raw('GET', path);
      const first = await create();
      const text = await (await read(first)).text();
      expect(text).toContain('Il mio webinar');
      expect(text).not.toMatch(/Quello che aspetto|Di un’altra/);
      const second = await create();
      expect((await read(first)).status).toBe(404);
      expect((await read(second)).status).toBe(200);
      await client.delete('calendar-feed');
      expect((await read(second)).status).toBe(404);
      expect((await client.get('calendar-feed')).body).toEqual({ createdAt: null });
    });

    it('say nothing more of a closed network to who left it', async () => {
      const network = await aNetwork({ reading: 'members' });
      const member = await aMember(network);
      const webinar = await aWebinar({ network, title: 'Segreto della rete' });
      await aSeat(webinar, member);
      const client = await app.as(member);
      const feed = new URL((await client.put<{ url: string }>('calendar-feed')).body.url).pathname;
      expect(await (await client.raw('GET', feed)).text()).toContain('Segreto della rete');
      await client.delete(`networks/${network.key}/membership`);
      expect(await (await client.raw('GET', feed)).text()).not.toContain('Segreto della rete');
      expect((await client.get(`webinars/${webinar.number}`)).status).toBe(404);
      const mails = (await mailsTo(member)).length;
      await administrator.patch(`webinars/${webinar.number}`, { day: '2027-06-01' });
      await app.settled();
      expect(await mailsTo(member)).toHaveLength(mails);
    });
  });

  describe('reminders', () => {
    const remind = async () => {
      await remindWebinars();
      await app.settled();
    };
    const keysOf = async (person: { id: string }) => (await mailsTo(person)).map(({ key }) => key.split(':')[3]);

    it('come a week, a day and an hour before, each once, to who has a seat', async () => {
      const webinar = await aWebinar({ starts: 8 * 24 * 60 });
      const [person, waiting] = [await aPerson(), await aPerson()];
      await aSeat(webinar, person);
      await aSeat(webinar, waiting, 'waiting');
      await remind();
      expect(await keysOf(person)).toEqual([]);
      for (const hours of [25, 6 * 24, 22.5]) {
        clock.advance(hours * 3_600_000);
        await remind();
        await remind();
      }
      expect(await keysOf(person)).toEqual(['week', 'day', 'hour']);
      expect(await keysOf(waiting)).toEqual([]);
    });

    it('follow a change of date, come alone to who is late, and not for what was scheduled after they were due', async () => {
      const [moved, soon] = [await aWebinar({ starts: 30 }), await aWebinar({ starts: 3 * 24 * 60, scheduled_at: new Date() })];
      const [person, late] = [await aPerson(), await aPerson()];
      await aSeat(moved, person);
      await aSeat(soon, late);
      await remind();
      expect(await keysOf(person)).toEqual(['hour']);
      expect(await keysOf(late)).toEqual([]);
      await database()('webinars').where('id', moved.id).update({ starts_at: new Date(moved.starts_at.getTime() + 20 * 60_000), ends_at: new Date(moved.ends_at.getTime() + 20 * 60_000) });
      await remind();
      expect(await keysOf(person)).toEqual(['hour', 'hour']);
    });

    it('do not come for what is cancelled', async () => {
      const webinar = await aWebinar({ starts: 40 });
      const person = await aPerson();
      await aSeat(webinar, person);
      await administrator.put(`webinars/${webinar.number}/cancellation`, { reason: 'Non si fa più.' });
      await remind();
      expect((await mailsTo(person)).map(({ subject }) => subject)).toEqual([`Webinar annullato: ${webinar.title}`]);
    });
  });

  describe('the door of the room', () => {
    const door = async (person: { id: string }, number: number) => findRoom(await actorOf(person), number).then(({ role }) => role, (error: { code: string }) => error.code);

    it('opens for each as what she is, in its time', async () => {
      const [organiser, presenter, attendee, waiting, inspector] = [await aPerson(), await aPerson(), await aPerson(), await aPerson(), await aPerson()];
      const webinar = await aWebinar({ starts: 14, organiser });
      await aStaff(webinar, presenter, 'presenter');
      await aStaff(webinar, inspector, 'inspector');
      await aSeat(webinar, attendee);
      await aSeat(webinar, waiting, 'waiting');
      expect(await Promise.all([organiser, presenter, attendee, waiting, inspector, await anAdministrator()].map((person) => door(person, webinar.number)))).toEqual(['organiser', 'presenter', 'attendee', 'webinar-not-registered', 'inspector', 'organiser']);
      clock.advance(-5 * 60_000);
      expect(await door(attendee, webinar.number)).toBe('webinar-doors-closed');
      expect(await door(presenter, webinar.number)).toBe('presenter');
      clock.advance(4 * 3_600_000);
      expect(await door(presenter, webinar.number)).toBe('webinar-over');
    });

    it('stays shut for who was sent out, for what is cancelled, and is not there for who may not know of it', async () => {
      const organiser = await aPerson();
      const [attendee, outsider] = [await aPerson(), await aPerson()];
      const webinar = await aWebinar({ starts: 5, organiser, network: await aNetwork({ reading: 'members' }) });
      await aSeat(webinar, attendee);
      await database()('network_members').insert({ network_id: webinar.network_id, person_id: attendee.id, status: 'active', requested_at: new Date() });
      expect(await door(attendee, webinar.number)).toBe('attendee');
      await expect(removeFromRoom(await actorOf(attendee), webinar.number, organiser.id, null)).rejects.toMatchObject({ code: 'forbidden' });
      await removeFromRoom(await actorOf(organiser), webinar.number, attendee.id, 'Disturba');
      expect(await door(attendee, webinar.number)).toBe('webinar-removed');
      expect(await door(outsider, webinar.number)).toBe('not-found');
      await (await app.as(organiser)).put(`webinars/${webinar.number}/cancellation`, { reason: 'Non si fa più.' });
      expect(await door(organiser, webinar.number)).toBe('webinar-cancelled');
    });
  });

  it('lists what comes and what was, by kind, network and my own part, page after page', async () => {
    const network = await aNetwork();
    const person = await aPerson();
    const soon = await aWebinar({ starts: 60, network });
    const later = await aWebinar({ starts: 120, network, kind: 'class' });
    const past = await aWebinar({ starts: -300, network });
    await aSeat(later, person);
    const client = await app.as(person);
    const numbers = async (query: string) => (await client.get<WebinarPage>(`webinars?network=${network.key}&${query}`)).body.items.map(({ number }) => number);
    expect(await numbers('')).toEqual([soon.number, later.number]);
    expect(await numbers('when=past')).toEqual([past.number]);
    expect(await numbers('kind=class')).toEqual([later.number]);
    expect(await numbers('mine=1')).toEqual([later.number]);
    const first = (await client.get<WebinarPage>(`webinars?network=${network.key}&limit=1`)).body;
    expect(await numbers(`limit=1&cursor=${first.next}`)).toEqual([later.number]);
    expect((await client.get<WebinarPage>('webinars')).body.abilities.create).toBe(false);
  });
});
