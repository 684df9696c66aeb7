import { z } from 'zod';
import { Id, Moment, page, pageQuery, queryInt, text } from './common.ts';
import { Author } from './community.ts';
import { FlagReason } from './moderation.ts';

export const MESSAGE_MAX = 4000;
const MOST_MESSAGES = 100;

export const DirectMessage = z.object({
  id: Id, sequence: z.int(), mine: z.boolean(),
  /** Plain text: its lines are its own. */
  text: z.string(),
  createdAt: Moment,
  /** The reader has told the moderators of it. */
  reported: z.boolean(),
});
export type DirectMessage = z.output<typeof DirectMessage>;

/** Why one cannot write now, as a stable code with its words; null: one can. */
const Refusal = z.object({ code: z.string(), text: z.string() }).nullable();

export const ConversationCard = z.object({
  id: Id, with: Author, lastAt: Moment, lastSequence: z.int(),
  /** The beginning of the newest message, and whether it is one's own. */
  excerpt: z.string(), mine: z.boolean(),
  unread: z.int(),
});
export type ConversationCard = z.output<typeof ConversationCard>;
export const ConversationPage = page(ConversationCard);
export type ConversationPage = z.output<typeof ConversationPage>;
export const ConversationQuery = z.object({ ...pageQuery });

export const Conversation = z.object({
  id: Id, with: Author, lastSequence: z.int(), readSequence: z.int(),
  messages: z.array(DirectMessage),
  /** By who asks. */
  blocked: z.boolean(),
  refusal: Refusal,
  abilities: z.object({ write: z.boolean() }),
});
export type Conversation = z.output<typeof Conversation>;

/** `from`: messages from this sequence on; without, the newest ones. */
export const MessagesQuery = z.object({ from: queryInt(1, 2_000_000_000).optional(), limit: queryInt(1, MOST_MESSAGES).default(50) });
export const MessageList = z.object({ items: z.array(DirectMessage), lastSequence: z.int() });
export type MessageList = z.output<typeof MessageList>;

export const MessageInput = z.object({ clientId: Id, text: text(1, MESSAGE_MAX) });
export type MessageInput = z.output<typeof MessageInput>;
export const FirstMessage = MessageInput.extend({ personId: Id });
export type FirstMessage = z.output<typeof FirstMessage>;
/** Where what was written to somebody stands. */
export const WrittenTo = z.object({ conversationId: Id, message: DirectMessage });
export type WrittenTo = z.output<typeof WrittenTo>;

/** Somebody whom one may want to write to. */
export const Correspondent = z.object({ person: Author, conversationId: Id.nullable(), refusal: Refusal });
export type Correspondent = z.output<typeof Correspondent>;

export const DirectReading = z.object({ sequence: z.int().min(0).max(2_000_000_000) });
export const ReportInput = z.object({ reason: FlagReason, note: text(0, 600).default('') }).refine(({ reason, note }) => reason !== 'other' || note.length >= 5, { path: ['note'], error: 'flag-note-missing' });
export type ReportInput = z.output<typeof ReportInput>;
export const UnreadMessages = z.object({ unread: z.int() });

/** What a report shows to who decides on it: the reported message, last, and three before it. */
export const DisclosedMessages = z.object({ items: z.array(z.object({ author: Author, text: z.string(), createdAt: Moment, reported: z.boolean() })) });
export type DisclosedMessages = z.output<typeof DisclosedMessages>;
