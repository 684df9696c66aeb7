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
}

export const STANDING = `${MANAGES} as manages, f.role as staff, s.status as seat`;

const FIND = `select w.*, ${STANDING} from webinars w ${PLACES} where w.number = $7 and ${KNOWN}`;

/** A webinar that the actor may know of, with what she is in it. @throws AppError 404 */
export async function findWebinar(actor: Actor | null, number: number): Promise<FoundWebinar> {
  const [row] = await prepared<Webinar & WebinarStanding>('webinar-find', FIND, [...webinarReachValues(webinarReachOf(actor)), number]);
  if (!row) throw notFound();
  const { manages, staff, seat, ...webinar } = row;
  return { webinar, standing: { manages, staff, seat } };
}
