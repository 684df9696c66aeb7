import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../testing/app.ts';
import { database } from './connection.ts';
import { prepared } from './prepared.ts';
import { transaction } from './transaction.ts';

interface Answer {
  value: number;
  pid: number;
}

const ask = (value: number) => prepared<Answer>('shared-ask', 'select $1::int as value, pg_backend_pid() as pid', [value]);

describe('single statements of many requests', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ workers: false });
  });
  afterAll(() => app.close());

  it('share a few connections, and each has its own answer', async () => {
    const rows = (await Promise.all(Array.from({ length: 500 }, (_, value) => ask(value)))).flat();
    expect(rows.map(({ value }) => value)).toEqual(Array.from({ length: 500 }, (_, value) => value));
    expect(new Set(rows.map(({ pid }) => pid)).size).toBeLessThanOrEqual(3);
  });

  it('fail alone', async () => {
    const divided = (by: number) => prepared<{ value: number }>('shared-divide', 'select 10 / $1::int as value', [by]);
    const outcomes = await Promise.allSettled([divided(1), divided(0), divided(2), ask(3)]);
    expect(outcomes).toMatchObject([{ value: [{ value: 10 }] }, { status: 'rejected', reason: { code: '22012' } }, { value: [{ value: 5 }] }, { value: [{ value: 3 }] }]);
  });

  it('go on over a new connection when the old ones are lost', async () => {
    const before = (await Promise.all(Array.from({ length: 12 }, (_, value) => ask(value)))).flat();
    const slow = prepared('shared-slow', 'select pg_sleep($1)', [20]);
    const lost = expect(slow).rejects.toThrow();
    // It is under way before its connection is cut
    while ((await database().raw<{ rows: unknown[] }>("select 1 from pg_stat_activity where query like 'select pg_sleep%' and state = 'active'")).rows.length === 0);
    await database().raw("select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and query ~ '(pg_sleep\\(\\$1|as value, pg_backend)'");
    await lost;
    // What leaves before the loss has been heard of fails like any other statement under way
    await Promise.allSettled(Array.from({ length: 12 }, (_, value) => ask(value)));
    const after = (await Promise.all(Array.from({ length: 12 }, (_, value) => ask(value)))).flat();
    expect(after.map(({ value }) => value)).toEqual(before.map(({ value }) => value));
    for (const { pid } of after) expect(before.map((row) => row.pid)).not.toContain(pid);
  });

  it('see what the transaction has written, and run on its connection', async () => {
    await transaction(async (tx) => {
      const { rows } = await tx.raw<{ rows: { pid: number }[] }>('select pg_backend_pid() as pid');
      expect((await ask(1))[0]?.pid).toBe(rows[0]?.pid);
    });
  });
});
