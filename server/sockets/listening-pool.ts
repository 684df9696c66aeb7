import type { Server } from 'node:http';
import type pg from 'pg';

/**
 * The pool for a sockets' adapter, which listens on a connection for as long as it lives, and when it ended takes another and forgets it: it is given back then, because who
 * waits for the pool's end would wait for ever. Where it takes two, since the first failed before it had quite begun, only the last one listens: what is told would come twice.
 * Once the server has closed it gives none any more, also to an adapter that was just about to take one.
 */
export function listeningPool(pool: pg.Pool, http: Server): pg.Pool {
  let held: pg.PoolClient | undefined;
  let isOver = false;
  const giveBack = (client: pg.PoolClient): void => {
    client.removeAllListeners('end');
    client.removeAllListeners('notification');
    client.release(true);
  };
  http.once('close', () => {
    isOver = true;
    if (held) giveBack(held);
  });
  return Object.assign(Object.create(pool) as pg.Pool, {
    async connect() {
      const client = isOver ? undefined : await pool.connect();
      if (isOver && client) client.release(true);
      // Refused it would ask again every two seconds, and keep the process from ending
      if (isOver || !client) return new Promise<never>(() => {});
      const before = held;
      held = client;
      if (before) giveBack(before);
      // The adapter gives back too, when it is closed
      const release = client.release.bind(client);
      client.release = (destroy) => {
        if (held === client) held = undefined;
        release(destroy);
      };
      client.once('end', () => giveBack(client));
      return client;
    },
    // Asks for a connection in its own way
    query: pool.query.bind(pool),
  });
}
