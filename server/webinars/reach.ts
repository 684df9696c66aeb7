import { belongs, MODERATES, OWN_MEMBERSHIP, READABLE, type Reach, reachOf, VISIBLE } from '../community/reach.ts';
import { type Actor, holds } from '../http/actor.ts';

/** What a query about webinars must know of who asks. */
export interface WebinarReach extends Reach {
  /** UPI: sees everything. */
  admin: boolean;
  /** Trains in every course. */
  trainsAll: boolean;
  /** The courses in which she trains. */
  taught: string[];
}

export function webinarReachOf(actor: Pick<Actor, 'id' | 'roles'> | null): WebinarReach {
  return {
    ...reachOf(actor),
    admin: holds(actor, 'admin'),
    trainsAll: holds(actor, 'trainer'),
    taught: (actor?.roles ?? []).flatMap(({ role, scope, scopeId }) => (role === 'trainer' && scope === 'course' && scopeId ? [scopeId] : [])),
  };
}

/** The first six parameters of a statement: those of the community (`$1` person, `$2` everything, `$3` moderated networks), then `$4` admin, `$5` trains in all courses, `$6` in these. */
export const webinarReachValues = ({ personId, everything, moderated, admin, trainsAll, taught }: WebinarReach): [string | null, boolean, string[], boolean, boolean, string[]] => [personId, everything, moderated, admin, trainsAll, taught];

/** Beside webinars `w`: their network, their edition, and what the person is in each. */
export const PLACES = `left join networks n on n.id = w.network_id ${OWN_MEMBERSHIP}
  left join editions ed on ed.id = w.edition_id
  left join webinar_staff f on f.webinar_id = w.id and f.person_id = $1::uuid
  left join webinar_seats s on s.webinar_id = w.id and s.person_id = $1::uuid`;

/** Whether she trains in the edition of `w`. */
const TRAINS = `(w.edition_id is not null and ($4::boolean or $5::boolean or ed.course_id = any($6::uuid[])
  or exists (select from edition_trainers t where t.edition_id = w.edition_id and t.person_id = $1::uuid)))`;

/** Who may change `w`: its organisers, and whoever may schedule in its place. */
export const MANAGES = `($4::boolean or coalesce(f.role = 'organiser', false) or ${TRAINS} or (w.network_id is not null and ${MODERATES}))`;

/** What one may know of: of a network for who reads it, of an edition for who is in it; who has a part in it in any case. Permission is in the query, so that no channel can forget it. */
export const KNOWN = `(${MANAGES} or f.role is not null
  or (w.network_id is not null and ${VISIBLE} and ${READABLE})
  or (w.edition_id is not null and s.status = 'registered')
  or (w.network_id is null and w.edition_id is null))`;

/** The same as `KNOWN`, for telling a person who does not ask (reminders, calendars): `person` is SQL. Her seat alone opens nothing in a network that she no longer reads. */
export const mayBeTold = (person: string): string => `(w.network_id is null
  or exists (select from networks x where x.id = w.network_id and x.reading = 'public' and x.archived_at is null)
  or ${belongs(person, 'w.network_id')}
  or exists (select from webinar_staff x where x.webinar_id = w.id and x.person_id = ${person}))`;
