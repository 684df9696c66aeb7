import { z } from 'zod';
import { Id } from './common.ts';

/** What somebody sends, for browsers that decode nothing themselves: a picture with the voice that belongs to it, a screen, or a voice alone. */
export const RoomStream = z.object({
  personId: Id,
  name: z.string(),
  kind: z.enum(['camera', 'screen', 'voice']),
  /** Its address: the numbers of its tracks. */
  tracks: z.string(),
  /** The address of its voice alone; null: it has none. */
  voice: z.string().nullable(),
  /** What a player is asked whether it plays it. */
  mediaType: z.string(),
});
export type RoomStream = z.output<typeof RoomStream>;
export const RoomStreams = z.object({ items: z.array(RoomStream) });
export type RoomStreams = z.output<typeof RoomStreams>;

/** One track, or a picture's and a voice's. */
export const StreamTracks = z.string().regex(/^[1-9]\d{0,4}(-[1-9]\d{0,4})?$/);
