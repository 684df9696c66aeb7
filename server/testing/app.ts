import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { startWorkers } from '../../workers/main.ts';
import { digestOf } from '../accounts/session.ts';
import { database } from '../database/connection.ts';
import { startFoundation, startWeb } from '../runtime.ts';

export interface TestReply<T = unknown> {
  status: number;
  headers: Headers;
  body: T;
}

/** A person's browser, as far as HTTP goes: keeps cookies, sends our own origin. */
export class TestClient {
  private cookies = new Map<string, string>();
  constructor(readonly origin: string) {}

  setCookie(name: string, value: string): this {
    this.cookies.set(name, value);
    return this;
  }

  get cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async raw(method: string, path: string, init: { body?: string | Uint8Array<ArrayBuffer>; headers?: Record<string, string>; timeoutMs?: number } = {}): Promise<Response> {
    const response = await fetch(this.origin + (path.startsWith('/') ? path : `/api/v1/${path}`), {
      method,
      redirect: 'manual',
      ...(init.timeoutMs ? { signal: AbortSignal.timeout(init.timeoutMs) } : {}),
      headers: { origin: this.origin, ...(this.cookies.size > 0 ? { cookie: this.cookieHeader } : {}), ...init.headers },
      ...(init.body === undefined ? {} : { body: init.body }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const at = pair.indexOf('=');
      if (/max-age=0/i.test(cookie)) this.cookies.delete(pair.slice(0, at));
      else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response;
  }

  /** `path` below `/api/v1/`, or from `/`. The body is what JSON says, or text. */
  async call<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<TestReply<T>> {
    const response = await this.raw(method, path, body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
    const text = await response.text();
    const json = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, body: (json ? JSON.parse(text) : text) as T };
  }

  get = <T = Record<string, unknown>>(path: string) => this.call<T>('GET', path);
  post = <T = Record<string, unknown>>(path: string, body: unknown = {}) => this.call<T>('POST', path, body);
  put = <T = Record<string, unknown>>(path: string, body: unknown = {}) => this.call<T>('PUT', path, body);
  patch = <T = Record<string, unknown>>(path: string, body: unknown = {}) => this.call<T>('PATCH', path, body);
  delete = <T = Record<string, unknown>>(path: string) => this.call<T>('DELETE', path);
}

export interface TestApp {
  url: string;
  databaseUrl: string;
  anonymous(): TestClient;
  /** A browser in which this person is signed in. */
  as(person: { id: string }): Promise<TestClient>;
  /** Waits until no job is waiting or running (failed ones are an error). */
  settled(timeoutMs?: number): Promise<void>;
  close(): Promise<void>;
}

/** A copy of the migrated template for one test file. */
export async function createTestDatabase(): Promise<string> {
  const base = process.env['TEST_DATABASE_URL'];
  if (!base) throw new Error('Run the tests with npm test: the test database is started there');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const admin = new pg.Client({ connectionString: `${base}postgres` });
  await admin.connect();
  try {
    await admin.query('select pg_advisory_lock(1)');
    await admin.query(`create database ${name} template pico_template`);
  } finally {
    await admin.end();
  }
  return base + name;
}

/** The real application on a database of its own and a free port. */
export async function startTestApp(options: { workers?: boolean; pages?: boolean; limits?: boolean; proxies?: number } = {}): Promise<TestApp> {
  const databaseUrl = await createTestDatabase();
  const foundation = await startFoundation(databaseUrl, 8);
  const stopWorkers = options.workers === false ? undefined : await startWorkers(foundation.jobs);
  const web = await startWeb(foundation, { host: '127.0.0.1', port: 0, pages: options.pages ?? false, limits: options.limits ?? false, proxies: options.proxies ?? 0 });
  const url = `http://127.0.0.1:${web.port}`;
  return {
    url,
    databaseUrl,
    anonymous: () => new TestClient(url),
    async as(person) {
      const secret = randomBytes(32).toString('base64url');
      await database()('sessions').insert({ person_id: person.id, digest: digestOf(secret), ip: '127.0.0.1', user_agent: 'test', expires_at: new Date(Date.now() + 3_600_000) });
      return new TestClient(url).setCookie('pico_session', secret);
    },
    settled: (timeoutMs = 30_000) => settled(foundation.pool, timeoutMs),
    async close() {
      await web.close();
      await stopWorkers?.();
      await foundation.close();
    },
  };
}

async function settled(pool: pg.Pool, timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const { rows } = await pool.query<{ open: number; failed: string | null }>(
      `select count(*) filter (where state not in ('completed', 'failed') and scheduler_id is null)::int as open, max(failed_reason) filter (where state = 'failed') as failed from bullmq.job`,
    );
    if (rows[0]?.failed) throw new Error(`A job failed: ${rows[0].failed}`);
    if (rows[0]?.open === 0) return;
    if (Date.now() > deadline) throw new Error(`${rows[0]?.open} jobs are still open after ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}
