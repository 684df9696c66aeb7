import { transaction, type Tx } from '../database/transaction.ts';
import { conflict, notFound } from '../errors.ts';
import { clock, romeDay } from '../gateways/clock.ts';
import type { Actor } from '../http/actor.ts';
import type { Attempt } from './attempt.ts';
import { nextAttemptAt } from './attempts-left.ts';
import { closeAttempt, isOverdue } from './close-attempt.ts';
import { drawQuestions } from './draw-questions.ts';
import { type EnrolmentPath, lockPath } from './path.ts';
import { mayLearn } from './policy.ts';
import { bankOf } from './question-bank.ts';

interface Quiz {
  id: string;
  draw: number;
  minutes: number;
  attempts: number;
  pause_minutes: number;
}

/**
 * Starts an attempt, or returns the one that is running: pressing twice, or on two devices, is one attempt.
 * @throws AppError 404; 409 `edition-not-running`, `quiz-already-passed`, `no-attempts-left`, `attempt-too-soon` (with the minutes).
 */
export async function startAttempt(actor: Actor, enrolmentId: string, quizKey: string): Promise<string> {
  return transaction(async (tx) => {
    const path = await lockPath(tx, enrolmentId);
    if (path?.person_id !== actor.id) throw notFound();
    const quiz = (await tx('quizzes').where({ version_id: path.version_id, key: quizKey }).first('id', 'draw', 'minutes', 'attempts', 'pause_minutes')) as Quiz | undefined;
    if (!quiz) throw notFound();
    const before = await attemptsBefore(tx, path, quiz.id);
    const running = before.find(({ closed_at }) => closed_at === null);
    if (running) return running.id;
    refuseIfNotAllowed(path, quiz, before);
    const now = clock.now();
    const drawn = drawQuestions(await bankOf(tx, quiz.id), quiz.draw);
    const [attempt] = (await tx('attempts')
      .insert({ enrolment_id: enrolmentId, quiz_id: quiz.id, number: before.length + 1, started_at: now, due_at: new Date(now.getTime() + quiz.minutes * 60_000), total: drawn.length, drawn: JSON.stringify(drawn) })
      .returning('id')) as { id: string }[];
    if (!attempt) throw conflict();
    return attempt.id;
  });
}

type Before = Pick<Attempt, 'id' | 'closed_at' | 'due_at' | 'passed'>;

/** The attempts so far, oldest first; one that ran out of time unnoticed is closed on the way. */
async function attemptsBefore(tx: Tx, path: EnrolmentPath, quizId: string): Promise<Before[]> {
  const read = async () => (await tx('attempts').where({ enrolment_id: path.id, quiz_id: quizId }).orderBy('number').select('id', 'closed_at', 'due_at', 'passed')) as Before[];
  const rows = await read();
  const overdue = rows.find((attempt) => attempt.closed_at === null && isOverdue(attempt));
  if (!overdue) return rows;
  await closeAttempt(overdue.id, path.id);
  return read();
}

function refuseIfNotAllowed(path: EnrolmentPath, quiz: Quiz, before: Before[]): void {
  if (before.some(({ passed }) => passed)) throw conflict('quiz-already-passed');
  if (!mayLearn(path, path, romeDay())) throw conflict('edition-not-running');
  if (before.length >= quiz.attempts) throw conflict('no-attempts-left');
  const opens = nextAttemptAt(before, quiz.pause_minutes);
  if (opens && opens > clock.now()) throw conflict('attempt-too-soon', { minutes: Math.ceil((opens.getTime() - clock.now().getTime()) / 60_000), at: opens.toISOString() });
}
