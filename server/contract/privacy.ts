import { z } from 'zod';
import { Id, Moment, text } from './common.ts';

/** What became of the newest copy of her data that a person asked for. */
export const DataExport = z.object({
  id: Id,
  requestedAt: Moment,
  state: z.enum(['preparing', 'ready', 'expired']),
  bytes: z.int().nullable(),
  /** Until when it can be downloaded. */
  expiresAt: Moment.nullable(),
});
export type DataExport = z.output<typeof DataExport>;
/** `nextAt`: from when on another one may be asked for; null: now. */
export const DataExportState = z.object({ newest: DataExport.nullable(), nextAt: Moment.nullable() });
export type DataExportState = z.output<typeof DataExportState>;

/** Her password, because what follows cannot be undone. */
export const OwnClosure = z.object({ password: z.string().min(1).max(200) });
export const Closure = z.object({ reason: text(3, 500) });
