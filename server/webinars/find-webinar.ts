import type { SeatStatus, StaffRole } from '../contract/webinars.ts';
import { prepared } from '../database/prepared.ts';
import { notFound } from '../errors.ts';
import type { Actor } from '../http/actor.ts';
import { KNOWN, MANAGES, PLACES, webinarReachOf, webinarReachValues } from './reach.ts';
import type { Webinar } from './webinar.ts';

/** What the actor is in a webinar. */
export interface WebinarStanding {
  manages: boolean;
  staff: StaffRole | null;
  seat: SeatStatus | null;
}

export interface FoundWebinar {
  webinar: Webinar;
  standing: WebinarStanding;
  /** She was sent out of its room. */
  removal: { reason: string | null } | null;
}

export const STANDING = `${MANAGES} as manages, f.role as staff, s.status as seat`;

const FIND = `select w.*, ${STANDING}, x.person_id is not null as removed, x.reason as removal_reason from webinars w ${PLACES}
  left join webinar_removals x on x.webinar_id = w.id and x.person_id = $1::uuid where w.number = $7 and ${KNOWN}`;

/** A webinar that the actor may know of, with what she is in it. @throws AppError 404 */
export async function findWebinar(actor: Actor | null, number: number): Promise<FoundWebinar> {
  const [row] = await prepared<Webinar & WebinarStanding & { removed: boolean; removal_reason: string | null }>('webinar-find', FIND, [...webinarReachValues(webinarReachOf(actor)), number]);
  if (!row) throw notFound();
  const { manages, staff, seat, removed, removal_reason: reason, ...webinar } = row;
  return { webinar, standing: { manages, staff, seat }, removal: removed ? { reason } : null };
}
