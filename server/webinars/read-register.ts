import type { Knex } from 'knex';
import { bodyTitle } from '../contract/body-name.ts';
import type { BodyKind } from '../contract/territory.ts';
import type { RoomRole, StaffRole } from '../contract/webinars.ts';
import { database } from '../database/connection.ts';
import { forbidden } from '../errors.ts';
import { clock } from '../gateways/clock.ts';
import type { Actor } from '../http/actor.ts';
import { attendedMs, creditedMinutes, type Interval, lengthOf, type LogLine, officialSpan, type PersonPresence, reachesThreshold, readLog, workingTime } from './attendance.ts';
import { breakIntervals, type BreakRow, listBreaks, plannedMs } from './breaks.ts';
import { findWebinar, type WebinarStanding } from './find-webinar.ts';
import { mayFollow } from './policy.ts';
import { brokenAt, type PresenceEntry } from './record-presence.ts';
import type { Webinar } from './webinar.ts';

export interface RegisterPerson {
  personId: string;
  name: string;
  body: string | null;
  role: RoomRole;
  present: boolean;
  noExit: boolean;
  firstIn: Date | null;
  lastOut: Date | null;
  attendedMs: number;
  lateMs: number | null;
  correctionMinutes: number;
  minutes: number;
  reached: boolean;
}

export interface ReadRegister {
  webinar: Webinar;
  standing: WebinarStanding;
  now: Date;
  official: Interval;
  plannedMs: number;
  elapsedMs: number;
  breaks: (BreakRow & { id: string })[];
  people: RegisterPerson[];
  corrections: { sequence: number; person: string; minutes: number; reason: string; by: string; at: Date }[];
  inspections: { person: string; from: Date; to: Date | null }[];
  log: { entries: number; seal: string; whole: boolean };
  lockedBy: string | null;
}

/** The register of a webinar, for who runs or inspects it. @throws AppError 404, 403 */
export async function readRegister(actor: Actor, number: number): Promise<ReadRegister> {
  const { webinar, standing } = await findWebinar(actor, number);
  if (!mayFollow(standing)) throw forbidden();
  return { ...(await composeRegister(database(), webinar)), standing };
}

interface NamedRow {
  id: string;
  name: string;
  body: string | null;
  kind: BodyKind | null;
  staff: StaffRole | null;
  registered: boolean;
}

/** The register of a classroom proves who was there, who has left since too: her name is kept for that alone (`server/privacy/closure`). */
const NAME = `coalesce((select x.given_name || ' ' || x.family_name from account_closures x where x.person_id = p.id and :kind = 'class'), p.given_name || ' ' || p.family_name)`;

/** Who was to come and who came, with what each is credited with. */
export async function composeRegister(on: Knex, webinar: Webinar): Promise<Omit<ReadRegister, 'standing'>> {
  const entries = await listEntries(on, webinar.id);
  const counted = countedEntries(webinar, entries);
  const breaks = await listBreaks(on, webinar.id);
  const now = clock.now();
  const presences = readLog(counted, await presentUntil(on, counted, now));
  const { rows: names } = await on.raw<{ rows: NamedRow[] }>(
    `select p.id, ${NAME} as name, b.name as body, b.kind, f.role as staff, coalesce(s.status = 'registered', false) as registered
       from people p
       left join webinar_staff f on f.webinar_id = :id and f.person_id = p.id
       left join webinar_seats s on s.webinar_id = :id and s.person_id = p.id
       left join bodies b on b.id = coalesce(s.body_id, p.body_id)
      where f.role is not null or s.status = 'registered' or p.id = any(:seen) or p.id = :locker or p.id in (select by from presence_log where webinar_id = :id and by is not null)
      order by p.family_name collate "it-x-icu", p.given_name collate "it-x-icu", p.id`,
    { id: webinar.id, kind: webinar.kind, seen: [...presences.keys()], locker: webinar.register_locked_by });
  const nameOf = new Map(names.map(({ id, name }) => [id, name]));
  const frame = { official: officialSpan(webinar), breaks: breakIntervals(breaks), planned: plannedMs(webinar, breaks), now };
  const corrections = entries.filter(({ what }) => what === 'correction');
  const inspectors = [...presences.values()].filter(({ role }) => role === 'inspector');
  return {
    webinar, now, official: frame.official, plannedMs: frame.planned, elapsedMs: lengthOf(workingTime(frame.official, frame.breaks, now.getTime())), breaks,
    people: names
      .filter(({ id, staff, registered }) => (staff !== null && staff !== 'inspector') || registered || (presences.has(id) && presences.get(id)?.role !== 'inspector'))
      .map((row) => judge(row, presences.get(row.id), webinar, frame)),
    corrections: corrections.map(({ sequence, person_id, minutes, reason, by, at }) => ({ sequence, person: nameOf.get(person_id) ?? '', minutes: minutes ?? 0, reason: reason ?? '', by: nameOf.get(by ?? '') ?? '', at })),
    inspections: inspectors.map(({ personId, firstIn, lastOut }) => ({ person: nameOf.get(personId) ?? '', from: new Date(firstIn), to: lastOut === null ? null : new Date(lastOut) })),
    log: { entries: entries.length, seal: entries.at(-1)?.hash ?? '', whole: brokenAt(entries) === undefined },
    lockedBy: webinar.register_locked_by ? (nameOf.get(webinar.register_locked_by) ?? null) : null,
  };
}

