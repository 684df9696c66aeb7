import { z } from 'zod';
import { AreaCode, Id, Moment, page, pageQuery, queryInt, text } from './common.ts';
import { DraftVersion } from './drafts.ts';
import { AttachedDocument, attachments } from './files.ts';

/** The name of a network in addresses: `sua`. */
export const NetworkKey = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/);
export const Joining = z.enum(['open', 'request', 'closed']);
export type Joining = z.output<typeof Joining>;
export const Reading = z.enum(['public', 'members']);
export type Reading = z.output<typeof Reading>;
export const MembershipStatus = z.enum(['requested', 'active', 'refused', 'left', 'removed']);
export type MembershipStatus = z.output<typeof MembershipStatus>;

/** Somebody as others see her: no address. */
export const Author = z.object({ id: Id, name: z.string(), body: z.string().nullable() });
export type Author = z.output<typeof Author>;

const OwnMembership = z.object({ status: MembershipStatus, reason: z.string().nullable() });

export const NetworkCard = z.object({
  id: Id, key: z.string(), name: z.string(), summary: z.string(), area: AreaCode.nullable(), joining: Joining, reading: Reading,
  members: z.int(), lastPostAt: Moment.nullable(),
  /** By who asks. */
  moderated: z.boolean(),
  /** null for who may not read them. */
  threads: z.int().nullable(), unanswered: z.int().nullable(),
  /** Threads with something that I have not read; null for who is no member. */
  unread: z.int().nullable(),
  membership: OwnMembership.nullable(),
});
export type NetworkCard = z.output<typeof NetworkCard>;
export const NetworkList = z.object({ items: z.array(NetworkCard), abilities: z.object({ create: z.boolean() }) });
export type NetworkList = z.output<typeof NetworkList>;

export const NetworkHome = NetworkCard.extend({
  moderators: z.array(Author),
  /** Who has solved most here and shows it; none for who is not recognised. */
  experts: z.array(z.object({ person: Author, answers: z.int() })),
  /** The ones in use, most used first. */
  tags: z.array(z.object({ tag: z.string(), threads: z.int() })),
  /** Waiting for a decision of mine; 0 for who decides on nothing. */
  requests: z.int(),
  /** Flags, held posts and appeals that wait for a moderator; 0 for who is none. */
  cases: z.int(),
  /** First posts of new people wait for a moderator. */
  holdFirst: z.boolean(),
  /** Until when I may not write here. */
  suspendedUntil: Moment.nullable(),
  abilities: z.object({ read: z.boolean(), write: z.boolean(), join: z.boolean(), leave: z.boolean(), moderate: z.boolean(), invite: z.boolean(), update: z.boolean() }),
});
export type NetworkHome = z.output<typeof NetworkHome>;

export const NetworkInput = z.object({ key: NetworkKey, name: text(2, 80), summary: text(10, 600), area: AreaCode.nullable().default(null), joining: Joining, reading: Reading, /** First posts of new people wait for a moderator. */ holdFirst: z.boolean().optional() });
export type NetworkInput = z.output<typeof NetworkInput>;
export const NetworkChange = NetworkInput.omit({ key: true }).partial();
export type NetworkChange = z.output<typeof NetworkChange>;

export const JoinInput = z.object({ motivation: text(0, 600).optional() });
export const Membership = z.object({
  id: Id, status: MembershipStatus, person: Author, motivation: z.string().nullable(), reason: z.string().nullable(), requestedAt: Moment, moderator: z.boolean(),
  abilities: z.object({ decide: z.boolean(), remove: z.boolean() }),
});
export type Membership = z.output<typeof Membership>;
export const MembershipPage = page(Membership);
export const MembershipQuery = z.object({ ...pageQuery, status: z.enum(['active', 'requested']).default('active') });
export const MembershipDecision = z.discriminatedUnion('decision', [
  z.object({ decision: z.literal('approved') }),
  z.object({ decision: z.literal('refused'), reason: text(5, 600) }),
]);
export const ReasonInput = z.object({ reason: text(5, 600) });
export const OptionalReason = z.object({ reason: text(0, 600).optional() });
/** A coordinator brings colleagues in, all at once. */
export const BringInput = z.object({ personIds: z.array(Id).min(1).max(200) });
export const BringOutcome = z.object({ items: z.array(z.object({ personId: Id, status: MembershipStatus.nullable(), code: z.string().nullable() })) });
export type BringOutcome = z.output<typeof BringOutcome>;

