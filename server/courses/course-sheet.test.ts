import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aCoordinator, anAdministrator, aPerson, aTrainer } from '../accounts/factory.ts';
import type { CourseSheet } from '../contract/courses.ts';
import { database } from '../database/connection.ts';
import { startTestApp, type TestApp } from '../testing/app.ts';
import { aCourse, anEdition, type BuiltCourse } from './factory.ts';

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

describe('the sheet of a course', () => {
  let app: TestApp;
  let course: BuiltCourse;
  beforeAll(async () => {
    app = await startTestApp({ workers: false });
    course = await aCourse({ area: 'personale', title: 'Il PIAO', lessons: 3, lessonMinutes: 20, pass: [2, 3], draw: 4, quizMinutes: 45, attempts: 2, pauseMinutes: 60 });
    await database()('lessons').where({ id: course.lessonIds[0] }).update({ sources: ['D.L. 80/2021, art. 6', 'D.Lgs. 165/2001'] });
    await database()('lessons').where({ id: course.lessonIds[1] }).update({ sources: ['D.Lgs. 165/2001'] });
  });
  afterAll(() => app.close());
  const sheet = async (client = app.anonymous()) => (await client.get<CourseSheet>(`courses/${course.key}`)).body;

  it('tells anybody what the course is, what it takes, and no question', async () => {
    const reply = await sheet();
    expect(reply).toMatchObject({
      key: course.key, title: 'Il PIAO', area: 'personale', level: 'base', minutes: 60, objectives: ['Provare', 'Riprovare', 'Riuscire'], trainers: [{ name: 'Prova Docente', role: 'Docente' }],
      modules: [{ key: 'modulo', title: 'Modulo', minutes: 60, lessons: [{ key: 'lezione-1', title: 'Lezione 1', kind: 'page', minutes: 20 }, { key: 'lezione-2' }, { key: 'lezione-3' }] }],
      completion: { all: [{ lessons: 'all' }, { quiz: 'prova-finale' }] },
      quizzes: [{ key: 'prova-finale', draw: 4, pass: [2, 3], minutes: 45, attempts: 2, pauseMinutes: 60 }],
      sources: ['D.L. 80/2021, art. 6', 'D.Lgs. 165/2001'],
      version: { number: 1, publishedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) },
      abilities: { manageEditions: false },
    });
    expect(await database()('questions').where({ quiz_id: course.quizId }).count('* as n').first()).toEqual({ n: 6 });
    expect(JSON.stringify(reply)).not.toMatch(/Domanda|Risposta|Spiegazione|Testo 1/);
  });

  it('shows the editions to which one can or will be able to enrol, the soonest first', async () => {
    const facts = { seats: 10, seats_per_member: 2, approval: 'coordinator' } as const;
    await anEdition({ course, code: 'PIAO-2', starts_on: day(50), enrol_from: day(20), enrol_until: day(40) });
    const open = await anEdition({ course, code: 'PIAO-1', starts_on: day(20), enrol_from: day(-2), enrol_until: day(10), ...facts });
    await anEdition({ course, code: 'PIAO-BOZZA', published_at: null });
    await anEdition({ course, code: 'PIAO-ANNULLATA', cancelled_at: new Date() });
    await anEdition({ course, code: 'PIAO-CHIUSA', enrol_until: day(-1) });
    const person = await aPerson();
    await database()('enrolments').insert({ edition_id: open.id, person_id: person.id, body_id: person.body_id, status: 'active' });
    const { editions } = await sheet();
    expect(editions.map(({ code, state }) => [code, state])).toEqual([['PIAO-1', 'open'], ['PIAO-2', 'scheduled']]);
    expect(editions[0]).toEqual({
      id: open.id, code: 'PIAO-1', state: 'open', startsOn: day(20), endsOn: day(60), enrolFrom: day(-2), enrolUntil: day(10), modality: 'online', place: null,
      seats: 10, seatsLeft: 9, seatsPerMember: 2, approval: 'coordinator',
    });
  });

  it('stays on the newest version', async () => {
    const other = await aCourse({ title: 'Titolo nuovo' });
    await database()('courses').where({ id: other.id }).update({ current_version_id: null });
    await database()('course_versions').where({ id: other.versionId }).update({ course_id: course.id, number: 2 });
    await database()('courses').where({ id: course.id }).update({ current_version_id: other.versionId });
    expect(await sheet()).toMatchObject({ title: 'Titolo nuovo', version: { number: 2 } });
    await database()('courses').where({ id: course.id }).update({ current_version_id: course.versionId });
  });

  it('lets UPI and the trainers of this course manage its editions, nobody else', async () => {
    const elsewhere = await aCourse();
    for (const [person, may] of [[await anAdministrator(), true], [await aTrainer(course), true], [await aTrainer(elsewhere), false], [await aCoordinator(), false], [await aPerson(), false]] as const) {
      expect((await sheet(await app.as(person))).abilities.manageEditions).toBe(may);
    }
  });

  it.each(['niente', 'NIENTE', '%00', '..%2f..%2fetc', "'", 'a'.repeat(200)])('does not find %s', async (key) => {
    expect((await app.anonymous().get(`courses/${key}`)).status).toBe(404);
  });
});
