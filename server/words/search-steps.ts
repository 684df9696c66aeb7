import { z } from 'zod';
import { Id } from '../contract/common.ts';
import { ask, type Asked, correct } from './ask.ts';

/** As typed and by its other names; with a name spelt right; by words that look alike. The next one is taken where the one before found nothing. */
export const Step = z.enum(['words', 'corrected', 'near']);
export type Step = z.output<typeof Step>;

/** Where the next page begins, and by which step it was found. */
export const SearchCursor = z.tuple([z.number(), Id, Step]);

export interface Question {
  q: string;
  /** Nothing but what was typed. */
  literal?: boolean | undefined;
  /** The step that found the page before. */
  step?: Step | undefined;
}

export interface Answer<R> {
  found: R;
  step: Step;
  also: string[];
  /** What was understood instead of what was typed. */
  corrected: string | null;
}

/** Runs a search step by step. @param run one statement, or several at once. */
export async function searchInSteps<R>({ q, literal = false, step }: Question, run: (asked: Asked, near: boolean) => Promise<R>, isEmpty: (found: R) => boolean): Promise<Answer<R>> {
  const asked = ask(q, literal);
  const first = step ?? 'words';
  let answer: Answer<R> | undefined;
  if (first === 'words') answer = { found: await run(asked, false), step: 'words', also: asked.also, corrected: null };
  if (answer && (step || literal || !isEmpty(answer.found))) return answer;
  const corrected = first === 'near' ? null : correct(q);
  if (corrected !== null) {
    const right = ask(corrected);
    const mended: Answer<R> = { found: await run(right, false), step: 'corrected', also: right.also, corrected };
    if (step || !isEmpty(mended.found)) return mended;
  }
  if (answer && asked.words.length === 0) return answer;
  const near: Answer<R> = { found: await run(asked, true), step: 'near', also: [], corrected: null };
  return answer && isEmpty(near.found) ? answer : near;
}
