import { describe, expect, it } from '@jest/globals';
import { NO_COUNTERS } from './cell.ts';
import { addFigures, disclose, discloseCount } from './disclosure.ts';

const people = (count: number) => ({ ...NO_COUNTERS, people: count });

describe('what a figure tells', () => {
  it('is hidden below five, for the public', () => {
    for (const count of [0, 1, 4]) {
      expect(discloseCount(count, 'total')).toEqual({ value: null, from: 0, to: 4, hidden: true });
      expect(discloseCount(count, 'banded')).toEqual({ value: null, from: 0, to: 4, hidden: true });
    }
    expect(discloseCount(5, 'total')).toEqual({ value: 5, from: 5, to: 5, hidden: false });
    expect(discloseCount(9, 'banded')).toEqual({ value: null, from: 5, to: 9, hidden: false });
    expect(discloseCount(10, 'banded')).toEqual({ value: null, from: 10, to: 14, hidden: false });
  });

  it('is everything for who reads exactly', () => {
    expect(discloseCount(3, 'exact')).toEqual({ value: 3, from: 3, to: 3, hidden: false });
  });

  it('is neither hours nor tests where they would tell of fewer than five people', () => {
    const few = { ...NO_COUNTERS, enrolled: 4, minutes: 1234, attempts: 9, passed: 7 };
    expect(disclose(few, 'exact')).toMatchObject({ minutes: 1234, tests: { passed: 7, taken: 9 } });
    expect(disclose(few, 'total')).toMatchObject({ minutes: null, tests: null });
    const enough = { ...few, enrolled: 5 };
    expect(disclose(enough, 'total')).toMatchObject({ minutes: 1234, tests: { passed: 7, taken: 9 } });
    expect(disclose(enough, 'banded')).toMatchObject({ minutes: 1200, tests: null });
  });
});

describe('what can be worked out from published figures', () => {
  it('is no hidden count of a Province, by subtracting areas from its total: each could always be another number', () => {
    // Two whole bands; what is above differs by multiples of five only
    const MOST = 9;
    const seenAs = new Map<string, { values: Set<number>[] }>();
    const published = (counts: number[]) => JSON.stringify([...counts, counts.reduce((sum, count) => sum + count, 0)].map((count) => discloseCount(count, 'banded').from));
    for (let a = 0; a <= MOST; a += 1) for (let b = 0; b <= MOST; b += 1) for (let c = 0; c <= MOST; c += 1) for (let d = 0; d <= MOST; d += 1) {
      const counts = [a, b, c, d];
      const key = published(counts);
      const entry = seenAs.get(key) ?? { values: counts.map(() => new Set<number>()) };
      counts.forEach((count, index) => entry.values[index]?.add(count));
      seenAs.set(key, entry);
    }
    // It could have failed: with exact figures of five and more, some would be pinned down
    const exact = new Map<string, Set<number>>();
    for (let a = 0; a <= MOST; a += 1) for (let b = 0; b <= MOST; b += 1) {
      const key = JSON.stringify([discloseCount(a, 'total'), discloseCount(b, 'total'), discloseCount(a + b, 'total')]);
      exact.set(key, (exact.get(key) ?? new Set()).add(a));
    }
    expect([...exact.entries()].some(([key, values]) => values.size === 1 && (JSON.parse(key) as { hidden: boolean }[])[0]?.hidden)).toBe(true);
    for (const [key, { values }] of seenAs) {
      for (const [index, from] of (JSON.parse(key) as number[]).slice(0, 4).entries()) {
        if (from === 0) expect({ key, index, possible: (values[index]?.size ?? 0) > 1 }).toEqual({ key, index, possible: true });
      }
    }
  });

  it('is no hidden area, by subtracting the others from the total', () => {
    const parts = [people(12), people(3), people(20), people(6)].map((counters) => disclose(counters, 'total'));
    expect(addFigures(parts).people).toEqual({ value: null, from: 38, to: 42, hidden: false });
    const open = [people(12), people(20)].map((counters) => disclose(counters, 'total'));
    expect(addFigures(open).people).toEqual({ value: 32, from: 32, to: 32, hidden: false });
    expect(addFigures(parts)).toMatchObject({ minutes: null, tests: null });
  });
});
