import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aCoordinator, anAdministrator, aPerson, aTrainer } from '../accounts/factory.ts';
import { aCourse, anEdition } from '../courses/factory.ts';
import { database } from '../database/connection.ts';
import { aMunicipality, aProvince } from '../territory/factory.ts';
import { startTestApp, type TestApp, type TestClient } from '../testing/app.ts';
import { anEnrolment, completeLessons, takeTest } from './factory.ts';

interface Outcome {
  id: string;
  status: string;
  progress: { lessons: number; lessonsDone: number; minutes: number; minutesDone: number };
  attemptsUsed: number;
  passed: boolean | null;
  abilities: { decide: boolean };
}
interface Page {
  items: Outcome[];
  next: string | null;
  code?: string;
}

describe('outcomes', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ workers: false });
  });
  afterAll(() => app.close());

  async function all(client: TestClient, path: string): Promise<Outcome[]> {
    const items: Outcome[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { status, body }: { status: number; body: Page } = await client.get<Page>(`${path}?limit=3${cursor && `&cursor=${cursor}`}`);
      expect(status).toBe(200);
      items.push(...body.items);
      cursor = body.next;
    }
    return items;
  }

  it('show the trainer how far each has come, with the figures that the person sees', async () => {
    const edition = await anEdition({ course: await aCourse({ lessons: 2, lessonMinutes: 30 }) });
    const [reader, finisher] = [await anEnrolment({ edition }), await anEnrolment({ edition })];
    const [readerClient, finisherClient] = [await app.as(reader.person), await app.as(finisher.person)];
    await readerClient.put(`enrolments/${reader.id}/lessons/lezione-1/completion`);
    await completeLessons(finisherClient, finisher);
    await takeTest(finisherClient, finisher, 0);
    await takeTest(finisherClient, finisher);
    const outcomes = await all(await app.as(await aTrainer(edition.course)), `editions/${edition.id}/enrolments`);
    const own = (await readerClient.get<Outcome>(`enrolments/${reader.id}`)).body;
    expect(outcomes.find(({ id }) => id === reader.id)).toMatchObject({ status: 'active', progress: own.progress, attemptsUsed: 0, passed: null, abilities: { decide: false } });
    expect(own.progress).toEqual({ lessons: 2, lessonsDone: 1, minutes: 60, minutesDone: 30 });
    expect(outcomes.find(({ id }) => id === finisher.id)).toMatchObject({ status: 'completed', progress: { lessonsDone: 2 }, attemptsUsed: 2, passed: true });
  });

  it('are outcomes, never clicks', async () => {
    const { edition } = await anEnrolment();
    const { body } = await (await app.as(await aTrainer(edition.course))).get<Page>(`editions/${edition.id}/enrolments`);
    expect(body.items).toHaveLength(1);
    expect(JSON.stringify(body)).not.toMatch(/opened|positionSeconds|email|answer|score/i);
  });

  it('of an edition are for its trainers, those of its course and UPI', async () => {
    const { edition } = await anEnrolment();
    const path = `editions/${edition.id}/enrolments`;
    const ofEdition = await aTrainer({ id: (await aCourse()).id });
    expect((await (await app.as(ofEdition)).get(path)).status).toBe(404);
    await database()('edition_trainers').insert({ edition_id: edition.id, person_id: ofEdition.id });
    expect((await (await app.as(ofEdition)).get(path)).status).toBe(200);
    expect((await (await app.as(await anAdministrator())).get(path)).status).toBe(200);
    expect((await (await app.as(await aPerson())).get(path)).status).toBe(403);
    expect((await (await app.as(await aCoordinator())).get(path)).status).toBe(403);
    expect((await app.anonymous().get(path)).status).toBe(401);
  });

  it('come page after page, each once, newest request first', async () => {
    const edition = await anEdition();
    const at = new Date('2026-03-01T09:00:00.123Z');
    // Several in the same instant: the order must still be one
    for (let i = 0; i < 8; i += 1) await anEnrolment({ edition, requested_at: i < 4 ? at : new Date(at.getTime() + i) });
    const outcomes = await all(await app.as(await aTrainer(edition.course)), `editions/${edition.id}/enrolments`);
    expect(new Set(outcomes.map(({ id }) => id)).size).toBe(8);
    expect(outcomes).toHaveLength(8);
    const client = await app.as(await aTrainer(edition.course));
    expect((await client.get<Page>(`editions/${edition.id}/enrolments?cursor=WyJ4IiwieSJd`)).body.code).toBe('bad-cursor');
  });

  it('of a coordinator are those of her Province and its municipalities alone', async () => {
    const [siena, nuoro] = [await aProvince('Siena'), await aProvince('Nuoro')];
    const own = await anEnrolment({ person: await aPerson({ body: siena }) });
    const ofTown = await anEnrolment({ person: await aPerson({ body: await aMunicipality(siena) }) });
    const foreign = await anEnrolment({ person: await aPerson({ body: nuoro }) });
    const ids = (await all(await app.as(await aCoordinator({ body: siena })), 'enrolments/outcomes')).map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([own.id, ofTown.id]));
    expect(ids).not.toContain(foreign.id);
    expect((await all(await app.as(await anAdministrator()), 'enrolments/outcomes')).map(({ id }) => id)).toContain(foreign.id);
    expect((await (await app.as(await aPerson({ body: siena }))).get('enrolments/outcomes')).status).toBe(403);
  });

  it('tell of which kind the body is, and where the edition is in its life', async () => {
    const siena = await aProvince('Siena');
    const [running, over] = [await anEdition(), await anEdition({ starts_on: '2026-01-10', ends_on: '2026-02-10', enrol_from: '2026-01-01', enrol_until: '2026-01-31' })];
    const [now, then] = [await anEnrolment({ edition: running, person: await aPerson({ body: siena }) }), await anEnrolment({ edition: over, person: await aPerson({ body: siena }) })];
    const outcomes = await all(await app.as(await aCoordinator({ body: siena })), 'enrolments/outcomes');
    expect(outcomes.find(({ id }) => id === now.id)).toMatchObject({ status: 'active', body: { name: 'Siena', kind: 'province' }, edition: { id: running.id, state: 'open', running: true } });
    expect(outcomes.find(({ id }) => id === then.id)).toMatchObject({ status: 'active', edition: { id: over.id, startsOn: '2026-01-10', endsOn: '2026-02-10', state: 'over', running: false } });
  });

  it('filter by status', async () => {
    const edition = await anEdition();
    const waiting = await anEnrolment({ edition, status: 'waiting' });
    await anEnrolment({ edition });
    const client = await app.as(await aTrainer(edition.course));
    expect((await client.get<Page>(`editions/${edition.id}/enrolments?status=waiting`)).body.items.map(({ id }) => id)).toEqual([waiting.id]);
    expect((await client.get(`editions/${edition.id}/enrolments?status=lost`)).status).toBe(422);
  });
});
