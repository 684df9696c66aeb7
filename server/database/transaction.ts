import type { Knex } from 'knex';
import type pg from 'pg';
import { database } from './connection.ts';
import { current } from './current.ts';

/** A transaction in progress. Only this module opens one, so "after commit" always means the outermost. */
export type Tx = Knex.Transaction;

/**
 * Runs the work in a transaction; inside another one it joins it, so that rows, jobs and events of the whole request stand or fall
 * together. An error must therefore leave the outermost call: do not catch it half-way.
 */
export async function transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  const open = current.getStore();
  if (open) return work(open.tx);
  return database().transaction(async (tx) => {
    const client = (await tx.client.acquireConnection()) as pg.PoolClient;
    return current.run({ tx, client }, () => work(tx));
  });
}

/** The driver's connection of the transaction in progress, if any: for libraries that speak `pg`. */
export function transactionClient(): pg.PoolClient | undefined {
  return current.getStore()?.client;
}

/** Runs work as if no transaction were in progress. */
export function outsideTransaction<T>(work: () => T): T {
  return current.exit(work);
}
