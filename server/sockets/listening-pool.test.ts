import { createServer, type Server } from 'node:http';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createTestDatabase } from '../testing/app.ts';
import { listeningPool } from './listening-pool.ts';

let url: string;
beforeAll(async () => {
  url = await createTestDatabase();
});

let pool: pg.Pool;
afterEach(async () => {
  if (!pool.ended) await pool.end();
});

function begin(): { http: Server; listening: pg.Pool } {
  pool = new pg.Pool({ connectionString: url, max: 4 });
  pool.on('connect', (client) => client.on('error', () => undefined));
  const http = createServer();
  return { http, listening: listeningPool(pool, http) };
}
const closed = (http: Server) => new Promise<void>((resolve) => http.listen(0, () => http.close(() => resolve())));

describe('the connection on which the sockets listen', () => {
  it('does not keep the pool from ending, whoever holds it', async () => {
    const { http, listening } = begin();
    await listening.connect();
    await closed(http);
    await pool.end();
    expect(pool.totalCount).toBe(0);
  });

  it('is not given any more once the server has closed, nor to who was just taking it', async () => {
    const { http, listening } = begin();
    let given = 0;
    void listening.connect().then(() => (given += 1));
    http.emit('close');
    void listening.connect().then(() => (given += 1));
    await pool.query('select 1');
    await pool.end();
    expect([given, pool.totalCount]).toEqual([0, 0]);
  });

  it('is given back by the adapter itself, or when it has ended, once', async () => {
    const { http, listening } = begin();
    const first = await listening.connect();
    const { rows: [{ pid } = { pid: 0 }] } = await first.query<{ pid: number }>('select pg_backend_pid() as pid');
    const ended = new Promise((resolve) => first.once('end', resolve));
    await pool.query('select pg_terminate_backend($1)', [pid]);
    await ended;
    const second = await listening.connect();
    second.release();
    const third = await listening.connect();
    // The one before listens no more
    const fourth = await listening.connect();
    await expect(third.query('select 1')).rejects.toThrow();
    expect((await fourth.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await closed(http);
    await pool.end();
    expect(pool.totalCount).toBe(0);
  });
});
