import { type Actor, holds } from '../http/actor.ts';
import type { Enrolment } from './enrolment.ts';

interface Period {
  starts_on: string;
  ends_on: string;
  published_at: Date | null;
  cancelled_at: Date | null;
}

/** Between its first and last day, both included, and neither draft nor cancelled. */
export const isRunning = (edition: Period, day: string): boolean => edition.published_at !== null && edition.cancelled_at === null && day >= edition.starts_on && day <= edition.ends_on;

/** With a seat one reads from the first day on, also when the edition is over: what one has learnt one may look up. */
export const mayRead = (enrolment: Pick<Enrolment, 'status'>, edition: Period, day: string): boolean => (enrolment.status === 'active' || enrolment.status === 'completed') && edition.cancelled_at === null && day >= edition.starts_on;

/** Progress, hours and tests count while the edition runs. */
export const mayLearn = (enrolment: Pick<Enrolment, 'status'>, edition: Period, day: string): boolean => enrolment.status === 'active' && isRunning(edition, day);

export const mayWithdraw = (enrolment: Pick<Enrolment, 'status'>): boolean => enrolment.status === 'requested' || enrolment.status === 'waiting' || enrolment.status === 'active';

/** The outcomes of an edition: who trains in it or in its course, and UPI. */
export const mayFollowEdition = (actor: Actor, edition: { course_id: string }, trainers: readonly string[]): boolean => holds(actor, 'admin') || holds(actor, 'trainer', edition.course_id) || trainers.includes(actor.id);

/** On her own request somebody else decides, as on her own wish to belong to a body; UPI decides on all. */
export const mayDecide = (actor: Actor, enrolment: Pick<Enrolment, 'person_id'>): boolean => holds(actor, 'admin') || enrolment.person_id !== actor.id;
