import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aPerson } from '../accounts/factory.ts';
import { database } from '../database/connection.ts';
import { startTestApp, type TestApp } from '../testing/app.ts';

describe('rate limits of routes', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ limits: true, workers: false });
  });
  afterAll(() => app.close());

  it('stop who searches without end, by address or person, and leave the lists to everybody', async () => {
    const anonymous = app.anonymous();
    const statuses = await Promise.all(Array.from({ length: 250 }, async () => (await anonymous.get('courses?q=appalti')).status));
    expect(statuses.filter((status) => status === 200)).toHaveLength(240);
    expect(statuses.filter((status) => status === 429)).toHaveLength(10);
    const stopped = await anonymous.get('courses?q=appalti');
    expect(stopped).toMatchObject({ status: 429, body: { code: 'too-many-requests' } });
    expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await anonymous.get('courses')).status).toBe(200);
    expect((await (await app.as(await aPerson())).get('courses?q=appalti')).status).toBe(200);
  });

  it('of unsafe routes are kept in the database, so that a restart forgives nothing', async () => {
    const statuses = await Promise.all(Array.from({ length: 22 }, async () => (await app.anonymous().post('password-resets', { email: 'nessuno@provincia.nuoro.example' })).status));
    expect(statuses.filter((status) => status === 202)).toHaveLength(20);
    expect(statuses.filter((status) => status === 429)).toHaveLength(2);
    const row = (await database()('rate_limits').where('key', 'like', '%password-resets%').first('points')) as { points: number };
    expect(row.points).toBeGreaterThanOrEqual(20);
  });
});
