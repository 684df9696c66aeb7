import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Orders, Said, Seen } from './crowd.ts';
import { heard } from './room.ts';

/** The crowd of `crowd.ts`, seen from outside. */
export interface Audience {
  /** Counts from here on. */
  count(): void;
  /** What was seen since `count`; it goes on counting. */
  look(): Promise<Seen>;
  /** All are cut off at once and come back; how long it took each, in ms. */
  drop(): Promise<number[]>;
  end(): void;
}

/** Resolves when all are in. */
export async function audience(orders: Orders): Promise<Audience> {
  const child = fork(join(import.meta.dirname, 'crowd.ts'), { execArgv: ['--import', 'tsx'], env: { ...process.env, CROWD: JSON.stringify(orders) }, serialization: 'advanced' });
  process.setMaxListeners(0).once('exit', () => child.kill('SIGKILL'));
  const ask = async <K extends Said['what']>(order: string, what: K): Promise<Extract<Said, { what: K }>> => {
    const answer = heard<Said>(child, (said) => said.what === what);
    child.send(order);
    return (await answer) as Extract<Said, { what: K }>;
  };
  await heard<Said>(child, ({ what }) => what === 'ready');
  return {
    count: () => void child.send('count'),
    look: async () => (await ask('look', 'seen')).seen,
    drop: async () => (await ask('drop', 'back')).times,
    end: () => void child.kill('SIGKILL'),
  };
}

/** The ms under which this share of all was. */
export function at({ frames, histogram }: Pick<Seen, 'frames' | 'histogram'>, share: number): number {
  let left = frames * share;
  for (const [tenths, count] of histogram) if ((left -= count) <= 0) return tenths / 10;
  return 0;
}
