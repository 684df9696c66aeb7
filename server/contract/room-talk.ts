import { z } from 'zod';
import { Id, Moment, queryInt, text } from './common.ts';
import { RoomRole } from './webinars.ts';

export const LONGEST_MESSAGE = 1000;
export const LONGEST_QUESTION = 500;

export const MessageInput = z.object({ clientId: Id, text: text(1, LONGEST_MESSAGE), toStaff: z.boolean().default(false) });
export type MessageInput = z.output<typeof MessageInput>;

export const RoomMessage = z.object({
  sequence: z.int(),
  at: Moment,
  author: z.object({ id: Id, name: z.string(), role: RoomRole }),
  clientId: Id,
  /** null: hidden by who moderates. */
  text: z.string().nullable(),
  toStaff: z.boolean(),
});
export type RoomMessage = z.output<typeof RoomMessage>;

export const MessagesQuery = z.object({ after: queryInt(0, 2_000_000_000).default(0), limit: queryInt(1, 200).default(100), latest: z.enum(['1']).optional() });
export const RoomMessages = z.object({
  items: z.array(RoomMessage),
  /** Numbers before these that were taken away. */
  hidden: z.array(z.int()),
  /** Up to here nothing is missing; not everything is for everybody, so numbers may be skipped. */
  upTo: z.int(),
  last: z.int(),
  slowSeconds: z.int(),
  /** Only who keeps order writes to everybody; the others to them. */
  locked: z.boolean(),
  abilities: z.object({ write: z.boolean(), moderate: z.boolean() }),
});
export type RoomMessages = z.output<typeof RoomMessages>;

export const MessageSent = z.object({ message: RoomMessage });
export const SlowInput = z.object({ seconds: z.int().min(0).max(600) });
export const LockInput = z.object({ locked: z.boolean() });

export const QuestionInput = z.object({ clientId: Id, text: text(5, LONGEST_QUESTION) });
export type QuestionInput = z.output<typeof QuestionInput>;
export const QuestionState = z.enum(['open', 'answered', 'dismissed']);
export type QuestionState = z.output<typeof QuestionState>;
export const RoomQuestion = z.object({ id: Id, at: Moment, author: z.object({ id: Id, name: z.string() }), text: z.string(), votes: z.int(), voted: z.boolean(), state: QuestionState });
export type RoomQuestion = z.output<typeof RoomQuestion>;
export const RoomQuestions = z.object({ items: z.array(RoomQuestion), abilities: z.object({ ask: z.boolean(), settle: z.boolean() }) });
export type RoomQuestions = z.output<typeof RoomQuestions>;
export const QuestionVote = z.object({ up: z.boolean() });
export const QuestionSettled = z.object({ state: QuestionState });

export const LONGEST_ANNOUNCEMENT = 300;
export const AnnouncementInput = z.object({ clientId: Id, text: text(2, LONGEST_ANNOUNCEMENT) });
export type AnnouncementInput = z.output<typeof AnnouncementInput>;
export const RoomAnnouncements = z.object({ items: z.array(z.object({ id: Id, text: z.string(), at: Moment, author: z.string() })), abilities: z.object({ announce: z.boolean() }) });
export type RoomAnnouncements = z.output<typeof RoomAnnouncements>;

export const PollInput = z.object({
  clientId: Id,
  question: text(3, 300),
  options: z.array(text(1, 120)).min(2).max(8).refine((options) => new Set(options).size === options.length, { error: 'poll-options-repeat' }),
  multiple: z.boolean().default(false),
});
export type PollInput = z.output<typeof PollInput>;
export const RoomPoll = z.object({
  id: Id,
  question: z.string(),
  multiple: z.boolean(),
  closed: z.boolean(),
  /** What one chose oneself, by place; empty: nothing yet. */
  chosen: z.array(z.int()),
  voters: z.int(),
  /** Votes are null until one has voted, or it is closed: nobody follows the crowd. */
  options: z.array(z.object({ text: z.string(), votes: z.int().nullable() })),
});
export type RoomPoll = z.output<typeof RoomPoll>;
export const RoomPolls = z.object({ items: z.array(RoomPoll), abilities: z.object({ create: z.boolean(), vote: z.boolean() }) });
export type RoomPolls = z.output<typeof RoomPolls>;
export const PollVote = z.object({ chosen: z.array(z.int().min(0).max(7)).min(1).max(8).refine((chosen) => new Set(chosen).size === chosen.length) });
