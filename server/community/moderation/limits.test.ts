import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { database } from '../../database/connection.ts';
import { startTestApp, type TestApp } from '../../testing/app.ts';
import { aMember, aModerator, aNetwork, aThread } from '../factory.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ limits: true, workers: false });
});
afterAll(() => app.close());

it('lets somebody new reply less often in an hour than who is known', async () => {
  const network = await aNetwork();
  const [newcomer, known] = [await aMember(network), await aMember(network)];
  await database()('trust_grants').insert({ person_id: known.id, granted_by: known.id, at: new Date() });
  const { number } = await aThread(await app.as(await aModerator(network)), network);
  const replies = async (person: { id: string }) => {
    const client = await app.as(person);
    const statuses: number[] = [];
    for (let post = 0; post < 13; post += 1) statuses.push((await client.post(`threads/${number}/posts`, { clientId: randomUUID(), html: `<p>Risposta ${post}</p>` })).status);
    return statuses;
  };
  expect(await replies(newcomer)).toEqual([...Array.from({ length: 12 }, () => 201), 429]);
  expect(await replies(known)).toEqual(Array.from({ length: 13 }, () => 201));
});
