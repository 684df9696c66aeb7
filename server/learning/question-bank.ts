import type { Knex } from 'knex';
import type { Option } from '../courses/question.ts';

export interface BankQuestion {
  id: string;
  lesson_key: string;
  text: string;
  options: Option[];
  explanation: string;
  source: string;
}

/** How many banks a process remembers: a running programme uses a few. */
const MOST = 50;

const banks = new Map<string, ReadonlyMap<string, BankQuestion>>();

/**
 * The questions of a quiz by id. A version's bank never changes, so a process remembers it. Until it does, everybody reads it over the
 * connection that she has: waiting for another's reading could wait for a connection that those who wait are holding.
 */
export async function bankOf(on: Knex, quizId: string): Promise<ReadonlyMap<string, BankQuestion>> {
  const known = banks.get(quizId);
  if (known) return known;
  const rows = (await on('questions').where('quiz_id', quizId).orderBy('key').select('id', 'lesson_key', 'text', 'options', 'explanation', 'source')) as BankQuestion[];
  const bank = new Map(rows.map((row) => [row.id, row]));
  if (banks.size >= MOST) banks.delete(banks.keys().next().value ?? '');
  banks.set(quizId, bank);
  return bank;
}
