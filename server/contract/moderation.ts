import { z } from 'zod';
import { Day, Id, Moment, page, pageQuery, text } from './common.ts';
import { Author, NetworkKey } from './community.ts';

export const FlagReason = z.enum(['off-topic', 'personal-data', 'offensive', 'misleading', 'spam', 'other']);
export type FlagReason = z.output<typeof FlagReason>;
/** `other` says what it is. */
export const FlagInput = z.object({ reason: FlagReason, note: text(0, 600).default('') }).refine(({ reason, note }) => reason !== 'other' || note.length >= 5, { path: ['note'], error: 'flag-note-missing' });
export type FlagInput = z.output<typeof FlagInput>;

/** By rule from facts: `new` has written little or just arrived, `expert` has solved several questions. */
export const Trust = z.enum(['new', 'member', 'expert']);
export type Trust = z.output<typeof Trust>;

export const CaseKind = z.enum(['flagged', 'held', 'appeal', 'message']);
export type CaseKind = z.output<typeof CaseKind>;
export const MeasureKind = z.enum(['hidden', 'warned', 'suspended']);
export type MeasureKind = z.output<typeof MeasureKind>;

const NetworkName = z.object({ key: z.string(), name: z.string() });

/** Something that waits for a moderator. */
export const ModerationCase = z.object({
  id: Id, kind: CaseKind, openedAt: Moment,
  /** null: the whole platform. */
  network: NetworkName.nullable(),
  /** Whose words they are, and what is known of her here. */
  author: Author.extend({ trust: Trust, posts: z.int(), upheld: z.int(), warnings: z.int(), suspensions: z.int() }),
  /** The words it is about; none for a direct message, which is looked at by an act of its own, and for the appeal of somebody who was warned or suspended for nothing in particular. */
  post: z.object({
    /** null while it is held: it has no place yet. */
    sequence: z.int().nullable(), thread: z.object({ number: z.int().nullable(), title: z.string() }), html: z.string(), createdAt: Moment,
    removed: z.boolean(),
  }).nullable(),
  flags: z.array(z.object({ by: Author, reason: FlagReason, note: z.string().nullable(), at: Moment })),
  appeal: z.object({ text: z.string(), measure: z.object({ kind: MeasureKind, reason: z.string().nullable(), until: Moment.nullable(), takenAt: Moment, takenBy: Author }) }).nullable(),
  abilities: z.object({ decide: z.boolean(), suspendEverywhere: z.boolean(), trust: z.boolean() }),
});
export type ModerationCase = z.output<typeof ModerationCase>;
export const CasePage = page(ModerationCase);
export type CasePage = z.output<typeof CasePage>;
export const CaseQuery = z.object({ ...pageQuery, network: NetworkKey.optional() });
export const CaseCount = z.object({ open: z.int() });

const Reason = text(5, 600);
/** `until` is the last day on which she does not write. */
const SuspensionInput = z.object({ until: Day, everywhere: z.boolean().default(false) });
export const CaseDecision = z.discriminatedUnion('decision', [
  z.object({ decision: z.literal('dismissed'), reason: text(0, 600).default('') }),
  z.object({ decision: z.literal('upheld'), reason: Reason, hide: z.boolean().default(false), warning: text(5, 1000).optional(), suspension: SuspensionInput.optional() })
    .refine(({ hide, warning, suspension }) => hide || warning !== undefined || suspension !== undefined, { path: ['hide'], error: 'case-no-measure' }),
  z.object({ decision: z.literal('approved') }),
  z.object({ decision: z.literal('refused'), reason: Reason }),
  z.object({ decision: z.literal('granted'), reason: Reason }),
  z.object({ decision: z.literal('rejected'), reason: Reason }),
]);
export type CaseDecision = z.output<typeof CaseDecision>;

/** What was done to somebody's words, or to her; lifted once it holds no more. */
export const Measure = z.object({
  id: Id, kind: MeasureKind, person: Author, network: NetworkName.nullable(), reason: z.string().nullable(), until: Moment.nullable(), takenAt: Moment,
  post: z.object({ thread: z.object({ number: z.int(), title: z.string() }), sequence: z.int(), html: z.string() }).nullable(),
  lifted: z.object({ at: Moment, reason: z.string().nullable() }).nullable(),
  appeal: z.object({ at: Moment, text: z.string(), outcome: z.enum(['granted', 'rejected']).nullable(), reason: z.string().nullable() }).nullable(),
  abilities: z.object({ appeal: z.boolean(), lift: z.boolean() }),
});
export type Measure = z.output<typeof Measure>;
export const MeasurePage = page(Measure);
export type MeasurePage = z.output<typeof MeasurePage>;
export const MeasureQuery = z.object({ ...pageQuery, scope: z.enum(['mine', 'moderated']).default('mine'), network: NetworkKey.optional() });
export const AppealInput = z.object({ text: text(10, 2000) });
export const LiftInput = z.object({ reason: Reason });
export const TrustInput = z.object({ level: z.literal('member') });
export const TrustState = z.object({ trust: Trust });

/** What I wrote and nobody but the moderators sees yet. */
export const HeldPost = z.object({ id: Id, thread: z.object({ number: z.int() }).nullable(), title: z.string().nullable(), html: z.string(), createdAt: Moment });
export type HeldPost = z.output<typeof HeldPost>;
export const HeldPosts = z.object({ items: z.array(HeldPost) });
export type HeldPosts = z.output<typeof HeldPosts>;
