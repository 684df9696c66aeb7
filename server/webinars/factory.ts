import { randomUUID } from 'node:crypto';
import { aPerson } from '../accounts/factory.ts';
import type { RegistrationQuestion, SeatStatus, StaffRole, WebinarKind } from '../contract/webinars.ts';
import { database } from '../database/connection.ts';
import { clock } from '../gateways/clock.ts';
import { unique } from '../testing/unique.ts';
import type { Interval } from './attendance.ts';
import type { Webinar } from './webinar.ts';

interface Overrides {
  kind?: WebinarKind;
  title?: string;
  summary?: string;
  /** Minutes from now. */
  starts?: number;
  minutes?: number;
  capacity?: number | null;
  seats_per_member?: number | null;
  network?: { id: string };
  edition?: { id: string };
  organiser?: { id: string };
  questions?: RegistrationQuestion[];
  opened_at?: Date;
  closed_at?: Date;
  recorded?: boolean;
  scheduled_at?: Date;
}

/** An open webinar of one hour, in three days unless told; of nobody's edition or network. No event is recorded. */
export async function aWebinar(overrides: Overrides = {}): Promise<Webinar> {
  const { starts = 3 * 24 * 60, minutes = 60, network, edition, organiser = await aPerson(), questions = [], kind = 'open', title = `Webinar di prova ${unique()}`, ...columns } = overrides;
  const startsAt = new Date(Math.floor((clock.now().getTime() + starts * 60_000) / 1000) * 1000);
  const [webinar] = (await database()('webinars').insert({
    kind, title, starts_at: startsAt, ends_at: new Date(startsAt.getTime() + minutes * 60_000), scheduled_at: new Date('2026-01-01'), created_at: new Date(), network_id: network?.id ?? null, edition_id: edition?.id ?? null,
    organiser_id: organiser.id, questions: JSON.stringify(questions), client_id: randomUUID(), ...columns,
  }).returning('*')) as Webinar[];
  if (!webinar) throw new Error('not inserted');
  await aStaff(webinar, organiser, 'organiser');
  return webinar;
}

export async function aStaff(webinar: { id: string }, person: { id: string }, role: StaffRole): Promise<void> {
  await database()('webinar_staff').insert({ webinar_id: webinar.id, person_id: person.id, role });
}

export async function aSeat(webinar: { id: string }, person: { id: string; body_id: string | null }, status: SeatStatus = 'registered'): Promise<void> {
  await database()('webinar_seats').insert({ webinar_id: webinar.id, person_id: person.id, body_id: person.body_id, status, at: clock.now() });
}

/** The seconds attended, counted one by one: the truth that needs no cleverness. All moments are whole seconds, at most an hour outside the official time. */
export function bySeconds(connections: Interval[], official: Interval, breaks: Interval[]): number {
  const first = official.from - 3_600_000;
  const seconds = Array.from({ length: (official.to - official.from) / 1000 + 7200 }, (_, index) => first + index * 1000);
  const mark = (intervals: Interval[]) => {
    const marked = seconds.map(() => false);
    for (const { from, to } of intervals) marked.fill(true, Math.max(0, (from - first) / 1000), Math.max(0, (to - first) / 1000));
    return marked;
  };
  const [there, paused] = [mark(connections), mark(breaks)];
  for (let start = 1; start < seconds.length; start += 1) {
    if (there[start] || !there[start - 1]) continue;
    let end = start;
    while (end < seconds.length && !there[end]) end += 1;
    const away = paused.slice(start, end).filter((pause) => !pause).length;
    if (end < seconds.length && away < 60) there.fill(true, start, end);
    start = end;
  }
  return seconds.filter((at, index) => there[index] && !paused[index] && at >= official.from && at < official.to).length;
}
