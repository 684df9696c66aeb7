import { z } from 'zod';
import { Id, Moment, text } from './common.ts';

/** As in a thread and its first post; anything may be missing yet. */
const Words = z.object({ title: text(0, 160).default(''), tags: z.array(text(1, 40)).max(5).default([]), html: z.string().max(60_000) });
/** Which save of a draft somebody has seen: each save gives another, and a draft begun anew never an old one. */
export const DraftVersion = z.int().min(0).max(2_147_483_000);
export const DraftInput = Words.extend({
  /** The one that these words go on from; 0: from nothing. */
  version: DraftVersion,
  /** The window in which they are written. */
  device: Id,
});
export type DraftInput = z.output<typeof DraftInput>;

/** Of another window, whose words were not seen by who saved after it. */
const OtherWords = Words.extend({ id: Id, changedAt: Moment });
export const Draft = Words.extend({ id: Id, version: DraftVersion, changedAt: Moment, others: z.array(OtherWords) });
export type Draft = z.output<typeof Draft>;
export const DraftState = z.object({ draft: Draft.nullable() });
export type DraftState = z.output<typeof DraftState>;

const Network = z.object({ key: z.string(), name: z.string() });
export const DraftSummary = z.object({
  id: Id, title: z.string(), excerpt: z.string(), changedAt: Moment,
  /** Words of other windows that are kept beside. */
  others: z.int(),
  /** Where it would be written: a reply in a thread, or a new thread; null where its author may no longer read. */
  place: z.object({ network: Network, thread: z.object({ number: z.int(), title: z.string() }).nullable() }).nullable(),
});
export type DraftSummary = z.output<typeof DraftSummary>;
export const DraftList = z.object({ items: z.array(DraftSummary) });
export type DraftList = z.output<typeof DraftList>;
