import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aCourse, anEdition } from '../courses/factory.ts';
import { database } from '../database/connection.ts';
import { aPerson } from '../accounts/factory.ts';
import { startTestApp, type TestApp, type TestClient } from '../testing/app.ts';
import { anEnrolment } from './factory.ts';

/** Enough that they wait for each other; how fast 430 are is measured by the bench. */
const PEOPLE = 120;
/** Far more than the connections of a process. */
const AT_ONCE = 60;

async function inLanes<T, R>(items: readonly T[], lanes: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = items.map((item, index) => ({ item, index }));
  await Promise.all(Array.from({ length: lanes }, async () => {
    for (let next = queue.shift(); next; next = queue.shift()) results[next.index] = await work(next.item);
  }));
  return results;
}

describe('many at the same moment', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ workers: false });
  });
  afterAll(() => app.close());

  it('start a test of which this process has not read the bank yet, and none waits for a connection that another holds', async () => {
    const edition = await anEdition({ course: await aCourse({ bank: 60, draw: 45 }) });
    const seated = await inLanes(Array.from({ length: PEOPLE }), 8, async (): Promise<{ client: TestClient; enrolmentId: string }> => {
      const person = await aPerson();
      const enrolment = await anEnrolment({ person, edition });
      return { client: await app.as(person), enrolmentId: enrolment.id };
    });
    const statuses = await inLanes(seated, AT_ONCE, async ({ client, enrolmentId }) => (await client.post(`enrolments/${enrolmentId}/attempts`, { quizKey: 'prova-finale' })).status);
    expect(new Set(statuses)).toEqual(new Set([201]));
    const { rows } = await database().raw<{ rows: { attempts: number; people: number }[] }>(
      'select count(*)::int as attempts, count(distinct a.enrolment_id)::int as people from attempts a join enrolments e on e.id = a.enrolment_id where e.edition_id = ?', [edition.id],
    );
    expect(rows[0]).toEqual({ attempts: PEOPLE, people: PEOPLE });
  });
});
