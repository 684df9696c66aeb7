import { z } from 'zod';
import { Id, Moment, queryInt, text } from './common.ts';
import { Author } from './community.ts';

export const LONGEST_CHANNEL_MESSAGE = 2000;
/** More would be a mailing. */
export const MOST_NAMED = 10;
const MOST_MESSAGES = 100;
/** Nobody counts further. */
export const MOST_UNREAD = 100;
const Sequence = z.int().min(0).max(2_000_000_000);

/** `rete-sua`: the channel of the network with this key; `edizione-<id>`: that of an edition. */
export const ChannelPlace = z.string().regex(/^(?:rete-[a-z][a-z0-9-]{1,39}|edizione-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/);

export const ChannelMessage = z.object({
  sequence: z.int(), at: Moment, author: Author, clientId: Id,
  /** null: taken away. */
  text: z.string().nullable(),
  /** Whom its text names, after an @. */
  named: z.array(z.object({ id: Id, name: z.string() })),
});
export type ChannelMessage = z.output<typeof ChannelMessage>;

export const ChannelCard = z.object({
  place: ChannelPlace, kind: z.enum(['network', 'edition']), title: z.string(), lastAt: Moment.nullable(),
  /** The beginning of the last message that stands. */
  excerpt: z.string().nullable(), author: z.string().nullable(),
  /** Of others, `MOST_UNREAD` at most. */
  unread: z.int(),
});
export type ChannelCard = z.output<typeof ChannelCard>;
export const ChannelList = z.object({ items: z.array(ChannelCard) });
export type ChannelList = z.output<typeof ChannelList>;

export const Channel = z.object({
  place: ChannelPlace, kind: z.enum(['network', 'edition']), title: z.string(),
  /** Page of the network or edition, for who asks. */
  href: z.string(),
  lastSequence: z.int(), readSequence: z.int(), messages: z.array(ChannelMessage),
  /** Why one cannot write now; null: one can. */
  refusal: z.object({ code: z.string(), text: z.string() }).nullable(),
  abilities: z.object({ write: z.boolean(), moderate: z.boolean() }),
});
export type Channel = z.output<typeof Channel>;

/** `from`: messages from this number on; without, the newest ones. */
export const ChannelMessagesQuery = z.object({ from: queryInt(1, 2_000_000_000).optional(), limit: queryInt(1, MOST_MESSAGES).default(50) });
export const ChannelMessages = z.object({
  items: z.array(ChannelMessage), lastSequence: z.int(),
  /** Numbers before those of `items` that were taken away, the newest ones. */
  hidden: z.array(z.int()),
});
export type ChannelMessages = z.output<typeof ChannelMessages>;

/** `named`: those whom the text names with `@Name Surname`. */
export const ChannelMessageInput = z.object({ clientId: Id, text: text(1, LONGEST_CHANNEL_MESSAGE), named: z.array(Id).max(MOST_NAMED).default([]) });
export type ChannelMessageInput = z.output<typeof ChannelMessageInput>;
export const ChannelWritten = z.object({ message: ChannelMessage });
export const ChannelReading = z.object({ sequence: Sequence });
export const ChannelRead = z.object({ readSequence: z.int() });

export const ChannelSearch = z.object({ q: text(2, 100), before: queryInt(1, 2_000_000_000).optional() });
export const ChannelHits = z.object({
  items: z.array(z.object({ sequence: z.int(), at: Moment, author: Author, parts: z.array(z.object({ text: z.string(), hit: z.boolean() })) })),
  /** `before` of the next page; null: that was all. */
  next: z.int().nullable(),
});
export type ChannelHits = z.output<typeof ChannelHits>;
export const ChannelPeople = z.object({ items: z.array(Author) });
