import { type Actor, holds } from '../http/actor.ts';
import type { WebinarStanding } from './find-webinar.ts';
import { type Webinar, webinarState } from './webinar.ts';

/** Who may schedule a webinar that belongs to no edition and no network: UPI, and whoever trains or moderates on the whole platform. */
export const maySchedule = (actor: Actor | null): boolean => holds(actor, 'admin') || holds(actor, 'trainer') || holds(actor, 'moderator');

/** An inspector comes from outside: UPI alone lets her in. */
export const mayAppointInspectors = (actor: Actor | null): boolean => holds(actor, 'admin');

type Life = Pick<Webinar, 'starts_at' | 'ends_at' | 'cancelled_at' | 'closed_at' | 'edition_id'>;

/** Whoever has a body takes a seat until the end; in an edition the enrolment is the seat, and who runs the webinar needs none. */
export const mayRegister = (actor: Actor | null, webinar: Life, { staff, seat }: WebinarStanding, now: Date): boolean =>
  actor !== null && actor.bodyId !== null && webinar.edition_id === null && staff === null && seat !== 'registered' && seat !== 'waiting' && isToCome(webinar, now);

export const mayWithdraw = (webinar: Life, { seat }: WebinarStanding, now: Date): boolean => webinar.edition_id === null && (seat === 'registered' || seat === 'waiting') && isToCome(webinar, now);

/** Neither cancelled nor past its end. */
export const isToCome = (webinar: Life, now: Date): boolean => webinar.cancelled_at === null && webinar.closed_at === null && now < webinar.ends_at;

export const mayChange = (webinar: Life, { manages }: WebinarStanding, now: Date): boolean => manages && isToCome(webinar, now);

/** Also when it is over, as long as nobody has signed its register: a lesson that did not take place must not count as one that everybody missed. */
export const mayCancel = (webinar: Life & Pick<Webinar, 'kind' | 'register_locked_at'>, { manages }: WebinarStanding, now: Date): boolean =>
  manages && webinar.cancelled_at === null && (isToCome(webinar, now) || (webinar.kind === 'class' && webinar.register_locked_at === null));

/** Who is there and how long: whoever has a part in running it, or inspects it. */
export const mayFollow = ({ manages, staff }: WebinarStanding): boolean => manages || staff !== null;

/** Opens, closes and interrupts: who runs it. */
export const mayRun = ({ manages, staff }: WebinarStanding): boolean => manages || staff === 'organiser' || staff === 'presenter' || staff === 'co-presenter';

/** Signs corrections and locks the register: the trainer. */
export const maySign = ({ manages, staff }: WebinarStanding): boolean => manages || staff === 'organiser' || staff === 'presenter';

/** The register can be locked when nobody's minutes grow any more. */
export const isEnded = (webinar: Life, now: Date): boolean => webinar.cancelled_at === null && (webinar.closed_at !== null || now >= webinar.ends_at);

export const isOpen = (webinar: Life, now: Date): boolean => webinarState(webinar, now) === 'doors-open';
