import type pg from 'pg';

/**
 * The pool for the sockets' adapter, which listens on a connection for as long as it lives, and when it ended takes another and forgets it: it is given back then, because who
 * waits for the pool's end would wait for ever. Where it takes two, since the first failed before it had quite begun, only the last one listens: what is told would come twice.
 */
export function listeningPool(pool: pg.Pool): pg.Pool {
  let held: pg.PoolClient | undefined;
  return Object.assign(Object.create(pool) as pg.Pool, {
    async connect() {
      const client = await pool.connect();
      const before = held;
      held = client;
      if (before) giveBack(before);
      client.once('end', () => {
        if (held === client) held = undefined;
        giveBack(client);
      });
      return client;
    },
    // Asks for a connection in its own way
    query: pool.query.bind(pool),
  });
}

function giveBack(client: pg.PoolClient): void {
  client.removeAllListeners('end');
  client.removeAllListeners('notification');
  client.release(true);
}
