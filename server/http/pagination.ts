import { z } from 'zod';
import { badRequest } from '../errors.ts';

/** A moment in a cursor as PostgreSQL writes it (`::text`, in UTC), with its microseconds: a JavaScript date would lose them, and with them rows. */
export const MomentKey = z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00$/);

/** The last row's sort keys, opaque to the client. */
export function encodeCursor(keys: (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(keys)).toString('base64url');
}

/**
 * The keys that `encodeCursor` hid.
 * @param keys their schema, for instance `z.tuple([z.iso.datetime(), Id])`.
 * @throws AppError 400 when the cursor is not one of ours.
 */
export function decodeCursor<S extends z.ZodType>(cursor: string, keys: S): z.output<S> {
  const parsed = keys.safeParse(parse(cursor));
  if (!parsed.success) throw badRequest('bad-cursor');
  return parsed.data;
}

function parse(cursor: string): unknown {
  try {
    const text = Buffer.from(cursor, 'base64url').toString('utf8');
    // PostgreSQL's text cannot hold it
    return text.includes('\\u0000') ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Cuts the one row too many that tells whether there is a next page. */
export function toPage<T>(rows: T[], limit: number, keysOf: (last: T) => (string | number | null)[]): { items: T[]; next: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? encodeCursor(keysOf(last)) : null };
}
