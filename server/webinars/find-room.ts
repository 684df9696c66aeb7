import type { RoomRole } from '../contract/webinars.ts';
import { database } from '../database/connection.ts';
import { forbidden } from '../errors.ts';
import { clock } from '../gateways/clock.ts';
import type { Actor } from '../http/actor.ts';
import { findWebinar, type FoundWebinar, type WebinarStanding } from './find-webinar.ts';
import { type Webinar, webinarState } from './webinar.ts';

/**
 * The room of a webinar, for who may be in it now.
 * @throws AppError 404 for what she may not know of; 403 `webinar-cancelled`, `webinar-over`, `webinar-removed`, `webinar-not-registered`, `webinar-doors-closed`.
 */
export async function findRoom(actor: Actor, number: number): Promise<{ webinar: Webinar; role: RoomRole }> {
  const { webinar, standing, removal } = await findWebinar(actor, number);
  const role = roomRole(standing);
  const state = webinarState(webinar, clock.now());
  if (state === 'cancelled') throw forbidden('webinar-cancelled');
  if (state === 'over') throw forbidden('webinar-over');
  if (role === undefined) throw forbidden('webinar-not-registered');
  if (role === 'attendee') refuseRemoved(removal);
  // Who runs it prepares the room when she likes
  if (state === 'scheduled' && (role === 'attendee' || role === 'inspector')) throw forbidden('webinar-doors-closed');
  return { webinar, role };
}

/** A part in it before a seat; who manages it from outside (UPI, a moderator of the network) has an organiser's part unless she came as something else. */
export function roomRole({ staff, seat, manages }: WebinarStanding): RoomRole | undefined {
  if (staff) return staff;
  if (seat === 'registered') return 'attendee';
  return manages ? 'organiser' : undefined;
}

/** Whether somebody was sent out of a room. */
export const isRemoved = async (webinarId: string, personId: string): Promise<boolean> => (await database()('webinar_removals').where({ webinar_id: webinarId, person_id: personId }).first('reason')) !== undefined;

/** Who was sent out of a room is told why. @throws AppError 403 `webinar-removed`, with the reason */
export function refuseRemoved(removal: FoundWebinar['removal']): void {
  if (removal) throw forbidden('webinar-removed', removal.reason === null ? {} : { reason: removal.reason });
}
