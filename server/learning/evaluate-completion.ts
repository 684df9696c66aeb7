import type { CompletionExplained } from '../contract/learning.ts';
import type { Tx } from '../database/transaction.ts';
import { record } from '../events.ts';
import { clock } from '../gateways/clock.ts';
import type { Knex } from 'knex';
import { attendanceOf } from './attended-minutes.ts';
import { changeStatus } from './change-status.ts';
import { explainCompletion } from './explain-completion.ts';
import { type EnrolmentPath, type LessonRow, lessonsOf, lockPath, type QuizRow, quizzesOf } from './path.ts';

/** What stands between an enrolment and its certificate, as it is now. */
export async function explainPath(on: Knex, path: EnrolmentPath, known: { lessons?: LessonRow[]; quizzes?: QuizRow[] } = {}): Promise<CompletionExplained> {
  const lessons = known.lessons ?? (await lessonsOf(on, path));
  const quizzes = known.quizzes ?? (await quizzesOf(on, path));
  return explainCompletion(path.completion, { enrolmentId: path.id, lessons, quizzes, attendance: await attendanceOf(on, path), now: clock.now() });
}

/**
 * The one place where an enrolment becomes completed: called in the transaction of every change that could fulfil its rule, with the
 * enrolment locked (`lockPath`). Completed once is completed for ever.
 */
export async function evaluateCompletion(tx: Tx, path: EnrolmentPath): Promise<{ completion: CompletionExplained; status: EnrolmentPath['status'] }> {
  const completion = await explainPath(tx, path);
  if (path.status !== 'active' || !completion.fulfilled) return { completion, status: path.status };
  await tx('completions').insert({ enrolment_id: path.id, completed_at: clock.now(), evidence: JSON.stringify({ rule: path.completion, parts: completion.parts }) }).onConflict('enrolment_id').ignore();
  await changeStatus(tx, path, 'completed', { personId: null });
  await record(tx, 'completion.reached', { enrolmentId: path.id });
  return { completion, status: 'completed' };
}

/** For who has a seat again: all of it may have been done before, or a test that was running when she gave her seat up was passed. */
export async function evaluateAgain(tx: Tx, enrolmentId: string): Promise<void> {
  const path = await lockPath(tx, enrolmentId);
  if (path) await evaluateCompletion(tx, path);
}
