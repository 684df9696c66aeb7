import { spawn } from 'node:child_process';

/** One real PostgreSQL for the whole run, with a migrated template that each test file copies. Once, however many projects ask. */
export default async function setup() {
  if (process.env.TEST_DATABASE_URL) return;
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/testing/database-server.ts'], { stdio: ['pipe', 'pipe', 'inherit'] });
  globalThis.testDatabase = child;
  const url = await new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The test database did not start (exit ${code})`)));
    child.stdout.on('data', (chunk) => {
      const found = /READY (\S+)/.exec(String(chunk));
      if (found) resolve(found[1]);
    });
  });
  process.env.TEST_DATABASE_URL = url;
}
