import knexFactory, { type Knex } from 'knex';
import { Model } from 'objection';
import pg from 'pg';
import { current } from './current.ts';
import { sharedConnections } from './shared-connections.ts';

// Counts and sums fit a JavaScript number; dates without time stay text, so that no time zone moves them
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number);
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

/** Jobs live in BullMQ's schema, found after ours. */
export const SEARCH_PATH = ['public', 'bullmq'];

/** Our statements are short: translating one into machine code takes longer than it runs, on each connection anew. */
const SHORT = '-c jit=off';

let instance: Knex | undefined;
let shared: ReturnType<typeof sharedConnections> | undefined;

/** Opens the pool of this process and binds the Objection models to it. */
export function connect(url: string, poolSize: number): Knex {
  // What a transaction sends without waiting for the answer (hints before its commit) goes to the database at once, not one round trip after the other
  const connection = { connectionString: url, application_name: 'pico', pipeline: true, options: `-c search_path=${SEARCH_PATH.join(',')} -c timezone=UTC ${SHORT}` };
  instance = knexFactory({
    client: 'pg',
    connection,
    pool: { min: 0, max: poolSize },
    acquireConnectionTimeout: 20_000,
  });
  shared = sharedConnections(connection);
  Model.knex(instance);
  return instance;
}

/**
 * The pool of this process.
 * @throws Error before `connect`; inside a transaction, which would wait for a second connection while it holds one: as many at once as
 * the pool has connections would wait for ever. Use its `tx`.
 */
export function database(): Knex {
  if (current.getStore()) throw new Error('Inside a transaction, use its tx');
  if (!instance) throw new Error('The database is not connected yet');
  return instance;
}

/** Those on which single statements of many requests travel together. @throws Error before `connect`; inside a transaction */
export function singleStatements(): ReturnType<typeof sharedConnections> {
  if (current.getStore()) throw new Error('Inside a transaction, use its tx');
  if (!shared) throw new Error('The database is not connected yet');
  return shared;
}

export async function disconnect(): Promise<void> {
  await shared?.close();
  shared = undefined;
  await instance?.destroy();
  instance = undefined;
}
