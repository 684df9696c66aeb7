import { describe, expect, it } from '@jest/globals';
import { readTimes } from './schedule-facts.ts';
import { romeFields, romeMoment, weeksLater } from './rome-time.ts';

describe('the hours of Rome', () => {
  it('stay what they are in summer and in winter', () => {
    expect(romeMoment('2026-07-01', '10:00')).toEqual(new Date('2026-07-01T08:00:00Z'));
    expect(romeMoment('2026-12-01', '10:00')).toEqual(new Date('2026-12-01T09:00:00Z'));
    expect(romeFields(new Date('2026-07-01T08:00:00Z'))).toEqual({ day: '2026-07-01', time: '10:00' });
  });

  it('know the hour that March skips and take the first of the two that October shows', () => {
    expect(romeMoment('2027-03-28', '02:30')).toBeUndefined();
    expect(romeMoment('2026-10-25', '02:30')).toEqual(new Date('2026-10-25T00:30:00Z'));
    expect(readTimes({ day: '2027-03-28', from: '02:30', until: '04:00' })).toEqual([expect.objectContaining({ path: 'body.from', code: 'hour-skipped' })]);
  });

  it('last an hour more where the clocks go back in between', () => {
    const times = readTimes({ day: '2026-10-25', from: '01:30', until: '03:30' });
    expect(Array.isArray(times) ? times : (times.endsAt.getTime() - times.startsAt.getTime()) / 3_600_000).toBe(3);
  });

  it('go from week to week by the calendar', () => {
    expect(weeksLater('2026-10-20', 1)).toBe('2026-10-27');
    expect(romeMoment(weeksLater('2026-10-20', 1), '10:00')).toEqual(new Date('2026-10-27T09:00:00Z'));
  });
});
