import type pg from 'pg';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { tooMany } from '../errors.ts';
import type { Route } from './route.ts';

/** What is counted: a route, or what else has an address and a limit. */
export type Limited = Pick<Route, 'method' | 'path' | 'limit'>;

export type Limiter = (route: Limited, key: string) => Promise<void>;

export const unlimited: Limiter = async () => {};

/**
 * Rate limits of the routes that declare one. Unsafe routes count in the database, so that a restart or a second process forgives nothing;
 * reading counts in memory, because it must stay cheap.
 * @param pool must reach a table `rate_limits` (migration).
 */
export function createLimiter(pool: pg.Pool): Limiter {
  const limiters = new Map<Limited, RateLimiterAbstract>();
  const limiterOf = (route: Limited, points: number, seconds: number) => {
    const known = limiters.get(route);
    if (known) return known;
    const options = { points, duration: seconds, keyPrefix: `${route.method}:${route.path}` };
    const made = route.method === 'get' || route.limit?.here
      ? new RateLimiterMemory(options)
      : new RateLimiterPostgres({ ...options, storeClient: pool, tableName: 'rate_limits', tableCreated: true, clearExpiredByTimeout: false, insuranceLimiter: new RateLimiterMemory(options) });
    limiters.set(route, made);
    return made;
  };
  return async (route, key) => {
    if (!route.limit) return;
    try {
      await limiterOf(route, route.limit.points, route.limit.seconds).consume(key);
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) throw tooMany(Math.ceil(refusal.msBeforeNext / 1000));
      throw refusal;
    }
  };
}
