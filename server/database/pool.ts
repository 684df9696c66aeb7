import { EventEmitter } from 'node:events';
import type pg from 'pg';
import { transactionClient } from './transaction.ts';

/**
 * A `pg.Pool` whose queries join the transaction in progress: what BullMQ or the sockets' emitter writes through it is there when the
 * transaction commits, and never was when it rolls back.
 */
export class TransactionalPool extends EventEmitter {
  readonly options = { keepAlive: true };
  constructor(private readonly pool: pg.Pool) {
    super();
    this.setMaxListeners(0);
    pool.on('error', (error) => this.listenerCount('error') > 0 && this.emit('error', error));
  }

  query<R>(text: string, params?: readonly unknown[]): Promise<{ rows: R[]; rowCount: number | null }> {
    const target: pg.ClientBase | pg.Pool = transactionClient() ?? this.pool;
    return target.query(text, params as unknown[] | undefined) as Promise<pg.QueryResult & { rows: R[] }>;
  }

  connect(): Promise<pg.PoolClient> {
    return this.pool.connect();
  }

  async end(): Promise<void> {
    // The owner of the real pool ends it
  }
}
