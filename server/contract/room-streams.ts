import { z } from 'zod';
import { Id } from './common.ts';

/** A voice, a camera or a screen of a room, for browsers that decode nothing themselves. */
export const RoomStream = z.object({
  /** Its address, for as long as it is sent. */
  track: z.int(),
  personId: Id,
  name: z.string(),
  kind: z.enum(['voice', 'camera', 'screen']),
  /** What a player is asked whether it plays it; null: it is encoded as no stream carries it. */
  mediaType: z.string().nullable(),
});
export type RoomStream = z.output<typeof RoomStream>;
export const RoomStreams = z.object({ items: z.array(RoomStream) });
export type RoomStreams = z.output<typeof RoomStreams>;
