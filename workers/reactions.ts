import { transaction } from '../server/database/transaction.ts';
import { EVENTS, type EventName, type EventPayload } from '../server/events.ts';
import { enqueue } from '../server/jobs.ts';
import { tellPasswordReset, tellRegistration, tellRepeatedRegistration } from '../server/notifications/tell-account.ts';
import { evaluateEdition } from '../server/learning/attend-sessions.ts';
import { endEnrolments } from '../server/learning/end-enrolments.ts';
import { moveEnrolments } from '../server/learning/move-enrolments.ts';
import { promoteWaiting } from '../server/learning/promote-waiting.ts';
import { tellAffiliation } from '../server/notifications/tell-affiliation.ts';
import { tellCertificateIssued, tellCertificateRevoked } from '../server/notifications/tell-certificate.ts';
import { tellAccepted, tellMembership } from '../server/notifications/tell-community.ts';
import { tellInfected } from '../server/notifications/tell-document.ts';
import { readChannelNotices, tellNamedLater } from '../server/notifications/tell-channel.ts';
import { tellEnrolment } from '../server/notifications/tell-enrolment.ts';
import { tellCommented, tellPublished, tellReturned, tellSubmitted } from '../server/notifications/tell-practice.ts';
import { tellCaseDecided, tellCaseOpened, tellLifted, tellMeasure } from '../server/notifications/tell-moderation.ts';
import { readMessageNotices, tellMessageLater } from '../server/notifications/tell-message.ts';
import { tellPostLater } from '../server/notifications/tell-post.ts';
import { tellSeat, tellStaff, tellWebinarCancelled, tellWebinarChanged } from '../server/notifications/tell-webinar.ts';
import { tellRole } from '../server/notifications/tell-role.ts';
import { countAttempt, countCertificate, countEnrolment, countHours, countMove } from '../server/statistics/follow-events.ts';
import { cancelOfEdition } from '../server/webinars/cancel-webinar.ts';
import { followEnrolment, moveSeats } from '../server/webinars/follow-enrolments.ts';

type Reaction<N extends EventName> = (payload: EventPayload<N>) => Promise<void>;

/** What follows from what: the whole application's consequences on one page. Each reaction is idempotent by a key of its own. */
export const REACTIONS: { [N in EventName]: Reaction<N>[] } = {
  'person.registered': [({ personId }) => tellRegistration(personId)],
  'registration.repeated': [({ personId, requestId }) => tellRepeatedRegistration(personId, requestId)],
  'confirmation.requested': [({ personId, requestId }) => tellRegistration(personId, requestId)],
  'person.confirmed': [],
  'password-reset.requested': [({ personId, requestId }) => tellPasswordReset(personId, requestId)],
  'role.granted': [tellRole],
  'affiliation.requested': [({ affiliationId }) => tellAffiliation(affiliationId, 'requested')],
  'affiliation.approved': [({ affiliationId }) => tellAffiliation(affiliationId, 'approved')],
  'affiliation.refused': [({ affiliationId }) => tellAffiliation(affiliationId, 'refused')],
  'person.moved': [moveEnrolments, countMove, moveSeats],
  'edition.changed': [({ editionId }) => transaction((tx) => promoteWaiting(tx, editionId))],
  'edition.cancelled': [endEnrolments, cancelOfEdition],
  'enrolment.changed': [countEnrolment, followEnrolment, tellEnrolment],
  'attempt.closed': [countAttempt],
  'completion.reached': [({ enrolmentId }) => transaction((tx) => enqueue(tx, 'issue-certificate', { enrolmentId }))],
  'certificate.issued': [countCertificate, tellCertificateIssued],
  'certificate.revoked': [countCertificate, tellCertificateRevoked],
  'hours.credited': [countHours],
  'membership.changed': [tellMembership],
  'post.written': [({ postId }) => tellPostLater(postId, false)],
  'posts.written': [async ({ postIds }) => {
    for (const postId of postIds) await tellPostLater(postId, false);
  }],
  'mentions.added': [({ postId }) => tellPostLater(postId, true)],
  'document.infected': [tellInfected],
  'answer.accepted': [tellAccepted],
  'message.sent': [tellMessageLater],
  'conversation.read': [readMessageNotices],
  'channel.named': [tellNamedLater],
  'channel.read': [readChannelNotices],
  'practice.submitted': [tellSubmitted],
  'practice.returned': [tellReturned],
  'practice.published': [tellPublished],
  'practice.commented': [tellCommented],
  'case.opened': [tellCaseOpened],
  'case.decided': [tellCaseDecided],
  'measure.taken': [tellMeasure],
  'measure.lifted': [tellLifted],
  'sessions.reduced': [evaluateEdition],
  'webinar.staffed': [tellStaff],
  'webinar.changed': [tellWebinarChanged],
  'webinar.cancelled': [tellWebinarCancelled],
  'seat.changed': [tellSeat],
};

/** Runs an event's reactions in their order; a failure tries them all again later. */
export async function react(event: string, payload: unknown): Promise<void> {
  if (!isEvent(event)) throw new Error(`No such event: ${event}`);
  await run(event, payload);
}

async function run<N extends EventName>(event: N, payload: unknown): Promise<void> {
  const parsed = EVENTS[event].parse(payload) as EventPayload<N>;
  for (const reaction of REACTIONS[event]) await reaction(parsed);
}

function isEvent(name: string): name is EventName {
  return Object.hasOwn(EVENTS, name);
}
