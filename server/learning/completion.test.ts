import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { aCourse, anEdition } from '../courses/factory.ts';
import { database } from '../database/connection.ts';
import { clock } from '../gateways/clock.ts';
import { startTestApp, type TestApp, type TestClient } from '../testing/app.ts';
import { explainCompletion } from './explain-completion.ts';
import { anEnrolment, type BuiltEnrolment, completeLessons, takeTest } from './factory.ts';

interface Explained {
  fulfilled: boolean;
  parts: { kind: string; fulfilled: boolean; have: number; need: number; link: string | null; missing: { title: string; link: string }[]; attempts: { made: number; left: number; nextAt: string | null } | null }[];
}

interface Done {
  status: string;
  progress: { lessons: number; lessonsDone: number; minutes: number; minutesDone: number };
  completion: Explained;
}

describe('lessons, progress and completion', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ workers: false });
  });
  afterAll(() => app.close());
  afterEach(() => clock.reset());

  async function enrolled(course: Parameters<typeof aCourse>[0] = {}): Promise<{ enrolment: BuiltEnrolment; client: TestClient }> {
    const enrolment = await anEnrolment({ edition: await anEdition({ course: await aCourse(course) }) });
    return { enrolment, client: await app.as(enrolment.person) };
  }
  const finish = (client: TestClient, enrolment: { id: string }, key: string) => client.put<Done>(`enrolments/${enrolment.id}/lessons/${key}/completion`);
  const statusOf = async (id: string) => ((await database()('enrolments').where({ id }).first('status')) as { status: string }).status;

  it('marks a lesson as done once and credits its minutes once', async () => {
    const { enrolment, client } = await enrolled({ lessons: 2, lessonMinutes: 30 });
    const [first] = await Promise.all(Array.from({ length: 6 }, () => finish(client, enrolment, 'lezione-1')));
    expect(first?.body.progress).toEqual({ lessons: 2, lessonsDone: 1, minutes: 60, minutesDone: 30 });
    const ledger = await database()('hours_entries').where({ enrolment_id: enrolment.id });
    expect(ledger).toHaveLength(1);
    expect(ledger[0]).toMatchObject({ minutes: 30, area_code: 'appalti', body_id: enrolment.person.body_id, source: 'lesson' });
    expect((await client.get<Done>(`enrolments/${enrolment.id}`)).body.progress).toEqual(first?.body.progress);
    expect((await client.get<{ items: Done[] }>('enrolments')).body.items[0]?.progress).toEqual(first?.body.progress);
  });

  it('credits a lesson once a year, in whichever edition of the course it is done', async () => {
    const course = await aCourse({ lessons: 2, lessonMinutes: 30 });
    const first = await anEnrolment({ edition: await anEdition({ course }) });
    const client = await app.as(first.person);
    await finish(client, first, 'lezione-1');
    await database()('enrolments').where({ id: first.id }).update({ status: 'withdrawn' });
    const second = await anEnrolment({ person: first.person, edition: await anEdition({ course }) });
    expect((await finish(client, second, 'lezione-1')).body.progress.minutesDone).toBe(30);
    await finish(client, second, 'lezione-2');
    const minutes = async () => (await database()('hours_entries').where({ person_id: first.person.id }).orderBy('id').pluck('minutes')) as number[];
    expect(await minutes()).toEqual([30, 30]);
    // Another year's are another year's
    await database()('enrolments').where({ id: second.id }).update({ status: 'withdrawn' });
    await database().raw("alter table hours_entries disable trigger user");
    await database().raw("update hours_entries set day = day - interval '1 year' where person_id = ?", [first.person.id]);
    await database().raw("alter table hours_entries enable trigger user");
    const third = await anEnrolment({ person: first.person, edition: await anEdition({ course }) });
    await finish(client, third, 'lezione-1');
    expect(await minutes()).toEqual([30, 30, 30]);
  });

  it('shows a lesson with its neighbours and remembers where a video was left', async () => {
    const { enrolment, client } = await enrolled({ lessons: 3 });
    await client.put(`enrolments/${enrolment.id}/lessons/lezione-2/progress`, { positionSeconds: 42.5 });
    const { body } = await client.get(`enrolments/${enrolment.id}/lessons/lezione-2`);
    expect(body).toMatchObject({ html: '<p>Testo 2</p>', previous: { key: 'lezione-1' }, next: { key: 'lezione-3' }, positionSeconds: 42.5, abilities: { complete: true } });
    expect((await client.get(`enrolments/${enrolment.id}/lessons/non-esiste`)).status).toBe(404);
    expect((await client.put(`enrolments/${enrolment.id}/lessons/lezione-2/progress`, { positionSeconds: -1 })).status).toBe(422);
  });

  it('opens lessons only with a seat and from the first day; afterwards they can be read but count no more', async () => {
    const waiting = await anEnrolment({ status: 'waiting' });
    expect((await (await app.as(waiting.person)).get(`enrolments/${waiting.id}/lessons/lezione-1`)).body).toMatchObject({ code: 'lesson-not-open' });
    const early = await anEnrolment({ edition: await anEdition({ starts_on: '2999-01-01', ends_on: '2999-02-01' }) });
    expect((await (await app.as(early.person)).get(`enrolments/${early.id}/lessons/lezione-1`)).body).toMatchObject({ code: 'lesson-not-open' });
    const over = await anEnrolment({ edition: await anEdition({ starts_on: '2020-01-01', ends_on: '2020-02-01' }) });
    const client = await app.as(over.person);
    expect((await client.get(`enrolments/${over.id}/lessons/lezione-1`)).body).toMatchObject({ abilities: { complete: false } });
    expect((await finish(client, over, 'lezione-1')).body).toMatchObject({ code: 'edition-not-running' });
    expect(await database()('hours_entries').where({ enrolment_id: over.id })).toHaveLength(0);
  });

  it('names each missing rule with its link, and completes with the last one', async () => {
    const { enrolment, client } = await enrolled();
    const before = (await client.get<Explained>(`enrolments/${enrolment.id}/completion`)).body;
    expect(before).toMatchObject({
      fulfilled: false,
      parts: [
        { kind: 'lessons', fulfilled: false, have: 0, need: 2, missing: [{ title: 'Lezione 1', link: `/percorso/${enrolment.id}/lezioni/lezione-1` }, { title: 'Lezione 2' }] },
        { kind: 'quiz', fulfilled: false, have: 0, need: 2, link: `/percorso/${enrolment.id}/prova/prova-finale` },
      ],
    });
    await completeLessons(client, enrolment);
    expect(await statusOf(enrolment.id)).toBe('active');
    await takeTest(client, enrolment, 1);
    expect((await client.get<Explained>(`enrolments/${enrolment.id}/completion`)).body.parts[1]).toMatchObject({ fulfilled: false, have: 1, need: 2 });
    await takeTest(client, enrolment);
    expect(await statusOf(enrolment.id)).toBe('completed');
    expect(await database()('completions').where({ enrolment_id: enrolment.id })).toHaveLength(1);
    expect((await client.get<Explained>(`enrolments/${enrolment.id}/completion`)).body.fulfilled).toBe(true);
  });

  it('says when the test can be taken again, and offers it only when it can', async () => {
    const { enrolment, client } = await enrolled({ attempts: 2, pauseMinutes: 60 });
    const test = async () => (await client.get<Explained>(`enrolments/${enrolment.id}/completion`)).body.parts[1];
    const link = `/percorso/${enrolment.id}/prova/prova-finale`;
    expect(await test()).toMatchObject({ link, attempts: { made: 0, left: 2, nextAt: null } });
    await takeTest(client, enrolment, 0);
    const paused = await test();
    expect(paused).toMatchObject({ have: 0, link: null, attempts: { made: 1, left: 1, nextAt: expect.any(String) } });
    expect(new Date(paused?.attempts?.nextAt ?? 0).getTime() - clock.now().getTime()).toBeGreaterThan(58 * 60_000);
    clock.advance(61 * 60_000);
    expect(await test()).toMatchObject({ link, attempts: { made: 1, left: 1, nextAt: null } });
    const { body } = await client.post<{ id: string }>(`enrolments/${enrolment.id}/attempts`, { quizKey: 'prova-finale' });
    expect(await test()).toMatchObject({ link, attempts: { made: 1, left: 0 } });
    expect((await client.get<{ items: { openQuiz: string | null }[] }>('enrolments')).body.items).toMatchObject([{ openQuiz: 'prova-finale' }]);
    await client.put(`attempts/${body.id}/closure`);
    expect(await test()).toMatchObject({ link: null, attempts: { made: 2, left: 0, nextAt: null } });
    expect((await client.get<{ items: { openQuiz: string | null }[] }>('enrolments')).body.items).toMatchObject([{ openQuiz: null }]);
  });

  it('completes also when the test comes first, and only once when both arrive together', async () => {
    const { enrolment, client } = await enrolled({ lessons: 1 });
    await takeTest(client, enrolment);
    expect(await statusOf(enrolment.id)).toBe('active');
    await Promise.all([finish(client, enrolment, 'lezione-1'), finish(client, enrolment, 'lezione-1'), finish(client, enrolment, 'lezione-1')]);
    expect(await statusOf(enrolment.id)).toBe('completed');
    const { rows } = await database().raw<{ rows: { events: number }[] }>("select count(*)::int as events from bullmq.job where data->>'event' = 'completion.reached' and data->'payload'->>'enrolmentId' = ?", [enrolment.id]);
    expect(rows[0]?.events).toBe(1);
  });

  it('completes who comes back to a seat with everything done: the test that was running when she left it is passed', async () => {
    const { enrolment, client } = await enrolled();
    await completeLessons(client, enrolment);
    const { body } = await client.post<{ id: string; questions: { id: string }[] }>(`enrolments/${enrolment.id}/attempts`, { quizKey: 'prova-finale' });
    await client.put(`enrolments/${enrolment.id}/withdrawal`);
    for (const question of body.questions) await client.put(`attempts/${body.id}/answers/${question.id}`, { option: 'a' });
    expect((await client.put<{ passed: boolean }>(`attempts/${body.id}/closure`)).body.passed).toBe(true);
    expect(await statusOf(enrolment.id)).toBe('withdrawn');
    expect((await client.put<Done>(`editions/${enrolment.edition.id}/enrolment`)).body.status).toBe('completed');
    expect(await database()('completions').where({ enrolment_id: enrolment.id })).toHaveLength(1);
  });

  it('keeps what was learnt when a place is given up and taken again, and credits it once', async () => {
    const { enrolment, client } = await enrolled({ lessons: 2, lessonMinutes: 30 });
    await finish(client, enrolment, 'lezione-1');
    await client.put(`enrolments/${enrolment.id}/withdrawal`);
    expect((await client.get(`enrolments/${enrolment.id}/lessons/lezione-1`)).body).toMatchObject({ code: 'lesson-not-open' });
    await client.put(`editions/${enrolment.edition.id}/enrolment`);
    expect((await finish(client, enrolment, 'lezione-1')).body.progress).toMatchObject({ lessonsDone: 1, minutesDone: 30 });
    expect(await database()('hours_entries').where({ enrolment_id: enrolment.id })).toHaveLength(1);
  });

  it('judges all, any, chosen lessons and attendance as data', () => {
    const facts = {
      enrolmentId: 'x',
      lessons: [{ key: 'a', title: 'A', done: true }, { key: 'b', title: 'B', done: false }],
      quizzes: [],
      attendance: { have: 79, planned: 100 },
      now: new Date(),
    };
    expect(explainCompletion({ all: [{ lessons: ['a'] }] }, facts).fulfilled).toBe(true);
    expect(explainCompletion({ all: [{ lessons: 'all' }] }, facts).fulfilled).toBe(false);
    expect(explainCompletion({ any: [{ lessons: ['b'] }, { lessons: ['a'] }] }, facts)).toMatchObject({ fulfilled: true, parts: [{ alternative: true }, { alternative: true }] });
    expect(explainCompletion({ all: [{ attendance: '4/5' }] }, facts)).toMatchObject({ fulfilled: false, parts: [{ have: 79, need: 80 }] });
    expect(explainCompletion({ all: [{ attendance: '4/5' }] }, { ...facts, attendance: { have: 80, planned: 100 } }).fulfilled).toBe(true);
    expect(explainCompletion({ all: [{ quiz: 'non-esiste' }] }, facts).fulfilled).toBe(false);
  });
});
