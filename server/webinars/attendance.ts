import type { RoomRole } from '../contract/webinars.ts';
import type { PresenceEntry } from './record-presence.ts';

/** Milliseconds since 1970, the second one not included. */
export interface Interval {
  from: number;
  to: number;
}

/** Who is away for less than this has not been away: a lost connection that came back. */
export const JOINED_GAP_MS = 60_000;

interface Official {
  starts_at: Date;
  ends_at: Date;
  /** Closed before its time, it ended then; who stays longer learns for nothing. */
  closed_at: Date | null;
}

/** The time that counts: from the start as it was announced to its end, or to the closing where that came first. */
export function officialSpan({ starts_at, ends_at, closed_at }: Official): Interval {
  const from = starts_at.getTime();
  return { from, to: Math.max(from, Math.min(ends_at.getTime(), closed_at?.getTime() ?? Number.POSITIVE_INFINITY)) };
}

/** What of the official time is neither break nor still to come. */
export function workingTime(official: Interval, breaks: Interval[], until = Number.POSITIVE_INFINITY): Interval[] {
  return subtract([{ from: official.from, to: Math.min(official.to, until) }], union(breaks)).filter(({ from, to }) => to > from);
}

/**
 * How long somebody was there: the union of her connections' intervals over all devices, gaps of under a minute joined, within the official
 * time, breaks out. A gap is measured without the break in it: who leaves with the break and is back a few seconds after it was not away. Pure.
 */
export function attendedMs(connections: Interval[], official: Interval, breaks: Interval[]): number {
  const pauses = union(breaks);
  return lengthOf(subtract(clip(joinGaps(union(connections), pauses), official), pauses));
}

/** Overlapping and touching intervals made one, in their order. */
export function union(intervals: Interval[]): Interval[] {
  const sorted = intervals.filter(({ from, to }) => to > from).sort((a, b) => a.from - b.from);
  const merged: Interval[] = [];
  for (const { from, to } of sorted) {
    const last = merged.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  return merged;
}

function joinGaps(intervals: Interval[], pauses: Interval[]): Interval[] {
  const joined: Interval[] = [];
  for (const { from, to } of intervals) {
    const last = joined.at(-1);
    if (last && lengthOf(subtract([{ from: last.to, to: from }], pauses)) < JOINED_GAP_MS) last.to = to;
    else joined.push({ from, to });
  }
  return joined;
}

const clip = (intervals: Interval[], { from, to }: Interval): Interval[] =>
  intervals.map((interval) => ({ from: Math.max(interval.from, from), to: Math.min(interval.to, to) })).filter((interval) => interval.to > interval.from);

/** What of some intervals lies in none of others; both in order, without overlaps. */
function subtract(intervals: Interval[], others: Interval[]): Interval[] {
  return others.reduce<Interval[]>((left, other) => left.flatMap(({ from, to }) => [{ from, to: Math.min(to, other.from) }, { from: Math.max(from, other.to), to }].filter((part) => part.to > part.from)), intervals);
}

export const lengthOf = (intervals: Interval[]): number => intervals.reduce((sum, { from, to }) => sum + to - from, 0);

/** What the log says about one person. */
export interface PersonPresence {
  personId: string;
  role: RoomRole;
  connections: Interval[];
  /** Connected now. */
  present: boolean;
  /** By a code in a physical room, and has not gone out by it. */
  noExit: boolean;
  firstIn: number;
  /** null: she is still there. */
  lastOut: number | null;
  correctionMinutes: number;
}

export type LogLine = Pick<PresenceEntry, 'person_id' | 'connection' | 'what' | 'at' | 'role' | 'minutes' | 'process'> & Partial<Pick<PresenceEntry, 'reason'>>;

/** Why a line has no process: a code in a physical room was seen, and no connection can break. */
export const IN_PLACE = 'in-place';

/**
 * The log, person by person. A connection without an end goes on until `presentUntil` of its beginning; one whose process died ends with it, until it proves to have been
 * there longer (`alive`).
 */
export function readLog(entries: LogLine[], presentUntil: (join: LogLine) => number): Map<string, PersonPresence> {
  const connections = new Map<string, { personId: string; role: RoomRole; from: number | null; to: number | null; until: number; inPlace: boolean }>();
  const corrections = new Map<string, { minutes: number; role: RoomRole }>();
  for (const entry of entries) {
    const { person_id: personId, connection, what, at, role, minutes } = entry;
    if (what === 'correction') {
      corrections.set(personId, { role, minutes: (corrections.get(personId)?.minutes ?? 0) + (minutes ?? 0) });
      continue;
    }
    const known = connections.get(connection) ?? { personId, role, from: null, to: null, until: 0, inPlace: entry.reason === IN_PLACE };
    if (what === 'join') Object.assign(known, { from: at.getTime(), until: presentUntil(entry) });
    else known.to = Math.max(known.to ?? 0, at.getTime());
    connections.set(connection, known);
  }
  const people = new Map<string, PersonPresence>();
  for (const { personId, role, from, to, until, inPlace } of connections.values()) {
    // An end whose beginning was never told says nothing
    if (from === null) continue;
    const person = people.get(personId) ?? { personId, role, connections: [], present: false, noExit: false, firstIn: from, lastOut: from, correctionMinutes: 0 };
    person.connections.push({ from, to: to ?? Math.max(until, from) });
    person.present ||= to === null;
    person.noExit ||= inPlace && to === null;
    person.firstIn = Math.min(person.firstIn, from);
    person.lastOut = person.present ? null : Math.max(person.lastOut ?? 0, to ?? 0);
    person.role = role;
    people.set(personId, person);
  }
  for (const [personId, { minutes, role }] of corrections) {
    const person = people.get(personId) ?? { personId, role, connections: [], present: false, noExit: false, firstIn: Number.NaN, lastOut: Number.NaN, correctionMinutes: 0 };
    people.set(personId, { ...person, correctionMinutes: minutes });
  }
  return people;
}

/** The minutes that enter the ledger: whole ones, corrections included, never fewer than none nor more than were planned. */
export function creditedMinutes(attended: number, correctionMinutes: number, planned: number): number {
  return Math.min(Math.floor(planned / 60_000), Math.max(0, Math.floor(attended / 60_000) + correctionMinutes));
}

/** Whether so many minutes reach the threshold, in whole numbers. */
export function reachesThreshold(minutes: number, planned: number, percent: number): boolean {
  return minutes * 100 >= Math.floor(planned / 60_000) * percent && planned >= 60_000;
}
