import { reaches } from '../contract/completion.ts';
import { database } from '../database/connection.ts';
import { transaction, type Tx } from '../database/transaction.ts';
import { notFound } from '../errors.ts';
import { record } from '../events.ts';
import { clock } from '../gateways/clock.ts';
import type { Actor } from '../http/actor.ts';
import type { Attempt } from './attempt.ts';
import { evaluateCompletion } from './evaluate-completion.ts';
import { lockPath } from './path.ts';
import { bankOf } from './question-bank.ts';

/** Answers that were on their way when the time ran out still count for this long. */
export const GRACE_MS = 5_000;

export const isOverdue = (attempt: Pick<Attempt, 'due_at'>, now: Date = clock.now()): boolean => now.getTime() > attempt.due_at.getTime() + GRACE_MS;

/** Hands an attempt in. Handed in twice it changes nothing. @throws AppError 404 where it is not hers. */
export async function submitAttempt(actor: Actor, attemptId: string): Promise<void> {
  const owner = (await database()('attempts as a').join('enrolments as e', 'e.id', 'a.enrolment_id').where({ 'a.id': attemptId, 'e.person_id': actor.id }).first('a.enrolment_id')) as { enrolment_id: string } | undefined;
  if (!owner) throw notFound();
  await closeAttempt(attemptId, owner.enrolment_id);
}

/** Closes an attempt, counts it, and completes the enrolment if that was what it lacked. By whom: the clock, when its time is over. */
export async function closeAttempt(attemptId: string, enrolmentId: string): Promise<void> {
  await transaction(async (tx) => {
    // Always the enrolment first: whoever starts another attempt takes the same locks in the same order
    const path = await lockPath(tx, enrolmentId);
    const attempt = (await tx('attempts').where('id', attemptId).forUpdate().first()) as Attempt | undefined;
    if (!path || !attempt || attempt.closed_at) return;
    await count(tx, attempt);
    await record(tx, 'attempt.closed', { attemptId });
    await evaluateCompletion(tx, path);
  });
}

async function count(tx: Tx, attempt: Attempt): Promise<void> {
  const quiz = (await tx('quizzes').where('id', attempt.quiz_id).first('pass_numerator', 'pass_denominator')) as { pass_numerator: number; pass_denominator: number };
  const bank = await bankOf(tx, attempt.quiz_id);
  const answers = (await tx('attempt_answers').where('attempt_id', attempt.id).select('question_id', 'option_key')) as { question_id: string; option_key: string }[];
  const score = answers.filter(({ question_id, option_key }) => bank.get(question_id)?.options.some(({ key, correct }) => correct && key === option_key)).length;
  const now = clock.now();
  const late = now > attempt.due_at;
  await tx('attempts').where('id', attempt.id).update({
    // Nobody had more time than the time
    closed_at: late ? attempt.due_at : now,
    closed_by: late ? 'time' : 'submitted',
    score,
    passed: reaches([quiz.pass_numerator, quiz.pass_denominator], score, attempt.total),
  });
}

/** Closes every attempt whose time is over, also of people who never came back. */
export async function closeOverdueAttempts(): Promise<void> {
  const overdue = (await database()('attempts').whereNull('closed_at').where('due_at', '<', new Date(clock.now().getTime() - GRACE_MS)).orderBy('due_at').limit(1000).select('id', 'enrolment_id')) as { id: string; enrolment_id: string }[];
  for (const { id, enrolment_id } of overdue) await closeAttempt(id, enrolment_id);
}
