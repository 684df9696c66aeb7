import type pg from 'pg';
import { singleStatements } from './connection.ts';
import { transactionClient } from './transaction.ts';

/**
 * Runs a statement that each connection plans once and keeps: for the few queries that every visitor causes.
 * @param name unique for the text.
 */
export async function prepared<R extends pg.QueryResultRow>(name: string, text: string, values: unknown[]): Promise<R[]> {
  const open = transactionClient();
  if (open) return (await open.query<R>({ name, text, values })).rows;
  return singleStatements().query<R>({ name, text, values });
}
