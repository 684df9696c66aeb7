import { createHash } from 'node:crypto';
import type { Tx } from '../database/transaction.ts';

/** Where something counts: a member of the programme (null: outside it), an area, the first day of a month of Europe/Rome. */
export interface Cell {
  memberId: string | null;
  area: string;
  month: string;
}

/** What a cell counts, as columns of `statistics_cells`. */
export const COUNTERS = ['enrolled', 'active', 'completed', 'certified', 'people', 'minutes', 'attempts', 'passed'] as const;
export type Counter = (typeof COUNTERS)[number];
export type Counters = Record<Counter, number>;

export const NO_COUNTERS: Counters = { enrolled: 0, active: 0, completed: 0, certified: 0, people: 0, minutes: 0, attempts: 0, passed: 0 };

/** Any number, the same in every process: refreshing cells shares it, a recount holds it alone. */
const STATISTICS_LOCK = 7244;

/**
 * Holds these cells until the end of the transaction: what is then counted, in a statement of its own, sees everything committed before.
 * The order of the locks is the same for everybody, so that two workers never wait for each other.
 */
export async function lockCells(tx: Tx, cells: Cell[]): Promise<void> {
  await tx.raw('select pg_advisory_xact_lock_shared(?, 0)', [STATISTICS_LOCK]);
  const keys = [...new Set(cells.map(lockKey))].sort((a, b) => (a < b ? -1 : 1));
  for (const key of keys) await tx.raw('select pg_advisory_xact_lock(?::bigint)', [key.toString()]);
}

/** Holds all cells until the end of the transaction. */
export async function lockAllCells(tx: Tx): Promise<void> {
  await tx.raw('select pg_advisory_xact_lock(?, 0)', [STATISTICS_LOCK]);
}

function lockKey({ memberId, area, month }: Cell): bigint {
  return createHash('sha256').update(`${memberId}|${area}|${month}`).digest().readBigInt64BE();
}
