import type pg from 'pg';
import { database } from './connection.ts';
import { transactionClient } from './transaction.ts';

/**
 * Runs a statement that each connection plans once and keeps: for the few queries that every visitor causes.
 * @param name unique for the text.
 */
export async function prepared<R extends pg.QueryResultRow>(name: string, text: string, values: unknown[]): Promise<R[]> {
  const open = transactionClient();
  if (open) return (await open.query<R>({ name, text, values })).rows;
  const { client } = database();
  const connection = (await client.acquireConnection()) as pg.PoolClient;
  try {
    return (await connection.query<R>({ name, text, values })).rows;
  } finally {
    await client.releaseConnection(connection);
  }
}
