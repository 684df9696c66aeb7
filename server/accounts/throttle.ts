import { database } from '../database/connection.ts';
import type { Tx } from '../database/transaction.ts';

/** So many tries in so many seconds, counted in the database: a restart or a second process forgives nothing. */
export interface Allowance {
  points: number;
  seconds: number;
}

/** @returns the seconds to wait when the allowance of this key is used up, else 0. Counts nothing. */
export async function waitFor(key: string, { points }: Allowance): Promise<number> {
  const row = (await database()('rate_limits').where({ key: cut(key) }).first('points', 'expire')) as { points: number; expire: number } | undefined;
  if (!row || row.points < points || row.expire <= Date.now()) return 0;
  return Math.ceil((row.expire - Date.now()) / 1000);
}

/** Counts one. @param tx where one is in progress: then it counts if that one commits. @returns whether it was still within the allowance. */
export async function spend(key: string, { points, seconds }: Allowance, tx?: Tx): Promise<boolean> {
  const now = Date.now();
  const { rows } = await (tx ?? database()).raw<{ rows: { points: number }[] }>(
    `insert into rate_limits as r (key, points, expire) values (?, 1, ?)
     on conflict (key) do update set points = case when r.expire <= ? then 1 else r.points + 1 end, expire = case when r.expire <= ? then excluded.expire else r.expire end
     returning points`,
    [cut(key), now + seconds * 1000, now, now],
  );
  return (rows[0]?.points ?? 0) <= points;
}

export async function forgive(key: string, tx?: Tx): Promise<void> {
  await (tx ?? database())('rate_limits').where({ key: cut(key) }).delete();
}

/** Takes one back that turned out not to count. */
export async function giveBack(key: string): Promise<void> {
  await database()('rate_limits').where({ key: cut(key) }).where('points', '>', 0).decrement('points', 1);
}

/** The column's length. */
const cut = (key: string) => key.slice(0, 255);
