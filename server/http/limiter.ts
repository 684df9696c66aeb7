import type pg from 'pg';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { tooMany } from '../errors.ts';
import type { Actor } from './actor.ts';
import type { Route } from './route.ts';

/** What is counted: a route, or what else has an address and a limit. */
export type Limited = Pick<Route, 'method' | 'path' | 'limit'>;

/** Counts a call by `key`: a person's id, or an address. */
export type Limiter = (route: Limited, key: string, actor: Actor | null) => Promise<void>;

export const unlimited: Limiter = async () => {};

/**
 * Rate limits of the routes that declare one. Unsafe routes count in the database, so that a restart or a second process forgives nothing;
 * reading counts in memory, because it must stay cheap.
 * @param pool must reach a table `rate_limits` (migration).
 */
export function createLimiter(pool: pg.Pool): Limiter {
  const limiters = new Map<Limited, Map<number, RateLimiterAbstract>>();
  const limiterOf = (route: Limited, points: number, seconds: number) => {
    const ofRoute = limiters.get(route) ?? new Map<number, RateLimiterAbstract>();
    limiters.set(route, ofRoute);
    const known = ofRoute.get(points);
    if (known) return known;
    const options = { points, duration: seconds, keyPrefix: `${route.method}:${route.path}` };
    const made = route.method === 'get' || route.limit?.here
      ? new RateLimiterMemory(options)
      : new RateLimiterPostgres({ ...options, storeClient: pool, tableName: 'rate_limits', tableCreated: true, clearExpiredByTimeout: false, insuranceLimiter: new RateLimiterMemory(options) });
    ofRoute.set(points, made);
    return made;
  };
  return async (route, key, actor) => {
    if (!route.limit) return;
    const points = actor && route.limit.of ? await route.limit.of(actor) : route.limit.points;
    try {
      await limiterOf(route, points, route.limit.seconds).consume(key);
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) throw tooMany(Math.ceil(refusal.msBeforeNext / 1000));
      throw refusal;
    }
  };
}
