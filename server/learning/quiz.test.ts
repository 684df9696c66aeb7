import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { aPerson } from '../accounts/factory.ts';
import { aCourse, anEdition } from '../courses/factory.ts';
import { database } from '../database/connection.ts';
import { clock } from '../gateways/clock.ts';
import { startTestApp, type TestApp, type TestClient } from '../testing/app.ts';
import { closeOverdueAttempts, GRACE_MS } from './close-attempt.ts';
import { anEnrolment, type BuiltEnrolment, takeTest } from './factory.ts';

interface View {
  id: string;
  number: number;
  total: number;
  remainingSeconds: number;
  closedAt: string | null;
  questions: { id: string; options: { key: string; text: string }[]; answer: string | null }[];
}

interface Result {
  passed: boolean;
  score: number;
  total: number;
  closedBy: string;
  attemptsLeft: number;
  nextAttemptAt: string | null;
  questions: { right: boolean; explanation: string; answer: string | null; lesson: { key: string } | null; options: { correct: boolean }[] }[];
}

const MINUTE = 60_000;

describe('the test', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ workers: false });
  });
  afterEach(() => clock.reset());
  afterAll(() => app.close());

  async function enrolled(course: Parameters<typeof aCourse>[0] = {}): Promise<{ enrolment: BuiltEnrolment; client: TestClient }> {
    const enrolment = await anEnrolment({ edition: await anEdition({ course: await aCourse(course) }) });
    return { enrolment, client: await app.as(enrolment.person) };
  }
  const start = (client: TestClient, enrolment: { id: string }) => client.post<View & { code?: string }>(`enrolments/${enrolment.id}/attempts`, { quizKey: 'prova-finale' });

  it('is passed by 30 right answers of 45 at two thirds, and not by 29', async () => {
    const { enrolment, client } = await enrolled({ bank: 50, draw: 45, pass: [2, 3] });
    const failed = await takeTest(client, enrolment, 29);
    expect(failed.passed).toBe(false);
    const passed = await takeTest(client, enrolment, 30);
    expect(passed.passed).toBe(true);
    const result = (await client.get<Result>(`attempts/${passed.attemptId}/result`)).body;
    expect(result).toMatchObject({ score: 30, total: 45, passed: true });
  });

  it('draws at random from the bank and shuffles the options', async () => {
    const { enrolment, client } = await enrolled({ bank: 40, draw: 20, attempts: 6 });
    const draws = new Set<string>();
    const firstOptions = new Set<string>();
    for (let i = 0; i < 3; i += 1) {
      const { body } = await start(client, enrolment);
      expect(new Set(body.questions.map(({ id }) => id)).size).toBe(20);
      draws.add(body.questions.map(({ id }) => id).join());
      for (const question of body.questions) firstOptions.add(question.options[0]?.key ?? '');
      await client.put(`attempts/${body.id}/closure`);
    }
    expect(draws.size).toBe(3);
    expect(firstOptions).toEqual(new Set(['a', 'b', 'c']));
  });

  it('shows neither the right answers nor the explanations before it is closed, and both afterwards', async () => {
    const { enrolment, client } = await enrolled();
    const started = await start(client, enrolment);
    const id = started.body.id;
    const question = started.body.questions[0];
    const replies = [
      started,
      await client.get(`attempts/${id}`),
      await client.put(`attempts/${id}/answers/${question?.id}`, { option: 'b' }),
      await client.get(`enrolments/${enrolment.id}`),
      await client.get(`enrolments/${enrolment.id}/completion`),
      await client.get(`attempts/${id}/result`),
      await client.get(`corsi/${enrolment.edition.course.key}`),
      await client.get(`courses/${enrolment.edition.course.key}`),
    ];
    for (const { body } of replies) expect(JSON.stringify(body)).not.toMatch(/correct|Spiegazione segreta/);
    expect(replies[5]?.body).toMatchObject({ code: 'attempt-open' });
    await client.put(`attempts/${id}/closure`);
    const result = (await client.get<Result>(`attempts/${id}/result`)).body;
    expect(JSON.stringify(result)).toMatch(/Spiegazione segreta/);
    const answered = result.questions.find(({ answer }) => answer === 'b');
    expect(answered).toMatchObject({ right: false, lesson: { key: 'lezione-1' } });
    expect(answered?.options.filter(({ correct }) => correct)).toHaveLength(1);
  });

  it('returns the running attempt however often it is started', async () => {
    const { enrolment, client } = await enrolled();
    const replies = await Promise.all(Array.from({ length: 8 }, () => start(client, enrolment)));
    expect(new Set(replies.map(({ body }) => body.id)).size).toBe(1);
    expect(await database()('attempts').where({ enrolment_id: enrolment.id })).toHaveLength(1);
  });

  it('keeps every answer and resumes where it was cut, the last answer counting', async () => {
    const { enrolment, client } = await enrolled();
    const { body } = await start(client, enrolment);
    const [first, second] = body.questions;
    await client.put(`attempts/${body.id}/answers/${first?.id}`, { option: 'b' });
    await client.put(`attempts/${body.id}/answers/${first?.id}`, { option: 'a' });
    expect((await client.put(`attempts/${body.id}/answers/${second?.id}`, { option: 'c' })).body).toMatchObject({ answered: 2, total: 3 });
    const elsewhere = await app.as(enrolment.person);
    const resumed = (await elsewhere.get<View>(`attempts/${body.id}`)).body;
    expect(resumed.questions.map(({ answer }) => answer)).toEqual(['a', 'c', null]);
    expect(resumed.questions.map(({ id }) => id)).toEqual(body.questions.map(({ id }) => id));
  });

  it('refuses answers that were not offered, questions that were not drawn, and people who are not hers', async () => {
    const { enrolment, client } = await enrolled({ bank: 6, draw: 3 });
    const { body } = await start(client, enrolment);
    const drawn = body.questions.map(({ id }) => id);
    const other = enrolment.edition.course.questionIds.find((id) => !drawn.includes(id));
    expect((await client.put(`attempts/${body.id}/answers/${drawn[0]}`, { option: 'd' })).body).toMatchObject({ status: 422, errors: [{ path: 'body.option', code: 'unknown-option' }] });
    expect((await client.put(`attempts/${body.id}/answers/${other}`, { option: 'a' })).status).toBe(404);
    const stranger = await app.as(await aPerson());
    for (const reply of [await stranger.get(`attempts/${body.id}`), await stranger.put(`attempts/${body.id}/answers/${drawn[0]}`, { option: 'a' }), await stranger.put(`attempts/${body.id}/closure`), await stranger.get(`attempts/${body.id}/result`)]) {
      expect(reply.status).toBe(404);
    }
    expect((await client.put(`attempts/${body.id}/answers/${drawn[0]}`, { option: 'a' })).status).toBe(200);
  });

  it('keeps the time on the server: answers in flight count, later ones do not, and it closes by itself', async () => {
    const { enrolment, client } = await enrolled({ quizMinutes: 30 });
    const { body } = await start(client, enrolment);
    expect(body.remainingSeconds).toBeGreaterThan(29 * 60);
    const [first, second] = body.questions;
    clock.advance(30 * MINUTE + GRACE_MS / 2);
    expect((await client.put(`attempts/${body.id}/answers/${first?.id}`, { option: 'a' })).status).toBe(200);
    clock.advance(GRACE_MS);
    expect((await client.put(`attempts/${body.id}/answers/${second?.id}`, { option: 'a' })).body).toMatchObject({ code: 'attempt-closed' });
    const result = (await client.get<Result>(`attempts/${body.id}/result`)).body;
    expect(result).toMatchObject({ closedBy: 'time', score: 1, passed: false });
    const row = (await database()('attempts').where({ id: body.id }).first()) as { closed_at: Date; due_at: Date };
    expect(row.closed_at).toEqual(row.due_at);
  });

  it('is closed by the scheduled job when nobody comes back', async () => {
    const { enrolment, client } = await enrolled({ quizMinutes: 10 });
    const { body } = await start(client, enrolment);
    await closeOverdueAttempts();
    expect((await client.get<View>(`attempts/${body.id}`)).body.closedAt).toBeNull();
    clock.advance(11 * MINUTE);
    await closeOverdueAttempts();
    expect(await database()('attempts').where({ id: body.id }).first('closed_by', 'score', 'passed')).toEqual({ closed_by: 'time', score: 0, passed: false });
  });

  it('holds the pause, the number of attempts, and stops once it is passed', async () => {
    const { enrolment, client } = await enrolled({ attempts: 2, pauseMinutes: 60 });
    await takeTest(client, enrolment, 0);
    const soon = await start(client, enrolment);
    expect(soon.body).toMatchObject({ code: 'attempt-too-soon', params: { minutes: 60 } });
    clock.advance(61 * MINUTE);
    const { attemptId } = await takeTest(client, enrolment, 0);
    expect((await client.get<Result>(`attempts/${attemptId}/result`)).body).toMatchObject({ attemptsLeft: 0, nextAttemptAt: null });
    clock.advance(61 * MINUTE);
    expect((await start(client, enrolment)).body).toMatchObject({ code: 'no-attempts-left' });

    const happy = await enrolled();
    await takeTest(happy.client, happy.enrolment);
    expect((await start(happy.client, happy.enrolment)).body).toMatchObject({ code: 'quiz-already-passed' });
  });

  it('is counted once however often it is handed in', async () => {
    const { enrolment, client } = await enrolled();
    const { body } = await start(client, enrolment);
    await Promise.all(Array.from({ length: 6 }, () => client.put(`attempts/${body.id}/closure`)));
    const { rows } = await database().raw<{ rows: { events: number }[] }>("select count(*)::int as events from bullmq.job where data->>'event' = 'attempt.closed' and data->'payload'->>'attemptId' = ?", [body.id]);
    expect(rows[0]?.events).toBe(1);
  });

  it('needs a seat in a running edition', async () => {
    const waiting = await anEnrolment({ status: 'waiting' });
    expect((await start(await app.as(waiting.person), waiting)).body).toMatchObject({ code: 'edition-not-running' });
    const over = await anEnrolment({ edition: await anEdition({ starts_on: '2020-01-01', ends_on: '2020-02-01' }) });
    expect((await start(await app.as(over.person), over)).body).toMatchObject({ code: 'edition-not-running' });
  });
});
