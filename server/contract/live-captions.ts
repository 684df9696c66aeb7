import { z } from 'zod';
import { Id, Moment, queryInt, text } from './common.ts';

/** Two lines of what is said, as they fit under a picture. */
export const LONGEST_CAPTION = 160;
/** Nobody types longer on one line, ms. */
export const LONGEST_TYPING = 30_000;

/** `typing`: how long before now, in ms, the line was begun: that much earlier its words were said. */
export const CaptionInput = z.object({ clientId: Id, text: text(1, LONGEST_CAPTION), typing: z.int().min(0).max(LONGEST_TYPING).default(0) });
export type CaptionInput = z.output<typeof CaptionInput>;

export const LiveCaption = z.object({ sequence: z.int(), at: Moment, text: z.string() });
export type LiveCaption = z.output<typeof LiveCaption>;

export const CaptionsQuery = z.object({ after: queryInt(0, 2_000_000_000).default(0), limit: queryInt(1, 200).default(100), latest: z.enum(['1']).optional() });
export const LiveCaptions = z.object({
  items: z.array(LiveCaption),
  /** The number of the last line: as long as it is above that of the last of `items`, there are more. */
  last: z.int(),
  abilities: z.object({ write: z.boolean() }),
});
export type LiveCaptions = z.output<typeof LiveCaptions>;
export const CaptionSaid = z.object({ caption: LiveCaption });
