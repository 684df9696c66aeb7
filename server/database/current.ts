import { AsyncLocalStorage } from 'node:async_hooks';
import type { Knex } from 'knex';
import type pg from 'pg';

/** The transaction in progress, as its own calls see it. Only `transaction.ts` opens one. */
export const current = new AsyncLocalStorage<{ tx: Knex.Transaction; client: pg.PoolClient }>();
