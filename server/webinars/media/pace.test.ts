import { describe, expect, it } from '@jest/globals';
import { Pace, Rhythm } from './pace.ts';

const EVERY_MS = 20;

function rhythm(moments: readonly number[]): Rhythm {
  const made = new Rhythm();
  for (const moment of moments) made.came(moment);
  return made;
}

/** A room whose rounds take so long each, one every 20 ms. */
function pace(takesMs: number): Pace {
  const made = new Pace();
  for (let at = 0; at < 100 * EVERY_MS; at += EVERY_MS) made.took(at, at + takesMs);
  return made;
}

describe('something that comes again and again', () => {
  it('comes next after as long as it took lately', () => {
    expect(rhythm([0, 40, 80]).next).toBe(120);
    expect(rhythm([0, 40, 80, 136]).next).toBe(136 + 42);
  });

  it('is not known before it has come twice, and does not become slower by a pause', () => {
    expect(rhythm([]).next).toBeUndefined();
    expect(rhythm([7]).next).toBeUndefined();
    expect(rhythm([0, 20, 60_000]).next).toBe(60_000 + 30);
    expect(rhythm([0, 60_000]).next).toBe(60_000 + 100);
  });

  it('counts the sizes of one picture once', () => {
    expect(rhythm([0, 0.2, 40, 40.4, 80, 80.1]).next).toBe(120);
  });
});

describe('what has come', () => {
  it('does not wait in a small room', () => {
    expect(pace(0.1).wait(1000, [rhythm([959, 980])], 1000)).toBeLessThan(1);
  });

  it('waits in a busy room for what is about to come, and a little longer for what is late', () => {
    const busy = pace(14);
    expect(busy.wait(1000, [rhythm([924, 964])], 1000)).toBeCloseTo(6, 0);
    expect(busy.wait(1000, [rhythm([924, 964])], 1005)).toBeCloseTo(1, 0);
    expect(busy.wait(1000, [rhythm([924, 964])], 1006.5)).toBe(0);
  });

  it('does not wait for what comes later than everybody can wait, nor for what nobody can know', () => {
    const busy = pace(14);
    expect(busy.wait(1000, [rhythm([972, 992]), rhythm([1000])], 1000)).toBe(0);
  });

  it('waits for the last of several, never for more than ten ms after the first', () => {
    const full = pace(20);
    expect(full.wait(1000, [rhythm([962, 982]), rhythm([924, 964])], 1000)).toBeCloseTo(6, 5);
    expect(full.wait(1000, [rhythm([929.5, 969.5])], 1000)).toBeCloseTo(10, 5);
    expect(full.wait(1000, [rhythm([929.5, 969.5])], 1004)).toBeCloseTo(6, 5);
    expect(full.wait(1000, [rhythm([929.5, 969.5])], 1012)).toBe(0);
  });
});
