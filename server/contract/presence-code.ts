import { z } from 'zod';
import { Id, Moment, text } from './common.ts';

export const PresenceCode = z.object({
  code: z.string(),
  /** What the picture leads to. */
  address: z.string(),
  /** The same as an SVG. */
  picture: z.string(),
  /** How long it is still shown, and how long each is, in ms. */
  leftMs: z.int(),
  everyMs: z.int(),
});
export type PresenceCode = z.output<typeof PresenceCode>;

export const ScanInput = z.object({ clientId: Id, code: text(1, 20), what: z.enum(['join', 'leave']) });
export type ScanInput = z.output<typeof ScanInput>;

/** Whether one is in the room, as far as the codes say, and since when. */
export const OwnScan = z.object({ since: Moment.nullable() });
export type OwnScan = z.output<typeof OwnScan>;
