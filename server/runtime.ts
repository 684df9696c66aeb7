import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { BINDINGS, createApp, MEDIA, TOPICS } from './app.ts';
import { loadActor } from './accounts/session.ts';
import { connect, database, disconnect, SEARCH_PATH } from './database/connection.ts';
import { migrate } from './database/migrate.ts';
import type { TransactionalPool } from './database/pool.ts';
import { createLimiter, unlimited } from './http/limiter.ts';
import { log } from './http/log.ts';
import { connectJobs, disconnectJobs, migrateJobs } from './jobs.ts';
import { createMedia } from './sockets/media.ts';
import { connectPublisher } from './sockets/publish.ts';
import { createSockets } from './sockets/server.ts';

/** How long a request in progress may still take once we are told to stop. */
const DRAIN_MS = 10_000;

export interface Foundation {
  /** The pool that joins the transaction in progress: for workers. */
  jobs: TransactionalPool;
  pool: pg.Pool;
  close(): Promise<void>;
}

/** Database and jobs: what web and worker processes have in common. */
export async function startFoundation(url: string, poolSize: number): Promise<Foundation> {
  const knex = connect(url, poolSize);
  const pool = new pg.Pool({ connectionString: url, max: poolSize + 24, application_name: 'pico-jobs', keepAlive: true, options: `-c search_path=${SEARCH_PATH.join(',')}` });
  // Who holds one for long (the sockets' adapter listens on it) does not hear of its end, and an error that nobody hears ends the process
  pool.on('connect', (client) => client.on('error', (error) => log.warn({ err: error }, 'a connection to the database broke')));
  pool.on('error', (error) => log.error({ err: error }, 'idle database connection'));
  await migrate(knex, url, migrateJobs);
  const jobs = connectJobs(pool);
  connectPublisher(jobs);
  return {
    jobs,
    pool,
    close: async () => {
      await disconnectJobs();
      await disconnect();
      await pool.end();
    },
  };
}

/** Whether anybody is registered: then there is something to show before this start has looked through its courses. */
export async function isInhabited(): Promise<boolean> {
  return (await database()('people').first('id')) !== undefined;
}

export interface WebServer {
  http: Server;
  port: number;
  /** Stops listening, lets the running requests end, cuts the sockets. */
  close(): Promise<void>;
}

/** HTTP and sockets on one port. */
export async function startWeb(foundation: Foundation, options: { host: string; port: number; pages: boolean; limits: boolean; proxies: number }): Promise<WebServer> {
  const ready = () => database().raw('select 1').then(() => true, () => false);
  const app = await createApp({ limiter: options.limits ? createLimiter(foundation.pool) : unlimited, pages: options.pages, proxies: options.proxies, ready });
  const http = createServer(app.callback());
  http.keepAliveTimeout = 65_000;
  const io = await createSockets(http, foundation.pool, loadActor, TOPICS, BINDINGS);
  const media = createMedia(http, foundation.pool, loadActor, MEDIA.bind);
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(options.port, options.host, resolve);
  });
  return {
    http,
    port: (http.address() as AddressInfo).port,
    close: async () => {
      // Both also stop listening; they resolve when the last connection is gone
      const closed = Promise.all([media.close(), io.close()]);
      http.closeIdleConnections();
      const timer = setTimeout(() => http.closeAllConnections(), DRAIN_MS);
      await closed;
      // Who was there is written down, unless the database is gone: then the next process finds where it ended
      await Promise.race([MEDIA.written(), new Promise((resolve) => setTimeout(resolve, DRAIN_MS).unref())]);
      clearTimeout(timer);
    },
  };
}
