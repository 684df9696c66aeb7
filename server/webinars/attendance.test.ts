import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { attendedMs, creditedMinutes, type Interval, lengthOf, officialSpan, reachesThreshold, union, workingTime } from './attendance.ts';
import { bySeconds } from './factory.ts';

const minute = 60_000;
const span = (from: number, to: number): Interval => ({ from: from * minute, to: to * minute });
const official = span(0, 120);

describe('the time attended', () => {
  it.each<[string, Interval[], Interval[], number]>([
    ['nobody, nothing', [], [], 0],
    ['from before to after, to the second', [span(-15, 130)], [], 120],
    ['two devices count once', [span(0, 60), span(30, 90)], [], 90],
    ['late and early', [{ from: 61_000, to: 119 * minute - 1000 }], [], 119 - 1 - 2 / 60],
    ['a gap of 59 seconds was none', [span(0, 10), { from: 10 * minute + 59_000, to: 20 * minute }], [], 20],
    ['a gap of 60 seconds was one', [span(0, 10), { from: 11 * minute, to: 20 * minute }], [], 19],
    ['a gap over the start was none', [{ from: -5 * minute, to: -20_000 }, { from: 30_000, to: 10 * minute }], [], 10],
    ['breaks are out', [span(0, 120)], [span(50, 60), span(55, 65)], 105],
    ['who left with the break and came back just after it was not away', [span(0, 50), { from: 60 * minute + 30_000, to: 120 * minute }], [span(50, 60)], 110],
    ['who stayed away after the break was', [span(0, 50), span(62, 120)], [span(50, 60)], 108],
    ['present in the break alone', [span(50, 60)], [span(50, 60)], 0],
  ])('%s', (_, connections, breaks, minutes) => {
    expect(attendedMs(connections, official, breaks) / minute).toBeCloseTo(minutes, 9);
  });

  it('ends with the room where that was closed early, and not after its time where it ran over', () => {
    const times = { starts_at: new Date(0), ends_at: new Date(60 * minute) };
    expect(officialSpan({ ...times, closed_at: null })).toEqual(span(0, 60));
    expect(officialSpan({ ...times, closed_at: new Date(45 * minute) })).toEqual(span(0, 45));
    expect(officialSpan({ ...times, closed_at: new Date(75 * minute) })).toEqual(span(0, 60));
  });

  it('credits whole minutes, never fewer than none nor more than were planned', () => {
    expect(creditedMinutes(59_999, 0, 60 * minute)).toBe(0);
    expect(creditedMinutes(30 * minute, -40, 60 * minute)).toBe(0);
    expect(creditedMinutes(55 * minute, 20, 60 * minute)).toBe(60);
    expect(reachesThreshold(47, 60 * minute, 80)).toBe(false);
    expect(reachesThreshold(48, 60 * minute, 80)).toBe(true);
    expect(reachesThreshold(0, 0, 80)).toBe(false);
  });

  const second = fc.integer({ min: -600, max: 4200 });
  const interval = fc.tuple(second, second).map(([a, b]) => ({ from: Math.min(a, b) * 1000, to: Math.max(a, b) * 1000 }));
  const intervals = fc.array(interval, { maxLength: 8 });
  const hour = { from: 0, to: 3_600_000 };

  it('is what counting second by second gives', () => {
    fc.assert(fc.property(intervals, fc.array(interval, { maxLength: 3 }), (connections, breaks) => expect(attendedMs(connections, hour, breaks)).toBe(bySeconds(connections, hour, breaks) * 1000)), { numRuns: 300 });
  });

  it('does not depend on order or repetition, never exceeds what was planned, and grows with every device', () => {
    fc.assert(fc.property(intervals, intervals, interval, (connections, breaks, more) => {
      const attended = attendedMs(connections, hour, breaks);
      expect(attendedMs([...connections, ...connections].reverse(), hour, [...breaks].reverse())).toBe(attended);
      expect(attended).toBeLessThanOrEqual(lengthOf(workingTime(hour, breaks)));
      expect(attendedMs([...connections, more], hour, breaks)).toBeGreaterThanOrEqual(attended);
    }), { numRuns: 300 });
  });

  it('makes a union without overlaps in order', () => {
    fc.assert(fc.property(intervals, (some) => {
      const merged = union(some);
      for (const [index, { from, to }] of merged.entries()) {
        expect(to).toBeGreaterThan(from);
        const before = merged[index - 1];
        if (before) expect(from).toBeGreaterThan(before.to);
      }
    }));
  });
});
