import { AppError } from '../errors.ts';
import type { Problem } from '../contract/problem.ts';
import type { Language } from './actor.ts';
import { fieldMessage, messageOf } from './messages.ts';

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** RFC 9457: what leaves when something fails. Nothing of an unexpected error but its request id. */
export function presentProblem(error: unknown, language: Language, requestId: string): { status: number; problem: Problem; headers: Record<string, string> } {
  const known = error instanceof AppError ? error : new AppError(500, 'internal');
  const text = messageOf(known.code, language, known.params);
  return {
    status: known.status,
    headers: known.headers,
    problem: {
      type: `urn:pico:error:${known.code}`,
      title: text,
      status: known.status,
      code: known.code,
      detail: text,
      requestId,
      ...(Object.keys(known.params).length > 0 ? { params: known.params } : {}),
      errors: known.fields.map((field) => fieldMessage(field, language)),
    },
  };
}
