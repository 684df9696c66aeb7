import type { Option } from '../courses/question.ts';
import { database } from '../database/connection.ts';

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

const banks = new Map<string, Promise<ReadonlyMap<string, BankQuestion>>>();

/** The questions of a quiz by id. A version's bank never changes, so a process reads it once. */
export function bankOf(quizId: string): Promise<ReadonlyMap<string, BankQuestion>> {
  const known = banks.get(quizId);
  if (known) return known;
  const loading = readBank(quizId);
  loading.catch(() => banks.delete(quizId));
  if (banks.size >= MOST) banks.delete(banks.keys().next().value ?? '');
  banks.set(quizId, loading);
  return loading;
}

async function readBank(quizId: string): Promise<ReadonlyMap<string, BankQuestion>> {
  const rows = (await database()('questions').where('quiz_id', quizId).orderBy('key').select('id', 'lesson_key', 'text', 'options', 'explanation', 'source')) as BankQuestion[];
  return new Map(rows.map((row) => [row.id, row]));
}
