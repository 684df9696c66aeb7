import { z } from 'zod';
import { Id, text } from './common.ts';
import { UploadId } from './uploads.ts';

/** Pages of one deck, at most. */
export const MOST_PAGES = 300;
/** Decks of one webinar, at most. */
export const MOST_DECKS = 20;
/** Where the presenter points, a second at most. */
export const POINTS_A_SECOND = 10;

export const SlideSize = z.enum(['small', 'medium', 'large']);
export type SlideSize = z.output<typeof SlideSize>;

export const SlideDeck = z.object({
  id: Id,
  title: z.string(),
  state: z.enum(['waiting', 'ready', 'failed']),
  trouble: z.enum(['broken', 'too-many-pages', 'infected']).nullable(),
  /** null: not yet known. */
  pages: z.int().nullable(),
  /** How many are there to be seen. */
  drawn: z.int(),
  bytes: z.int(),
  /** It has been shown: without it the replay loses pages. */
  wasShown: z.boolean(),
});
export type SlideDeck = z.output<typeof SlideDeck>;

/** What everybody sees; `sequence` grows with each change: a lower one is old news. */
export const ShownSlide = z.object({ sequence: z.int(), deck: Id.nullable(), page: z.int().nullable() });
export type ShownSlide = z.output<typeof ShownSlide>;

/** To others than who presents, only what has been shown. */
export const RoomSlides = z.object({ decks: z.array(SlideDeck), shown: ShownSlide, abilities: z.object({ present: z.boolean() }) });
export type RoomSlides = z.output<typeof RoomSlides>;

export const SlidePage = z.object({ number: z.int(), width: z.int(), height: z.int(), /** What is written on it. */ words: z.string() });
export type SlidePage = z.output<typeof SlidePage>;
export const SlidePages = z.object({ items: z.array(SlidePage) });
export type SlidePages = z.output<typeof SlidePages>;

export const DeckInput = z.object({ uploadId: UploadId, title: text(0, 160).default('') });
export type DeckInput = z.output<typeof DeckInput>;
export const DeckChange = z.object({ title: text(1, 160).optional(), /** Its place among the others, from 0. */ position: z.int().min(0).max(MOST_DECKS).optional() });
export type DeckChange = z.output<typeof DeckChange>;

export const ShowInput = z.union([z.object({ deck: Id, page: z.int().min(1).max(MOST_PAGES) }), z.object({ deck: z.null() })]);
export type ShowInput = z.output<typeof ShowInput>;

/** Where the presenter points: parts of the page's width and height from its upper left corner; null: nowhere any more. */
export const PointerInput = z.strictObject({ at: z.tuple([z.number().min(0).max(1), z.number().min(0).max(1)]).nullable() });
export type PointerInput = z.output<typeof PointerInput>;