export async function listEntries(on: Knex, webinarId: string): Promise<PresenceEntry[]> {
  return (await on('presence_log').where('webinar_id', webinarId).orderBy('sequence')) as PresenceEntry[];
}

/** A locked register says what it said when it was locked, with the corrections that were signed since. */
export function countedEntries({ register_sequence }: Webinar, entries: PresenceEntry[]): PresenceEntry[] {
  return register_sequence === null ? entries : entries.filter(({ sequence, what }) => sequence <= register_sequence || what === 'correction');
}

/** Connections without an end go on until now; those of a process that has gone silent, until it was last seen, though nobody has closed them yet. */
async function presentUntil(on: Knex, entries: PresenceEntry[], now: Date): Promise<(join: LogLine) => number> {
  const ids = [...new Set(entries.flatMap(({ process }) => (process === null ? [] : [process])))];
  const seen = (await on('presence_processes').whereIn('id', ids).select('id', 'seen_at', 'ended_at')) as { id: string; seen_at: Date; ended_at: Date | null }[];
  const silent = new Map(seen.filter(({ seen_at, ended_at }) => ended_at !== null || now.getTime() - seen_at.getTime() > LATE_SIGN_MS).map(({ id, seen_at }) => [id, seen_at.getTime()]));
  return ({ process }) => (process === null ? undefined : silent.get(process)) ?? now.getTime();
}

/** A process says every second that it lives: after some more it is not to be believed that its people are still there. */
const LATE_SIGN_MS = 5000;

interface Frame {
  official: Interval;
  breaks: Interval[];
  planned: number;
  now: Date;
}

function judge({ id, name, body, kind, staff, registered }: NamedRow, presence: PersonPresence | undefined, webinar: Webinar, { official, breaks, planned, now }: Frame): RegisterPerson {
  const attended = presence ? attendedMs(presence.connections, official, breaks) : 0;
  const correctionMinutes = presence?.correctionMinutes ?? 0;
  const minutes = creditedMinutes(attended, correctionMinutes, planned);
  const firstIn = presence && !Number.isNaN(presence.firstIn) ? presence.firstIn : null;
  // Whoever came by the code on the wall and never went out by it: nobody knows until when she was there
  const [noExit, ended] = [presence?.noExit ?? false, now.getTime() >= official.to];
  const since = (firstIn ?? Math.min(now.getTime(), official.to)) - official.from;
  return {
    personId: id, name, body: body && kind ? bodyTitle({ name: body, kind }) : null, role: staff ?? (registered ? 'attendee' : (presence?.role ?? 'attendee')), present: (presence?.present ?? false) && !(noExit && ended), noExit: noExit && ended,
    firstIn: firstIn === null ? null : new Date(firstIn), lastOut: presence?.lastOut == null || Number.isNaN(presence.lastOut) ? null : new Date(presence.lastOut),
    attendedMs: attended, lateMs: since > 0 ? since : null, correctionMinutes, minutes, reached: reachesThreshold(minutes, planned, webinar.threshold_percent),
  };
}

/** One person's own figures. */
export async function readOwnPresence(on: Knex, webinar: Webinar, personId: string): Promise<{ attendedMs: number; correctionMinutes: number; plannedMs: number; elapsedMs: number }> {
  const all = (await on('presence_log').where({ webinar_id: webinar.id, person_id: personId }).orderBy('sequence')) as PresenceEntry[];
  const entries = countedEntries(webinar, all);
  const breaks = await listBreaks(on, webinar.id);
  const now = clock.now();
  const presence = readLog(entries, await presentUntil(on, entries, now)).get(personId);
  const [official, pauses] = [officialSpan(webinar), breakIntervals(breaks)];
  return {
    attendedMs: presence ? attendedMs(presence.connections, official, pauses) : 0, correctionMinutes: presence?.correctionMinutes ?? 0, plannedMs: plannedMs(webinar, breaks),
    elapsedMs: lengthOf(workingTime(official, pauses, now.getTime())),
  };
}
