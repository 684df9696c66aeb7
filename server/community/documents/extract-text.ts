import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { log } from '../../http/log.ts';
import { decodeText } from './decode-text.ts';

/** A file that takes longer, or more memory, was made to do so. */
const LIMIT = { ms: 60_000, megabytes: 512 };

/** A reader waits so long for another file before it goes: starting one takes longer than reading. */
const IDLE_MS = 2000;

/** Words that are kept of one file: a thick book. */
const KEPT = 1_000_000;

/** What has words to be taken out: PDF, Office Open XML, OpenDocument. */
const READ = /^application\/(pdf|vnd\.)/;

let reader: ChildProcess | undefined;
let leaving: ReturnType<typeof setTimeout> | undefined;
let turn: Promise<unknown> = Promise.resolve();

/**
 * Reads a file of a stranger where it can do no harm: in a process with little memory and little time, one file after the other, which is
 * thrown away after the first that it cannot read.
 * @returns its words, with single spaces; empty where it has none or cannot be read.
 */
export async function extractText(bytes: Uint8Array, mediaType: string): Promise<string> {
  const text = await wordsOf(bytes, mediaType).catch((error: unknown) => {
    log.info({ err: error, mediaType, bytes: bytes.length }, 'a document cannot be read');
    return '';
  });
  // What PostgreSQL cannot hold, and what is spread over a page
  return text.replaceAll(/[\p{Cc}\p{Cs}\s]+/gu, ' ').trim().slice(0, KEPT);
}

function wordsOf(bytes: Uint8Array, mediaType: string): Promise<string> {
  // Text is text: there is nothing in it to take apart
  if (mediaType.startsWith('text/')) return Promise.resolve(decodeText(bytes));
  if (!READ.test(mediaType)) return Promise.resolve('');
  const mine = turn.then(() => inProcess(bytes, mediaType));
  turn = mine.catch(() => undefined);
  return mine;
}

function inProcess(bytes: Uint8Array, mediaType: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = (reader ??= start());
    clearTimeout(leaving);
    const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT.ms);
    const done = (): void => {
      clearTimeout(timer);
      child.off('message', answered).off('exit', ended).off('error', ended);
    };
    const answered = ({ text, error }: { text?: string; error?: string }): void => {
      done();
      if (text === undefined) {
        dismiss(child);
        reject(new Error(error));
        return;
      }
      leaving = setTimeout(() => dismiss(child), IDLE_MS).unref();
      resolve(text);
    };
    const ended = (why: unknown): void => {
      done();
      dismiss(child);
      reject(new Error(`It ended without a word (${String(why)})`));
    };
    child.on('message', answered).on('exit', ended).on('error', ended);
    child.send({ bytes, mediaType });
  });
}

/** It keeps nobody from ending: with its parent it goes too. */
function start(): ChildProcess {
  const child = fork(join(import.meta.dirname, 'extract-process.ts'), {
    execArgv: ['--import', 'tsx', `--max-old-space-size=${LIMIT.megabytes}`],
    // It knows nothing of us: no address of the database, no secret
    env: {},
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  child.unref();
  child.channel?.unref();
  return child;
}

function dismiss(child: ChildProcess): void {
  if (reader === child) reader = undefined;
  child.kill('SIGKILL');
}
