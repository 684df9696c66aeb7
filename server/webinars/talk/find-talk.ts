import type { RoomRole } from '../../contract/webinars.ts';
import { forbidden } from '../../errors.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import { findRoom, refuseRemoved, roomRole } from '../find-room.ts';
import { findWebinar, type WebinarStanding } from '../find-webinar.ts';
import { isOpen, isToCome } from '../policy.ts';
import type { Webinar } from '../webinar.ts';
import { keepsOrder, mayTalk } from './policy.ts';

export interface Talk {
  standing: WebinarStanding;
  webinar: Webinar;
  role: RoomRole;
  /** Something can still be said. */
  open: boolean;
}

/** What was and is said in a room, for who has a place in it: also when it is over. @throws AppError 404; 403 `webinar-not-registered`, `webinar-removed` */
export async function findTalk(actor: Actor, number: number): Promise<Talk> {
  const { webinar, standing, removal } = await findWebinar(actor, number);
  const role = roomRole(standing);
  if (role === undefined) throw forbidden('webinar-not-registered');
  if (role === 'attendee') refuseRemoved(removal);
  const now = clock.now();
  // Who runs it prepares the room when she likes
  return { webinar, standing, role, open: isOpen(webinar, now) || (keepsOrder(role) && isToCome(webinar, now)) };
}

/** To say something: in the room, now. @throws AppError 404; 403 as for the room's door, `room-silent` for an inspector */
export async function findOpenTalk(actor: Actor, number: number): Promise<Omit<Talk, 'standing'>> {
  const { webinar, role } = await findRoom(actor, number);
  if (!mayTalk(role, true)) throw forbidden('room-silent');
  return { webinar, role, open: true };
}

/** To keep order in it. @throws AppError 404, 403 */
export async function findTalkToKeep(actor: Actor, number: number): Promise<Talk> {
  const talk = await findTalk(actor, number);
  if (!keepsOrder(talk.role)) throw forbidden();
  return talk;
}
