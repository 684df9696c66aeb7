import { transaction } from '../database/transaction.ts';
import { conflict, invalidField, notFound } from '../errors.ts';
import { clock } from '../gateways/clock.ts';
import type { Actor } from '../http/actor.ts';
import type { Attempt } from './attempt.ts';
import { closeAttempt, isOverdue } from './close-attempt.ts';

/**
 * Keeps an answer; the last one counts. While an answer is being saved its attempt cannot close.
 * @throws AppError 404 where it is not hers or was not drawn, 409 `attempt-closed`, 422 `unknown-option`.
 */
export async function saveAnswer(actor: Actor, attemptId: string, questionId: string, option: string): Promise<{ answered: number; total: number; dueAt: Date }> {
  const outcome = await transaction(async (tx) => {
    const attempt = (await tx('attempts as a').join('enrolments as e', 'e.id', 'a.enrolment_id').where({ 'a.id': attemptId, 'e.person_id': actor.id }).forShare('a').first('a.*')) as Attempt | undefined;
    if (!attempt) throw notFound();
    if (attempt.closed_at) throw conflict('attempt-closed');
    if (isOverdue(attempt)) return attempt.enrolment_id;
    const drawn = attempt.drawn.find((question) => question.questionId === questionId);
    if (!drawn) throw notFound();
    if (!drawn.options.includes(option)) throw invalidField('body.option', 'unknown-option', option);
    await tx('attempt_answers').insert({ attempt_id: attemptId, question_id: questionId, option_key: option, saved_at: clock.now() }).onConflict(['attempt_id', 'question_id']).merge(['option_key', 'saved_at']);
    const row = (await tx('attempt_answers').where('attempt_id', attemptId).count({ answered: '*' }).first()) as { answered: number };
    return { answered: row.answered, total: attempt.total, dueAt: attempt.due_at };
  });
  if (typeof outcome !== 'string') return outcome;
  // Too late: closing is a transaction of its own, so that the refusal does not undo it
  await closeAttempt(attemptId, outcome);
  throw conflict('attempt-closed');
}
