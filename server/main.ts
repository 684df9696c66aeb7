import { join } from 'node:path';
import { startWorkers } from '../workers/main.ts';
import { announcement } from './announce.ts';
import { config } from './config.ts';
import { syncCourses } from './courses/authoring/sync-courses.ts';
import { startEmbedded } from './database/embedded.ts';
import { seedDemonstration } from './demonstration/seed-demonstration.ts';
import { ensureClientBuilt } from './http/client-build.ts';
import { log } from './http/log.ts';
import { startFoundation, startWeb } from './runtime.ts';
import { importTerritory } from './territory/import-territory.ts';

/** The courses of this installation. */
const COURSES = join(import.meta.dirname, '../courses');

/** What has started, to be stopped in the opposite order. */
const stops: (() => Promise<void>)[] = [];
let stopping = false;

async function start(): Promise<void> {
  const web = config.process !== 'worker';
  const [url] = await Promise.all([databaseUrl(), web ? ensureClientBuilt() : undefined]);
  const foundation = await startFoundation(url, config.databasePool);
  stops.push(foundation.close);
  await importTerritory();
  await syncCourses(COURSES);
  if (config.demonstration) await seedDemonstration();
  if (config.process !== 'web') stops.push(await startWorkers(foundation.jobs));
  if (web) {
    const server = await startWeb(foundation, { host: config.host, port: config.port, pages: true, limits: true });
    stops.push(server.close);
    process.stdout.write(`${announcement()}\n`);
  }
}

async function databaseUrl(): Promise<string> {
  if (config.databaseUrl) return config.databaseUrl;
  const embedded = await startEmbedded(config.dataDir);
  stops.push(embedded.stop);
  return embedded.url;
}

async function stop(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  for (const undo of stops.reverse()) await undo().catch((error: unknown) => log.error({ err: error }, 'while stopping'));
  process.exit(code);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(0));
process.on('uncaughtException', (error) => {
  log.fatal({ err: error }, 'uncaught');
  void stop(1);
});
process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'));

start().catch((error: unknown) => {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n\n`);
  log.debug({ err: error }, 'start failed');
  void stop(1);
});
