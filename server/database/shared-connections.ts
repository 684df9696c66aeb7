import { Socket } from 'node:net';
import pg from 'pg';

/** Enough that one slow statement does not hold up all the others, few enough that those asked together leave together. */
const LANES = 3;

interface Lane {
  client: pg.Client;
  socket: Socket;
  ready: Promise<unknown>;
  /** Statements sent and not answered. */
  waiting: number;
  corked: boolean;
}

/**
 * A few connections on which statements of many requests travel one behind the other (pipelining): what is asked in one turn of the
 * event loop leaves in one piece. For single statements only: a transaction needs a connection of its own.
 */
export function sharedConnections(options: pg.ClientConfig) {
  const lanes: (Lane | undefined)[] = Array.from({ length: LANES });

  function open(index: number): Lane {
    const socket = new Socket();
    const client = new pg.Client({ ...options, stream: () => socket });
    const lane: Lane = { client, socket, ready: client.connect(), waiting: 0, corked: false };
    const forget = () => {
      if (lanes[index] === lane) lanes[index] = undefined;
    };
    // What was under way on it fails by itself; the next statement opens another
    client.on('error', forget).on('end', forget);
    lane.ready.catch(forget);
    lanes[index] = lane;
    return lane;
  }

  /** The one with the least to do; a new one only where all have something to do. */
  function choose(): Lane {
    let best: Lane | undefined;
    for (const lane of lanes) if (lane && (!best || lane.waiting < best.waiting)) best = lane;
    if (best && best.waiting < 2) return best;
    const free = lanes.indexOf(undefined);
    return free === -1 && best ? best : open(Math.max(free, 0));
  }

  return {
    async query<R extends pg.QueryResultRow>(statement: { name: string; text: string; values: unknown[] }): Promise<R[]> {
      const lane = choose();
      lane.waiting += 1;
      try {
        await lane.ready;
        cork(lane);
        return (await lane.client.query<R>(statement)).rows;
      } finally {
        lane.waiting -= 1;
      }
    },
    async close(): Promise<void> {
      await Promise.all(lanes.map((lane) => lane?.client.end()));
    },
  };
}

function cork(lane: Lane): void {
  if (lane.corked) return;
  lane.socket.cork();
  lane.corked = true;
  setImmediate(() => {
    lane.corked = false;
    lane.socket.uncork();
  });
}
