import { setTimeout as pause } from 'node:timers/promises';
import type { RoomRole } from '../../contract/webinars.ts';
import { clock } from '../../gateways/clock.ts';
import { log } from '../../http/log.ts';
import { recordPresence } from '../record-presence.ts';

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Writes down that somebody came, and later that she left, with the moments at which it happened: a database that is away for a while delays the
 * writing, not the room.
 */
export function attend(who: { webinarId: string; personId: string; connection: string; role: RoomRole }): { leave(): void } {
  const joined = persistently({ ...who, what: 'join', at: clock.now() });
  return {
    leave: () => {
      const at = clock.now();
      void joined.then(() => persistently({ ...who, what: 'leave', at }));
    },
  };
}

/** What is still to be written. */
const writing = new Set<Promise<void>>();

/** When everybody's coming and leaving has been written: before the database is closed. */
export async function attendanceWritten(): Promise<void> {
  while (writing.size > 0) await Promise.all(writing);
}

function persistently(presence: Parameters<typeof recordPresence>[0]): Promise<void> {
  const written = keepTrying(presence).finally(() => writing.delete(written));
  writing.add(written);
  return written;
}

async function keepTrying(presence: Parameters<typeof recordPresence>[0]): Promise<void> {
  for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(LONGEST_PAUSE_MS, wait * 2)) {
    try {
      return await recordPresence(presence);
    } catch (error) {
      // Of somebody or something that is no more
      if (isIntegrity(error)) return log.error({ err: error, webinarId: presence.webinarId }, 'a presence can never be written');
      log.error({ err: error, webinarId: presence.webinarId }, 'a presence could not be written: tried again');
      await pause(wait, undefined, { ref: false });
    }
  }
}

/** PostgreSQL's class 23, «integrity constraint violation»: tried again it fails again. */
const isIntegrity = (error: unknown): boolean => error instanceof Error && 'code' in error && String(error.code).startsWith('23');
