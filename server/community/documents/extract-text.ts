import { fork } from 'node:child_process';
import { join } from 'node:path';
import { log } from '../../http/log.ts';

/** A file that takes longer, or more memory, was made to do so. */
const LIMIT = { ms: 60_000, megabytes: 512 };

/** Words that are kept of one file: a thick book. */
const KEPT = 1_000_000;

/**
 * Reads a file of a stranger where it can do no harm: in a process with little memory and little time, which is thrown away.
 * @returns its words, with single spaces; empty where it has none or cannot be read.
 */
export async function extractText(bytes: Uint8Array, mediaType: string): Promise<string> {
  const text = await inProcess(bytes, mediaType).catch((error: unknown) => {
    log.info({ err: error, mediaType, bytes: bytes.length }, 'a document cannot be read');
    return '';
  });
  // What PostgreSQL cannot hold, and what is spread over a page
  return text.replaceAll(/[\p{Cc}\p{Cs}\s]+/gu, ' ').trim().slice(0, KEPT);
}

function inProcess(bytes: Uint8Array, mediaType: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'extract-process.ts'), {
      execArgv: ['--import', 'tsx', `--max-old-space-size=${LIMIT.megabytes}`],
      // It knows nothing of us: no address of the database, no secret
      env: {},
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT.ms);
    child.once('message', ({ text, error }: { text?: string; error?: string }) => (text === undefined ? reject(new Error(error)) : resolve(text)));
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      reject(new Error(`It ended without a word (${signal ?? code})`));
    });
    child.send({ bytes, mediaType });
  });
}
