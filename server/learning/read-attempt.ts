import { database } from '../database/connection.ts';
import { conflict, notFound } from '../errors.ts';
import type { Actor } from '../http/actor.ts';
import type { Attempt } from './attempt.ts';
import { closeAttempt, isOverdue } from './close-attempt.ts';
import { type EnrolmentPath, findOwnPath, type QuizRow, quizzesOf } from './path.ts';
import { type BankQuestion, bankOf } from './question-bank.ts';

export interface ReadAttempt {
  attempt: Attempt;
  path: EnrolmentPath;
  quiz: QuizRow;
  quizzes: QuizRow[];
  bank: ReadonlyMap<string, BankQuestion>;
  /** Question id → option. */
  answers: ReadonlyMap<string, string>;
}

/** One's own attempt with its answers; one whose time is over is closed on the way. @throws AppError 404 where it is not hers. */
export async function readAttempt(actor: Actor, attemptId: string): Promise<ReadAttempt> {
  const find = async () => (await database()('attempts').where('id', attemptId).first()) as Attempt | undefined;
  let attempt = await find();
  let path = attempt && (await findOwnPath(actor.id, attempt.enrolment_id));
  if (!attempt || !path) throw notFound();
  if (!attempt.closed_at && isOverdue(attempt)) {
    await closeAttempt(attempt.id, attempt.enrolment_id);
    attempt = (await find()) ?? attempt;
    // Closing may have completed the enrolment
    path = (await findOwnPath(actor.id, attempt.enrolment_id)) ?? path;
  }
  const { quiz_id } = attempt;
  const quizzes = await quizzesOf(database(), path);
  const quiz = quizzes.find(({ id }) => id === quiz_id);
  if (!quiz) throw notFound();
  const rows = (await database()('attempt_answers').where('attempt_id', attemptId).select('question_id', 'option_key')) as { question_id: string; option_key: string }[];
  return { attempt, path, quiz, quizzes, bank: await bankOf(database(), quiz_id), answers: new Map(rows.map(({ question_id, option_key }) => [question_id, option_key])) };
}

/** The same, once it is closed: only then may right answers and explanations be shown. @throws AppError 409 `attempt-open`. */
export async function readClosedAttempt(actor: Actor, attemptId: string): Promise<ReadAttempt> {
  const read = await readAttempt(actor, attemptId);
  if (!read.attempt.closed_at) throw conflict('attempt-open');
  return read;
}
