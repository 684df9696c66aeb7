import { type ChildProcess, fork } from 'node:child_process';

export interface SecludedLimits {
  /** For one question. */
  ms: number;
  megabytes: number;
}

/** A process waits so long for another question before it goes: starting one takes longer than most answers. */
const IDLE_MS = 2000;

/**
 * Lets `script` work on files of strangers where they can do no harm: in a process with little memory and little time, one question after the other,
 * which knows nothing of us (no address of the database, no secret) and is thrown away after the first question that it cannot answer.
 * The script is sent a question and sends back `{ answer }` or `{ error }`.
 * @returns asks; rejects where there is no answer.
 */
export function secluded<Question extends object, Answer>(script: string, limits: SecludedLimits): (question: Question) => Promise<Answer> {
  let worker: ChildProcess | undefined;
  let leaving: ReturnType<typeof setTimeout> | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  /** It keeps nobody from ending: with its parent it goes too. */
  function start(): ChildProcess {
    const child = fork(script, {
      execArgv: ['--import', 'tsx', `--max-old-space-size=${limits.megabytes}`],
      env: {},
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    child.unref();
    child.channel?.unref();
    return child;
  }

  function dismiss(child: ChildProcess): void {
    if (worker === child) worker = undefined;
    child.kill('SIGKILL');
  }

  function ask(question: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const child = (worker ??= start());
      clearTimeout(leaving);
      const timer = setTimeout(() => child.kill('SIGKILL'), limits.ms);
      const done = (): void => {
        clearTimeout(timer);
        child.off('message', answered).off('exit', ended).off('error', ended);
      };
      const answered = (said: { answer?: Answer; error?: string }): void => {
        done();
        if (said.answer === undefined) {
          dismiss(child);
          reject(new Error(said.error));
          return;
        }
        leaving = setTimeout(() => dismiss(child), IDLE_MS).unref();
        resolve(said.answer);
      };
      const ended = (why: unknown): void => {
        done();
        dismiss(child);
        reject(new Error(`It ended without a word (${String(why)})`));
      };
      child.on('message', answered).on('exit', ended).on('error', ended);
      child.send(question);
    });
  }

  return (question) => {
    const mine = turn.then(() => ask(question));
    turn = mine.catch(() => undefined);
    return mine;
  };
}
