import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { mkdtemp, chmod, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbedded } from '../server/database/embedded.ts';

const ROOT = join(import.meta.dirname, '..');
/** How `npm start` runs node: the product is measured as it is started. */
const { scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { scripts: { start: string } };
const NODE_OPTIONS = scripts.start.split(' ').slice(1, -1);

/** Linux counts processor time in hundredths of a second. */
const TICK_MS = 10;

/** A database of its own, with durable commits, gone afterwards. */
export async function openStage() {
  const folder = await mkdtemp(join(tmpdir(), 'pico-bench-'));
  await chmod(folder, 0o755);
  const embedded = await startEmbedded(folder);
  const pool = new pg.Pool({ connectionString: embedded.url, max: 10, options: '-c search_path=public,bullmq' });
  return {
    url: embedded.url,
    folder,
    pool,
    async close() {
      await pool.end();
      await embedded.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type Stage = Awaited<ReturnType<typeof openStage>>;

export interface Running {
  url: string;
  child: ChildProcess;
  /** The most memory it has held so far, in MB. */
  peakMemory(): Promise<number>;
  /** The processor time it has used so far, in ms: what a request costs also where others use the machine. */
  cpu(): Promise<number>;
  /** Until it does nothing of its own accord any more. */
  untilIdle(): Promise<void>;
  stop(): Promise<void>;
}

/** A process of the product as in production, or of a yardstick, that prints nothing and answers on `port`. */
export async function startProcess(script: string, stage: Stage, port: number, environment: Record<string, string> = {}): Promise<Running> {
  const url = `http://127.0.0.1:${port}`;
  if (port > 0 && (await fetch(url).then(() => true, () => false))) throw new Error(`Something answers at ${url} already: it would be measured instead of ${script}`);
  const child = spawn(process.execPath, [...NODE_OPTIONS, join(ROOT, script)], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DATABASE_URL: stage.url, DATA_DIR: stage.folder, PORT: String(port), PUBLIC_URL: `http://127.0.0.1:${port}`, NODE_ENV: 'production', LOG_LEVEL: 'warn', ...environment },
  });
  // A bench that fails leaves nothing running behind
  process.once('exit', () => child.kill('SIGKILL'));
  const running: Running = {
    url,
    child,
    async peakMemory() {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
      return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
    },
    async cpu() {
      const status = await readFile(`/proc/${child.pid}/stat`, 'utf8').catch(() => '');
      const [user = 0, system = 0] = status.slice(status.lastIndexOf(')') + 2).split(' ').slice(11, 13).map(Number);
      return (user + system) * TICK_MS;
    },
    async untilIdle() {
      for (let calm = 0, before = await running.cpu(); calm < 4; ) {
        await new Promise((resolve) => setTimeout(resolve, 500));
        const now = await running.cpu();
        calm = now - before <= 3 * TICK_MS ? calm + 1 : 0;
        before = now;
      }
    },
    async stop() {
      if (child.exitCode !== null) return;
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
    },
  };
  if (port > 0) await untilAnswers(`${url}/api/health`, child);
  return running;
}

async function untilAnswers(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + 90_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`The process ended with ${child.exitCode}`);
    if (await fetch(url).then((response) => response.ok, () => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} does not answer`);
}
