import type { Tx } from '../../database/transaction.ts';
import { notFound } from '../../errors.ts';
import type { Actor } from '../../http/actor.ts';
import { findModerated, type ThreadHead } from '../find-thread.ts';

/**
 * Threads that the actor moderates, locked: whoever writes, splits or moves there waits. In one order, so that two moderators do not wait for each other
 * for ever; and read when they are locked, so that the second sees what the first has done.
 * @throws AppError 404, 403
 */
export async function lockThreads(tx: Tx, actor: Actor, numbers: number[]): Promise<ThreadHead[]> {
  const found = (await tx('threads').whereIn('number', numbers).whereNull('deleted_at').orderBy('number').forNoKeyUpdate().select('id')) as { id: string }[];
  if (found.length < new Set(numbers).size) throw notFound();
  const heads: ThreadHead[] = [];
  for (const number of numbers) heads.push(await findModerated(actor, number));
  return heads;
}
