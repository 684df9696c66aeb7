import { announcement } from './announce.ts';
import { config } from './config.ts';
import { startEmbedded } from './database/embedded.ts';
import { ensureClientBuilt } from './http/client-build.ts';
import { log } from './http/log.ts';

/** What has started, to be stopped in the opposite order. */
const stops: (() => Promise<void>)[] = [];
let stopping = false;

/**
 * What others wait for comes first: the database starts while the program is still being read, and where there are people already, the
 * pages answer before courses are looked through and workers start. An empty house is filled, while its pages are built, before the door opens.
 */
async function start(): Promise<void> {
  const web = config.process !== 'worker';
  const built = web ? ensureClientBuilt() : undefined;
  // Whoever waits for it below hears of a failure; until then it is no unhandled one
  built?.catch(() => undefined);
  const [url, { isInhabited, startFoundation, startWeb }] = await Promise.all([databaseUrl(), import('./runtime.ts')]);
  const foundation = await startFoundation(url, config.databasePool);
  stops.push(foundation.close);
  const open = async (): Promise<void> => {
    await built;
    const server = await startWeb(foundation, { host: config.host, port: config.port, pages: true, limits: true, proxies: config.proxies });
    stops.push(server.close);
  };
  const inhabited = await isInhabited();
  if (web && inhabited) await open();
  const { furnish } = await import('./furnish.ts');
  await furnish(config.demonstration);
  if (config.process !== 'web') {
    const { startWorkers } = await import('../workers/main.ts');
    stops.push(await startWorkers(foundation.jobs));
  }
  if (web && !inhabited) await open();
  if (web && config.inboundSmtp) {
    const { startSmtpListener } = await import('./notifications/reply-by-mail/smtp-listener.ts');
    stops.push((await startSmtpListener(config.inboundSmtp)).close);
  }
  if (web) process.stdout.write(`${announcement()}\n`);
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
