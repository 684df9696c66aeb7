import { clock } from '../../gateways/clock.ts';
import { lineNow, LOOKED_AT_MS } from './line-clock.ts';
import { Room, type RoomChange } from './room.ts';
import { stayAlive } from './stay-alive.ts';

/** A crowd that comes or raises its hands is told once in a while, not once each; what is to be seen, sooner. */
const TOLD_EVERY_MS = { people: 250, parts: 250, tracks: 40, reactions: 500 } as const;
/** Each who is there is told who is there: of a large room, more rarely. */
const FOR_EACH_GUEST_MS = 2;
const LONGEST_MS = 2000;

export interface RoomTold {
  tracks(room: Room): void;
  people(room: Room): void;
  reactions(room: Room): void;
}

/** The live rooms that this process owns: opened by the first who enters, gone with the last. */
const rooms = new Map<string, { room: Room; timer: NodeJS.Timeout; rest: () => void }>();

/** @param until when nobody is left in it any more. @param told how everybody in the room hears of what changed. */
export function roomOfWebinar(webinarId: string, until: Date, told: RoomTold): Room {
  const open = rooms.get(webinarId);
  if (open) return open.room;
  const pending = new Set<RoomChange>();
  const room = new Room((what) => {
    if (pending.has(what)) return;
    pending.add(what);
    const wait = what === 'people' ? Math.min(LONGEST_MS, TOLD_EVERY_MS.people + room.guests.size * FOR_EACH_GUEST_MS) : TOLD_EVERY_MS[what];
    setTimeout(() => {
      if (!pending.delete(what)) return;
      if (what === 'tracks' || what === 'reactions') return told[what](room);
      // Both say the same
      pending.delete('people');
      pending.delete('parts');
      told.people(room);
    }, wait).unref();
  });
  const timer = setInterval(() => {
    // Who comes back is told at the door whether it is really over
    if (clock.now() > until) for (const guest of room.guests.values()) guest.outlet.close('over');
    else room.look(lineNow());
  }, LOOKED_AT_MS).unref();
  rooms.set(webinarId, { room, timer, rest: stayAlive() });
  return room;
}

/** The room of a webinar, if somebody is in it here. */
export const openRoom = (webinarId: string): Room | undefined => rooms.get(webinarId)?.room;

export function forgetIfEmpty(webinarId: string): void {
  const open = rooms.get(webinarId);
  if (!open || open.room.guests.size > 0) return;
  clearInterval(open.timer);
  rooms.delete(webinarId);
  open.rest();
}
