import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { aCoordinator, anAdministrator, aPerson, aTrainer, type BuiltPerson } from '../accounts/factory.ts';
import type { EditionDetail, EditionsPage, ManagedCourses } from '../contract/courses.ts';
import { database } from '../database/connection.ts';
import { clock } from '../gateways/clock.ts';
import { startTestApp, type TestApp, type TestClient } from '../testing/app.ts';
import { aCourse, anEdition, type BuiltCourse } from './factory.ts';

const DAY_MS = 86_400_000;
const day = (offset: number) => new Date(Date.now() + offset * DAY_MS).toISOString().slice(0, 10);

describe('managing editions', () => {
  let app: TestApp;
  let course: BuiltCourse;
  let other: BuiltCourse;
  let admin: BuiltPerson;
  let trainer: BuiltPerson;
  let asAdmin: TestClient;
  let asTrainer: TestClient;
  beforeAll(async () => {
    app = await startTestApp({ workers: false });
    course = await aCourse({ key: 'appalti-prova', title: 'Appalti' });
    other = await aCourse({ title: 'Europa' });
    admin = await anAdministrator();
    trainer = await aTrainer(course, { given_name: 'Tea', family_name: 'Docente' });
    asAdmin = await app.as(admin);
    asTrainer = await app.as(trainer);
  });
  afterAll(() => app.close());
  afterEach(() => clock.reset());

  const wanted = (overrides: Record<string, unknown> = {}) => ({
    course: course.key, startsOn: day(30), endsOn: day(90), enrolFrom: day(0), enrolUntil: day(25), modality: 'online', ...overrides,
  });
  const made = async (overrides: Record<string, unknown> = {}) => (await asTrainer.post<EditionDetail>('editions', wanted(overrides))).body;
  const audited = (id: string) => database()('audit_entries').where({ subject_id: id }).orderBy('id').select('act', 'actor_id', 'details');

  describe('creating', () => {
    it('lets a trainer of the course draft an edition, under a readable code, and notes it', async () => {
      const reply = await asTrainer.post<EditionDetail>('editions', wanted({ seats: 50, seatsPerMember: 3, approval: 'coordinator', trainerIds: [trainer.id] }));
      expect(reply.status).toBe(201);
      expect(reply.body).toMatchObject({
        state: 'draft', code: `APPALTI-PROVA-${day(30).slice(0, 4)}-1`, startsOn: day(30), seats: 50, seatsLeft: 50, seatsTaken: 0, seatsPerMember: 3, approval: 'coordinator', place: null,
        course: { key: course.key, title: 'Appalti', area: 'appalti' }, version: 1, trainers: [{ id: trainer.id, name: 'Tea Docente' }], publishedAt: null,
        abilities: { update: true, publish: true, cancel: true },
      });
      expect(await audited(reply.body.id)).toEqual([{ act: 'edition.create', actor_id: trainer.id, details: { code: reply.body.code } }]);
    });

    it('counts the codes on, also when two are made at once', async () => {
      const codes = (await Promise.all([made(), made(), made()])).map(({ code }) => code);
      expect(new Set(codes).size).toBe(3);
      expect(codes.every((code) => /^APPALTI-PROVA-\d{4}-\d+$/.test(code))).toBe(true);
    });

    it.each<[string, Record<string, unknown>, string, string]>([
      ['an end before the start', { endsOn: day(29) }, 'body.endsOn', 'ends-before-start'],
      ['a past edition', { startsOn: day(-20), endsOn: day(-3), enrolFrom: day(-30), enrolUntil: day(-25) }, 'body.endsOn', 'edition-in-the-past'],
      ['enrolment that closes before it opens', { enrolUntil: day(-1) }, 'body.enrolUntil', 'enrolment-ends-before-start'],
      ['enrolment after the end', { enrolUntil: day(91) }, 'body.enrolUntil', 'enrolment-after-the-end'],
      ['a class without place', { modality: 'aula' }, 'body.place', 'place-required'],
      ['a mixed one without place', { modality: 'misto', place: null }, 'body.place', 'place-required'],
      ['more seats for a Province than there are', { seats: 5, seatsPerMember: 6 }, 'body.seatsPerMember', 'more-seats-per-province-than-seats'],
      ['a course not chosen', { course: '' }, 'body.course', 'course-missing'],
      ['a course that does not exist', { course: 'fantasma' }, 'body.course', 'unknown-course'],
    ])('refuses %s', async (_name, overrides, path, code) => {
      const reply = await asAdmin.post<{ errors: { path: string; code: string; message: string }[] }>('editions', wanted(overrides));
      expect(reply.status).toBe(422);
      expect(reply.body.errors).toContainEqual({ path, code, message: expect.not.stringMatching(/^[a-z-]+$/) });
    });

    it('tells every mistake at once', async () => {
      const reply = await asTrainer.post<{ errors: { path: string }[] }>('editions', wanted({ endsOn: day(1), enrolUntil: day(-5), modality: 'aula', seats: 1, seatsPerMember: 2, trainerIds: [admin.id] }));
      expect(reply.body.errors.map(({ path }) => path)).toEqual(['body.endsOn', 'body.enrolUntil', 'body.place', 'body.seatsPerMember', 'body.trainerIds.0']);
      const malformed = await asTrainer.post<{ errors: { path: string }[] }>('editions', { course: course.key, startsOn: '31/12/2026', seats: 0, modality: 'radio' });
      expect(malformed.body.errors.map(({ path }) => path).sort()).toEqual(['body.endsOn', 'body.enrolFrom', 'body.enrolUntil', 'body.modality', 'body.seats', 'body.startsOn']);
    });

    it('refuses trainers who hold no role in the course', async () => {
      const stranger = await aTrainer(other);
      expect((await asTrainer.post('editions', wanted({ trainerIds: [trainer.id] }))).status).toBe(201);
      expect((await asTrainer.post('editions', wanted({ trainerIds: [trainer.id, stranger.id] }))).body).toMatchObject({ errors: [{ path: 'body.trainerIds.1', code: 'not-a-trainer' }] });
    });

    it('is for UPI and the trainers of the course alone', async () => {
      expect((await app.anonymous().post('editions', wanted())).status).toBe(401);
      for (const person of [await aPerson(), await aCoordinator()]) expect((await (await app.as(person)).post('editions', wanted())).status).toBe(403);
      expect((await (await app.as(await aTrainer(other))).post('editions', wanted())).status).toBe(403);
      expect((await asAdmin.post('editions', wanted())).status).toBe(201);
    });
  });

  describe('changing', () => {
    it('changes what is given and leaves the rest, with what was before in the audit', async () => {
      const edition = await made({ seats: 20, trainerIds: [trainer.id] });
      const reply = await asAdmin.patch<EditionDetail>(`editions/${edition.id}`, { seats: null, modality: 'aula', place: 'Treviso, Sant\'Artemio', trainerIds: [] });
      expect(reply.body).toMatchObject({ seats: null, seatsLeft: null, modality: 'aula', place: 'Treviso, Sant\'Artemio', startsOn: edition.startsOn, trainers: [] });
      expect((await audited(edition.id)).at(-1)).toMatchObject({ act: 'edition.change', actor_id: admin.id, details: { before: { seats: 20, modality: 'online' }, after: { seats: null, modality: 'aula' } } });
    });

    it('judges the whole, not only what is given', async () => {
      const edition = await made();
      expect((await asTrainer.patch(`editions/${edition.id}`, { startsOn: day(100) })).body).toMatchObject({ errors: [{ path: 'body.endsOn', code: 'ends-before-start' }] });
      expect((await asTrainer.patch(`editions/${edition.id}`, { startsOn: day(100), endsOn: day(120) })).status).toBe(200);
    });

    it('does not take seats from those who have one', async () => {
      const edition = await anEdition({ course, seats: 5 });
      for (let i = 0; i < 2; i += 1) {
        const person = await aPerson();
        await database()('enrolments').insert({ edition_id: edition.id, person_id: person.id, body_id: person.body_id, status: 'active' });
      }
      expect((await asTrainer.patch(`editions/${edition.id}`, { seats: 1 })).body).toMatchObject({ errors: [{ path: 'body.seats', code: 'seats-below-taken' }] });
      expect((await asTrainer.patch(`editions/${edition.id}`, { seats: 2 })).body).toMatchObject({ seats: 2, seatsLeft: 0, seatsTaken: 2 });
    });

    it('leaves cancelled and past editions as they are', async () => {
      const cancelled = await anEdition({ course, cancelled_at: new Date() });
      expect((await asTrainer.patch(`editions/${cancelled.id}`, { seats: 9 })).body).toMatchObject({ status: 409, code: 'edition-cancelled' });
      const edition = await anEdition({ course });
      expect((await asTrainer.patch(`editions/${edition.id}`, { seats: 9 })).status).toBe(200);
      clock.advance(70 * DAY_MS);
      expect((await asTrainer.patch(`editions/${edition.id}`, { seats: 8 })).body).toMatchObject({ status: 409, code: 'edition-over' });
    });
  });

  describe('publishing', () => {
    it('shows the edition to everybody, on the version that is newest at that moment', async () => {
      const edition = await made();
      expect((await app.anonymous().get(`editions/${edition.id}`)).status).toBe(404);
      const newer = await aCourse();
      await database()('courses').where({ id: newer.id }).update({ current_version_id: null });
      await database()('course_versions').where({ id: newer.versionId }).update({ course_id: course.id, number: 2 });
      await database()('courses').where({ id: course.id }).update({ current_version_id: newer.versionId });
      const reply = await asTrainer.put<EditionDetail>(`editions/${edition.id}/publication`);
      await database()('courses').where({ id: course.id }).update({ current_version_id: course.versionId });
      expect(reply.body).toMatchObject({ state: 'open', version: 2, publishedAt: expect.any(String), abilities: { publish: false, update: true } });
      expect((await app.anonymous().get<EditionDetail>(`editions/${edition.id}`)).body).toMatchObject({ code: edition.code, state: 'open', version: 2, abilities: { update: false, publish: false, cancel: false } });
    });

    it('does it once, however often it is asked', async () => {
      const edition = await made();
      const first = await asTrainer.put<EditionDetail>(`editions/${edition.id}/publication`);
      expect((await asTrainer.put<EditionDetail>(`editions/${edition.id}/publication`)).body.publishedAt).toBe(first.body.publishedAt);
      expect((await audited(edition.id)).map(({ act }) => act)).toEqual(['edition.create', 'edition.publish']);
    });

    it('refuses a draft grown old', async () => {
      const edition = await made();
      clock.advance(26 * DAY_MS);
      expect((await asTrainer.put(`editions/${edition.id}/publication`)).body).toMatchObject({ status: 409, code: 'enrolment-already-over' });
      clock.advance(70 * DAY_MS);
      expect((await asTrainer.put(`editions/${edition.id}/publication`)).status).toBe(422);
    });
  });

  describe('cancelling', () => {
    it('keeps the reason, tells the rest of the application, and takes the edition out of the catalogue', async () => {
      const edition = await made({ startsOn: day(1), endsOn: day(40) });
      await asTrainer.put(`editions/${edition.id}/publication`);
      const codes = async () => ((await app.anonymous().get<{ editions: { code: string }[] }>(`courses/${course.key}`)).body.editions).map(({ code }) => code);
      expect(await codes()).toContain(edition.code);
      const reply = await asTrainer.put<EditionDetail>(`editions/${edition.id}/cancellation`, { reason: 'Docente indisponibile' });
      expect(reply.body).toMatchObject({ state: 'cancelled', cancelReason: 'Docente indisponibile', cancelledAt: expect.any(String), abilities: { update: false, publish: false, cancel: false } });
      expect(await codes()).not.toContain(edition.code);
      expect((await audited(edition.id)).at(-1)).toMatchObject({ act: 'edition.cancel', actor_id: trainer.id, details: { reason: 'Docente indisponibile' } });
      const { rows } = await database().raw<{ rows: { data: { event: string; payload: unknown } }[] }>("select data from bullmq.job where data ->> 'event' = 'edition.cancelled'");
      expect(rows.map(({ data }) => data.payload)).toContainEqual({ editionId: edition.id });
    });

    it('tells who manages it how many it would concern, seated or waiting', async () => {
      const edition = await anEdition({ course });
      for (const status of ['active', 'active', 'completed', 'waiting', 'requested', 'withdrawn', 'refused']) {
        const person = await aPerson();
        await database()('enrolments').insert({ edition_id: edition.id, person_id: person.id, body_id: person.body_id, status });
      }
      expect((await asTrainer.get<EditionDetail>(`editions/${edition.id}`)).body).toMatchObject({ seatsTaken: 3, openEnrolments: { seated: 2, waiting: 2 } });
      expect((await app.anonymous().get<EditionDetail>(`editions/${edition.id}`)).body).toMatchObject({ seatsTaken: 3, openEnrolments: null });
    });

    it('wants a reason, and happens once', async () => {
      const edition = await made();
      expect((await asTrainer.put(`editions/${edition.id}/cancellation`, { reason: ' no ' })).status).toBe(422);
      expect((await asTrainer.put(`editions/${edition.id}/cancellation`, { reason: 'Rinviata' })).status).toBe(200);
      expect((await asTrainer.put(`editions/${edition.id}/cancellation`, { reason: 'Ancora' })).body).toMatchObject({ status: 409, code: 'edition-cancelled' });
      expect((await asTrainer.put(`editions/${edition.id}/publication`)).body).toMatchObject({ status: 409, code: 'edition-cancelled' });
    });
  });

  it('does not find the editions of another course, for who trains elsewhere', async () => {
    const published = await anEdition({ course });
    const draft = await made();
    const elsewhere = await app.as(await aTrainer(other));
    expect((await asTrainer.get(`editions/${draft.id}`)).status).toBe(200);
    expect((await elsewhere.get(`editions/${draft.id}`)).status).toBe(404);
    expect((await elsewhere.get(`editions/${published.id}`)).status).toBe(200);
    for (const { id } of [published, draft]) {
      expect((await elsewhere.patch(`editions/${id}`, { seats: 9 })).status).toBe(404);
      expect((await elsewhere.put(`editions/${id}/publication`)).status).toBe(404);
      expect((await elsewhere.put(`editions/${id}/cancellation`, { reason: 'Dispetto' })).status).toBe(404);
    }
  });

  describe('listing', () => {
    const mine = async (client: TestClient, query = '') => (await client.get<EditionsPage>(`editions?limit=100${query}`)).body.items;

    it('shows each manager her own, the latest start first', async () => {
      const foreign = await anEdition({ course: other });
      const all = await mine(asAdmin);
      expect(all.map(({ id }) => id)).toContain(foreign.id);
      const own = await mine(asTrainer);
      expect(own.map(({ id }) => id)).not.toContain(foreign.id);
      expect(own.length).toBeGreaterThan(5);
      expect(own.map(({ startsOn }) => startsOn)).toEqual(own.map(({ startsOn }) => startsOn).sort().reverse());
      expect((await (await app.as(await aPerson())).get('editions')).status).toBe(403);
    });

    it.each(['draft', 'cancelled', 'scheduled', 'open', 'closed', 'over'])('filters by state as the editions themselves tell it: %s', async (state) => {
      await anEdition({ course, enrol_from: day(2) });
      await anEdition({ course, enrol_until: day(-1) });
      await anEdition({ course, starts_on: day(-50), ends_on: day(-2), enrol_until: day(-40), enrol_from: day(-60) });
      const expected = (await mine(asAdmin)).filter((edition) => edition.state === state).map(({ id }) => id);
      expect(expected.length).toBeGreaterThan(0);
      expect((await mine(asAdmin, `&state=${state}`)).map(({ id }) => id)).toEqual(expected);
    });

    it('filters by course and leafs through every edition once', async () => {
      const expected = (await mine(asAdmin, `&course=${course.key}`)).map(({ id }) => id);
      const seen: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const page: EditionsPage = (await asAdmin.get<EditionsPage>(`editions?limit=3&course=${course.key}${cursor ? `&cursor=${cursor}` : ''}`)).body;
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.next;
      }
      expect(expected.length).toBeGreaterThan(6);
      expect(seen).toEqual(expected);
    });

    it('names the courses one manages and who may train in them', async () => {
      const ofAdmin = (await asAdmin.get<ManagedCourses>('managed-courses')).body.items;
      expect(ofAdmin.map(({ key }) => key)).toEqual(expect.arrayContaining([course.key, other.key]));
      const ofTrainer = (await asTrainer.get<ManagedCourses>('managed-courses')).body.items;
      expect(ofTrainer).toMatchObject([{ key: course.key, title: 'Appalti', trainers: [{ id: trainer.id, name: 'Tea Docente' }] }]);
      expect(JSON.stringify(ofTrainer)).not.toContain('@');
      expect((await (await app.as(await aCoordinator())).get('managed-courses')).status).toBe(403);
    });
  });

  it('is described in OpenAPI, with references only to schemas that are there', async () => {
    const text = JSON.stringify((await app.anonymous().get('/api/openapi.json')).body);
    const references = [...new Set([...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference = '']) => reference))];
    expect(references).toContain('#/components/schemas/CompletionRule');
    for (const reference of references) expect(text).toContain(`"${reference.replace('#/components/schemas/', '')}":{`);
  });
});
