import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { database } from '../database/connection.ts';
import { anEnrolment } from '../learning/factory.ts';
import { startTestApp, type TestApp } from '../testing/app.ts';
import { anAdministrator, aPerson } from './factory.ts';
import { forgetRemains } from './forget-remains.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ workers: false });
});
afterAll(() => app.close());

it('forgets abandoned registrations, ended sessions and dead links, and nothing that is still awaited', async () => {
  const [abandoned, fresh, confirmed, admin] = [await aPerson(), await aPerson(), await aPerson(), await anAdministrator()];
  const { person: enrolled } = await anEnrolment();
  const old = database().raw("now() - interval '31 days'");
  await database()('people').whereIn('id', [abandoned.id, admin.id, enrolled.id]).update({ confirmed_at: null, created_at: old });
  await database()('people').where({ id: fresh.id }).update({ confirmed_at: null });
  await database()('people').where({ id: confirmed.id }).update({ created_at: old });
  const [ended, living] = [await app.as(confirmed), await app.as(confirmed)];
  expect((await ended.delete('sessions/current')).status).toBe(200);
  await database().raw("update sessions set revoked_at = now() - interval '91 days' where revoked_at is not null");
  await database()('mail_tokens').insert([
    { person_id: confirmed.id, purpose: 'reset', digest: Buffer.from('dead'), expires_at: old },
    { person_id: confirmed.id, purpose: 'reset', digest: Buffer.from('alive'), expires_at: database().raw("now() + interval '1 hour'") },
  ]);
  await forgetRemains();
  const left = (await database()('people').whereIn('id', [abandoned, fresh, confirmed, admin, enrolled].map(({ id }) => id)).pluck('id')) as string[];
  expect(left.sort()).toEqual([fresh, confirmed, admin, enrolled].map(({ id }) => id).sort());
  expect((await living.get('sessions')).status).toBe(200);
  expect(await database()('sessions').where({ person_id: confirmed.id }).count('* as n').first()).toEqual({ n: 1 });
  expect(await database()('mail_tokens').count('* as n').first()).toEqual({ n: 1 });
});
