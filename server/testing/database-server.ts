import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbedded } from '../database/embedded.ts';
import { startFoundation } from '../runtime.ts';
import { importReference } from './reference.ts';

/** The database server of a test run: everything in a folder of its own, gone at the end, also when the runner is killed. */
const folder = await mkdtemp(join(tmpdir(), 'pico-test-'));
const { chmod } = await import('node:fs/promises');
await chmod(folder, 0o755);
const embedded = await startEmbedded(folder, { durable: false });
const foundation = await startFoundation(embedded.url, 4);
await importReference();
await foundation.close();
// A template may have nobody connected: it is the database that we have just left
const admin = new pg.Client({ connectionString: embedded.url.replace(/\/pico$/, '/postgres') });
await admin.connect();
await admin.query('alter database pico rename to pico_template');
await admin.end();
process.stdout.write(`READY ${embedded.url.replace(/\/pico$/, '/')}\n`);

process.stdin.resume();
process.stdin.once('end', () => void end());
process.stdin.once('close', () => void end());
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});

let ending = false;
async function end(): Promise<void> {
  if (ending) return;
  ending = true;
  await embedded.stop();
  await rm(folder, { recursive: true, force: true });
  process.exit(0);
}
