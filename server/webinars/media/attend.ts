import { setTimeout as pause } from 'node:timers/promises';
import type { RoomRole } from '../../contract/webinars.ts';
import { clock } from '../../gateways/clock.ts';
import { log } from '../../http/log.ts';
import { type PresenceInput, recordPresences } from '../record-presence.ts';

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 10_000;
/** Lines of one transaction. */
const MOST_AT_ONCE = 500;

/** What happened and is still to be written, in its order; and whether somebody is at it. */
const waiting: PresenceInput[] = [];
let writing: Promise<void> | undefined;

/**
 * Writes down that somebody came, and later that she left, with the moments at which it happened: a database that is away for a while delays the
 * writing, not the room. While one transaction is on its way all that happens goes into the next: a crowd that comes at once is a few, not hundreds that
 * wait for each other at the end of the same chain.
 */
export function attend(who: { webinarId: string; personId: string; connection: string; role: RoomRole }): { leave(): void } {
  note({ ...who, what: 'join', at: clock.now() });
  return { leave: () => note({ ...who, what: 'leave', at: clock.now() }) };
}

/** When everybody's coming and leaving has been written: before the database is closed. */
export async function attendanceWritten(): Promise<void> {
  while (writing) await writing;
}

function note(presence: PresenceInput): void {
  waiting.push(presence);
  writing ??= writeAll().finally(() => (writing = undefined));
}

async function writeAll(): Promise<void> {
  // Who came in this turn comes along
  await Promise.resolve();
  for (let some = waiting.splice(0, MOST_AT_ONCE); some.length > 0; some = waiting.splice(0, MOST_AT_ONCE)) await keepTrying(some);
}

async function keepTrying(presences: PresenceInput[]): Promise<void> {
  for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(LONGEST_PAUSE_MS, wait * 2)) {
    try {
      return await recordPresences(presences);
    } catch (error) {
      // Of somebody or something that is no more: the others are written without it
      if (isIntegrity(error)) {
        if (presences.length === 1) return log.error({ err: error, webinarId: presences[0]?.webinarId }, 'a presence can never be written');
        for (const one of presences) await keepTrying([one]);
        return;
      }
      log.error({ err: error, webinarId: presences[0]?.webinarId }, 'presences could not be written: tried again');
      await pause(wait, undefined, { ref: false });
    }
  }
}

/** PostgreSQL's class 23, «integrity constraint violation»: tried again it fails again. */
const isIntegrity = (error: unknown): boolean => error instanceof Error && 'code' in error && String(error.code).startsWith('23');
