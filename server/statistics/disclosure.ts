import type { Count, Figures } from '../contract/statistics.ts';
import type { Counters } from './cell.ts';

/**
 * What figures may tell whom. A count below five people is never published, and nothing published lets it be worked out:
 *
 * - UPI, and a coordinator for her own Province, read exact figures.
 * - Everybody reads the programme's totals, each hidden below five. Where one of the areas is hidden, the total of all of them is
 *   the sum of what is shown, as a range: it says nothing that its parts do not.
 * - Of a Province or of a month, everybody reads bands of five people (0–4, which is hidden, 5–9, 10–14 …). Exact figures above
 *   five would be enough to subtract: the Province's total less three of its areas is the fourth, the programme's total less 85 Provinces
 *   is the last, this minute's figure less the last one's is one person. With bands of five in areas and total alike no hidden count
 *   can be pinned down (`disclosure.test.ts` tries all).
 * - Hours of a Province or a month are rounded to ten hours, and hidden where fewer than five people enrolled; tests, where one person can
 *   be many of the attempts and failing is nobody's business, are told of the whole programme only.
 */
export const FEWEST = 5;
const ROUNDED_MINUTES = 600;

export type Disclosure = 'exact' | 'total' | 'banded';

export function discloseCount(count: number, how: Disclosure): Count {
  if (how === 'exact') return exactly(count);
  if (count < FEWEST) return { value: null, from: 0, to: FEWEST - 1, hidden: true };
  if (how === 'total') return exactly(count);
  const from = Math.floor(count / FEWEST) * FEWEST;
  return { value: null, from, to: from + FEWEST - 1, hidden: false };
}

export function disclose(counters: Counters, how: Disclosure): Figures {
  return {
    people: discloseCount(counters.people, how),
    enrolled: discloseCount(counters.enrolled, how),
    active: discloseCount(counters.active, how),
    completed: discloseCount(counters.completed, how),
    minutes: discloseMinutes(counters.minutes, counters.enrolled, how),
    tests: how === 'exact' || (how === 'total' && counters.enrolled >= FEWEST) ? { passed: counters.passed, taken: counters.attempts } : null,
  };
}

/** @param people of how many the minutes tell. */
export function discloseMinutes(minutes: number, people: number, how: Disclosure): number | null {
  if (how === 'exact') return minutes;
  if (people < FEWEST) return null;
  return how === 'total' ? minutes : Math.round(minutes / ROUNDED_MINUTES) * ROUNDED_MINUTES;
}

/** The total of figures already disclosed: it adds no knowledge to them. */
export function addFigures(parts: Figures[]): Figures {
  const count = (pick: (figures: Figures) => Count): Count => {
    const counts = parts.map(pick);
    const from = counts.reduce((sum, part) => sum + part.from, 0);
    const to = counts.reduce((sum, part) => sum + part.to, 0);
    return { value: from === to ? from : null, from, to, hidden: counts.every(({ hidden }) => hidden) };
  };
  const tests = parts.map((part) => part.tests);
  return {
    people: count(({ people }) => people),
    enrolled: count(({ enrolled }) => enrolled),
    active: count(({ active }) => active),
    completed: count(({ completed }) => completed),
    minutes: parts.some(({ minutes }) => minutes === null) ? null : parts.reduce((sum, { minutes }) => sum + (minutes ?? 0), 0),
    tests: tests.includes(null) ? null : tests.reduce<{ passed: number; taken: number }>((sum, one) => ({ passed: sum.passed + (one?.passed ?? 0), taken: sum.taken + (one?.taken ?? 0) }), { passed: 0, taken: 0 }),
  };
}

const exactly = (count: number): Count => ({ value: count, from: count, to: count, hidden: false });
