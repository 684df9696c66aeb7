import { z } from 'zod';
import type { Tx } from './database/transaction.ts';
import { enqueue } from './jobs.ts';

const id = z.uuid();

/** The catalogue of what can happen. Payloads are ids (and what a deleted or moved row can no longer tell). */
export const EVENTS = {
  'person.registered': z.object({ personId: id }),
  /** Somebody tried to register an address that has an account already. */
  'registration.repeated': z.object({ personId: id, requestId: id }),
  'confirmation.requested': z.object({ personId: id, requestId: id }),
  'person.confirmed': z.object({ personId: id }),
  'password-reset.requested': z.object({ personId: id, requestId: id }),
  'role.granted': z.object({ roleId: id }),
  'affiliation.requested': z.object({ affiliationId: id }),
  'affiliation.approved': z.object({ affiliationId: id }),
  'affiliation.refused': z.object({ affiliationId: id }),
  /** A person now works for another body; her open enrolments moved with her. */
  'person.moved': z.object({ personId: id, fromBodyId: id, toBodyId: id }),
  /** Its dates, its seats or who trains in it. */
  'edition.changed': z.object({ editionId: id }),
  'edition.cancelled': z.object({ editionId: id }),
  'enrolment.changed': z.object({ enrolmentId: id, from: z.string().nullable(), to: z.string() }),
  'attempt.closed': z.object({ attemptId: id }),
  'completion.reached': z.object({ enrolmentId: id }),
  'certificate.issued': z.object({ certificateId: id }),
  'certificate.revoked': z.object({ certificateId: id }),
  'hours.credited': z.object({ hoursEntryId: id }),
  /** With what the next change will overwrite. */
  'membership.changed': z.object({ membershipId: id, to: z.string(), at: z.iso.datetime(), byId: id.nullable(), reason: z.string().nullable() }),
  'post.written': z.object({ postId: id }),
  /** The same of several, by different people or in different threads. */
  'posts.written': z.object({ postIds: z.array(id) }),
  /** Its author named somebody more in a post. */
  'mentions.added': z.object({ postId: id }),
  'document.infected': z.object({ versionId: id }),
  'answer.accepted': z.object({ threadId: id, postId: id }),
  /** Somebody wrote to somebody. */
  'message.sent': z.object({ messageId: id }),
  'conversation.read': z.object({ conversationId: id, personId: id }),
  /** A message of a channel names people. */
  'channel.named': z.object({ channelId: id, sequence: z.int() }),
  /** Somebody has read where she was named. */
  'channel.read': z.object({ channelId: id, personId: id }),
  'practice.submitted': z.object({ practiceId: id, at: z.iso.datetime() }),
  'practice.returned': z.object({ practiceId: id, at: z.iso.datetime() }),
  'practice.published': z.object({ practiceId: id, versionId: id }),
  'practice.commented': z.object({ commentId: id }),
  /** A post was flagged or held, or somebody appeals: moderators are wanted. */
  'case.opened': z.object({ caseId: id }),
  'case.decided': z.object({ caseId: id }),
  'measure.taken': z.object({ measureId: id }),
  'measure.lifted': z.object({ measureId: id }),
  /** An edition plans fewer live minutes than it did. */
  'sessions.reduced': z.object({ editionId: id }),
  /** A webinar has people who run it, or others than before. */
  'webinar.staffed': z.object({ webinarId: id }),
  /** Its date or what it is about, at this SEQUENCE of its calendar entry. */
  'webinar.changed': z.object({ webinarId: id, sequence: z.int() }),
  'webinar.cancelled': z.object({ webinarId: id }),
  /** A seat given, awaited or given up, at this revision; `why`: by whom. */
  'seat.changed': z.object({ seatId: id, revision: z.int(), why: z.enum(['asked', 'edition', 'promoted']) }),
} as const satisfies Record<string, z.ZodType>;

export type EventName = keyof typeof EVENTS;
export type EventPayload<N extends EventName> = z.output<(typeof EVENTS)[N]>;

/** Records that something happened, in the transaction that made it happen. Its consequences are in `workers/reactions.ts`. */
export async function record<N extends EventName>(tx: Tx, event: N, payload: EventPayload<N>): Promise<void> {
  await enqueue(tx, 'react', { event, payload: EVENTS[event].parse(payload) });
}
