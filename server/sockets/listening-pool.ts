import type pg from 'pg';

/**
 * The pool for the sockets' adapter, which listens on a connection for as long as it lives: one that ended is given back, because the adapter takes another and
 * forgets it, and who waits for the pool's end would wait for ever.
 */
export function listeningPool(pool: pg.Pool): pg.Pool {
  return Object.assign(Object.create(pool) as pg.Pool, {
    async connect() {
      const client = await pool.connect();
      client.once('end', () => client.release(true));
      return client;
    },
    // Asks for a connection in its own way
    query: pool.query.bind(pool),
  });
}
