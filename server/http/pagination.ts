import { badRequest } from '../errors.ts';

/** The last row's sort keys, opaque to the client. */
export function encodeCursor(keys: (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(keys)).toString('base64url');
}

/** @throws AppError 400 when the cursor is not one of ours. */
export function decodeCursor(cursor: string, length: number): (string | number | null)[] {
  try {
    const keys: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(keys) && keys.length === length && keys.every((k) => k === null || typeof k === 'number' || (typeof k === 'string' && !k.includes('\0')))) return keys;
  } catch {
    // said below
  }
  throw badRequest('bad-cursor');
}

/** Cuts the one row too many that tells whether there is a next page. */
export function toPage<T>(rows: T[], limit: number, keysOf: (last: T) => (string | number | null)[]): { items: T[]; next: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? encodeCursor(keysOf(last)) : null };
}
