import { randomInt } from 'node:crypto';
import type { Drawn } from './attempt.ts';
import type { BankQuestion } from './question-bank.ts';

/** `count` questions of the bank in a random order, their options shuffled: unpredictable, also for who knows the bank. */
export function drawQuestions(bank: ReadonlyMap<string, BankQuestion>, count: number): Drawn[] {
  return shuffled([...bank.values()]).slice(0, count).map(({ id, options }) => ({ questionId: id, options: shuffled(options.map(({ key }) => key)) }));
}

/** Fisher and Yates, with the system's randomness. */
function shuffled<T>(items: T[]): T[] {
  for (let i = items.length - 1; i > 0; i -= 1) {
    const j = randomInt(i + 1);
    [items[i], items[j]] = [items[j] as T, items[i] as T];
  }
  return items;
}
