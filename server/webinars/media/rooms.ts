import { log } from '../../http/log.ts';
import { giveSignOfLife } from '../record-presence.ts';
import { Room } from './room.ts';

/** How often each viewer is looked at. */
const LOOK_MS = 100;
/** A crowd that comes or raises its hands is told once in a while, not once each. */
const PEOPLE_MS = 250;

export interface RoomTold {
  tracks(room: Room): void;
  people(room: Room): void;
}

/** How long a process may have been dead before its rooms' registers know. */
const ALIVE_MS = 1000;
let alive: NodeJS.Timeout | undefined;

/** The live rooms that this process owns: opened by the first who enters, gone with the last. */
const rooms = new Map<string, { room: Room; timer: NodeJS.Timeout }>();

/** @param told how everybody in the room hears of what changed. */
export function roomOfWebinar(webinarId: string, told: RoomTold): Room {
  const open = rooms.get(webinarId);
  if (open) return open.room;
  let pending: NodeJS.Timeout | undefined;
  const room = new Room((what) => {
    if (what === 'tracks') return told.tracks(room);
    pending ??= setTimeout(() => {
      pending = undefined;
      told.people(room);
    }, PEOPLE_MS).unref();
  });
  const timer = setInterval(() => room.look(performance.now()), LOOK_MS).unref();
  rooms.set(webinarId, { room, timer });
  alive ??= setInterval(() => giveSignOfLife().catch((error: unknown) => log.error({ err: error }, 'no sign of life could be given')), ALIVE_MS).unref();
  return room;
}

export function forgetIfEmpty(webinarId: string): void {
  const open = rooms.get(webinarId);
  if (!open || open.room.guests.size > 0) return;
  clearInterval(open.timer);
  rooms.delete(webinarId);
  if (rooms.size > 0) return;
  clearInterval(alive);
  alive = undefined;
}