export const Tag = z.string().trim().toLowerCase().regex(/^[\p{L}\p{N}][\p{L}\p{N} .'’-]{1,39}$/u);
/** HTML as an editor makes it; the server keeps what it allows. */
export const Html = z.string().min(1).max(60_000);

/** The version of the draft that is sent with this: it is one no more. */
const draft = DraftVersion.optional();

export const ThreadSummary = z.object({
  number: z.int(), title: z.string(), tags: z.array(z.string()), author: Author, createdAt: Moment, lastPostAt: Moment, lastAuthor: Author,
  /** Posts after the first. */
  replies: z.int(),
  solved: z.boolean(), pinned: z.boolean(), closed: z.boolean(),
  /** How many bodies have the same question. */
  interested: z.int(),
  /** Posts that I have not read; null for who is no member. */
  unread: z.int().nullable(),
});
export type ThreadSummary = z.output<typeof ThreadSummary>;
export const ThreadPage = page(ThreadSummary);
export type ThreadPage = z.output<typeof ThreadPage>;
export const ThreadFilter = z.enum(['all', 'unanswered', 'solved', 'unread', 'mine']);
export type ThreadFilter = z.output<typeof ThreadFilter>;
export const ThreadQuery = z.object({ ...pageQuery, filter: ThreadFilter.default('all'), tag: z.string().max(40).optional() });
export type ThreadQuery = z.output<typeof ThreadQuery>;
export const ThreadInput = z.object({ clientId: Id, title: text(8, 160), html: Html, tags: z.array(Tag).max(5).default([]), attachments, draft });
export type ThreadInput = z.output<typeof ThreadInput>;
export const ThreadChange = z.object({ title: text(8, 160).optional(), tags: z.array(Tag).max(5).optional() });
export type ThreadChange = z.output<typeof ThreadChange>;

export const ReactionKind = z.enum(['useful', 'thanks', 'agree']);
export type ReactionKind = z.output<typeof ReactionKind>;
export const Post = z.object({
  id: Id,
  /** 1 is the question; no gaps. */
  sequence: z.int(),
  author: Author,
  /** Empty once it is deleted. */
  html: z.string(),
  createdAt: Moment, editedAt: Moment.nullable(),
  deleted: z.object({
    at: Moment, reason: z.string().nullable(),
    /** Hidden by the moderators, and not taken back by its author: it can be shown again. */
    hidden: z.boolean(),
    /** What a hidden post said, for its author and the moderators alone. */
    html: z.string().nullable(),
  }).nullable(),
  /** It is in another thread now; the author is who took it there. */
  moved: z.object({
    /** null where one may not read it. */
    to: z.object({ network: z.string(), number: z.int(), title: z.string(), sequence: z.int() }).nullable(),
    /** It was the solution here. */
    solution: z.boolean(),
  }).nullable(),
  accepted: z.boolean(),
  documents: z.array(AttachedDocument),
  reactions: z.array(z.object({ kind: ReactionKind, count: z.int(), mine: z.boolean() })),
  /** I have told the moderators about it. */
  flagged: z.boolean(),
  abilities: z.object({ edit: z.boolean(), remove: z.boolean(), react: z.boolean(), flag: z.boolean(), restore: z.boolean() }),
});
export type Post = z.output<typeof Post>;

/** Where a thread, or part of it, came from. */
export const ThreadNote = z.object({
  kind: z.enum(['moved', 'split', 'merged']),
  /** Before this post. */
  sequence: z.int(),
  at: Moment,
  /** null where one may not know of it. */
  network: z.object({ key: z.string(), name: z.string() }).nullable(), thread: z.object({ number: z.int(), title: z.string() }).nullable(),
  /** What had been accepted there is no solution any more. */
  solutionDropped: z.boolean(),
});
export type ThreadNote = z.output<typeof ThreadNote>;

export const ThreadView = z.object({
  id: Id, number: z.int(), title: z.string(), tags: z.array(z.string()), network: z.object({ key: z.string(), name: z.string(), reading: Reading }),
  author: Author, createdAt: Moment, lastSequence: z.int(),
  /** Posts after the first that are here. */
  replies: z.int(),
  notes: z.array(ThreadNote),
  accepted: z.object({ postId: Id, sequence: z.int() }).nullable(),
  pinned: z.boolean(), closed: z.object({ at: Moment, reason: z.string().nullable() }).nullable(),
  interest: z.object({ bodies: z.int(), mine: z.boolean() }),
  /** How far I have read (0: nothing); null for who is no member. */
  readSequence: z.int().nullable(),
  /** Until when I may not write here. */
  suspendedUntil: Moment.nullable(),
  /** First posts of new people wait for a moderator. */
  holdFirst: z.boolean(),
  /** From `from` on, ascending, at most `limit`. */
  posts: z.array(Post),
  abilities: z.object({ reply: z.boolean(), accept: z.boolean(), moderate: z.boolean(), change: z.boolean(), join: z.boolean() }),
});
export type ThreadView = z.output<typeof ThreadView>;
/** A thread that was opened, or that waits for a moderator. */
export const ThreadOrHeld = z.union([ThreadView, z.object({ held: z.literal(true) })]);
export type ThreadOrHeld = z.output<typeof ThreadOrHeld>;
/** Posts from this sequence on. */
export const PostsQuery = z.object({ from: queryInt(1, 2_000_000_000).default(1), limit: queryInt(1, 100).default(20) });
export const PostList = z.object({ items: z.array(Post), lastSequence: z.int(), /** It waits for a moderator, and is none of the thread's posts yet. */ held: z.boolean().optional(), /** The thread became part of this one, and there it was written. */ elsewhere: z.object({ network: z.string(), number: z.int() }).optional() });
export type PostList = z.output<typeof PostList>;
export const PostInput = z.object({ clientId: Id, html: Html, attachments, draft });
export type PostInput = z.output<typeof PostInput>;
export const PostChange = z.object({ html: Html });
export const PostVersions = z.object({ items: z.array(z.object({ html: z.string(), replacedAt: Moment, by: Author })) });
export type PostVersions = z.output<typeof PostVersions>;
export const Acceptance = z.object({ postId: Id });
export const ReadingInput = z.object({ sequence: z.int().min(0).max(2_000_000_000) });
export const ReadingState = z.object({ readSequence: z.int() });
export const Interest = z.object({ bodies: z.int(), mine: z.boolean() });

/** Who is not seen sees nobody. */
export const PresenceSettings = z.object({ seen: z.boolean() });
export type PresenceSettings = z.output<typeof PresenceSettings>;

/** To a network that one moderates too. */
export const MoveInput = z.object({ network: NetworkKey, reason: text(0, 600).optional() });
/** Posts after the first, which get a thread of their own. */
export const SplitInput = z.object({ title: text(8, 160), tags: z.array(Tag).max(5).default([]), postIds: z.array(Id).min(1).max(100), reason: text(0, 600).optional() });
export type SplitInput = z.output<typeof SplitInput>;
export const MergeInput = z.object({ into: z.int().min(1).max(2_000_000_000), reason: text(0, 600).optional() });
export const SuccessorQuery = z.object({ sequence: queryInt(1, 2_000_000_000).optional() });
export const Successor = z.object({ network: z.string(), number: z.int(), /** Of the post that was asked for; null where it is elsewhere. */ sequence: z.int().nullable() });
export type Successor = z.output<typeof Successor>;

/** Parts of an excerpt; those found are `hit`. */
export const Excerpt = z.array(z.object({ text: z.string(), hit: z.boolean() }));
export const SearchHit = z.object({
  thread: z.object({ number: z.int(), title: z.string(), solved: z.boolean(), replies: z.int() }), network: z.object({ key: z.string(), name: z.string() }),
  sequence: z.int(), accepted: z.boolean(), author: Author, createdAt: Moment, excerpt: Excerpt,
});
export type SearchHit = z.output<typeof SearchHit>;
