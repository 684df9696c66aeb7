import { transaction } from '../server/database/transaction.ts';
import { EVENTS, type EventName, type EventPayload } from '../server/events.ts';
import { enqueue } from '../server/jobs.ts';
import { tellAffiliation } from '../server/notifications/tell-affiliation.ts';
import { tellCertificateIssued, tellCertificateRevoked } from '../server/notifications/tell-certificate.ts';
import { tellEnrolment } from '../server/notifications/tell-enrolment.ts';

type Reaction<N extends EventName> = (payload: EventPayload<N>) => Promise<void>;

/** What follows from what: the whole application's consequences on one page. Each reaction is idempotent by a key of its own. */
export const REACTIONS: { [N in EventName]: Reaction<N>[] } = {
  'person.registered': [],
  'person.confirmed': [],
  'affiliation.requested': [({ affiliationId }) => tellAffiliation(affiliationId, 'requested')],
  'affiliation.approved': [({ affiliationId }) => tellAffiliation(affiliationId, 'approved')],
  'affiliation.refused': [({ affiliationId }) => tellAffiliation(affiliationId, 'refused')],
  'person.moved': [],
  'enrolment.changed': [tellEnrolment],
  'attempt.closed': [],
  'completion.reached': [({ enrolmentId }) => transaction((tx) => enqueue(tx, 'issue-certificate', { enrolmentId }))],
  'certificate.issued': [tellCertificateIssued],
  'certificate.revoked': [tellCertificateRevoked],
  'hours.credited': [],
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
