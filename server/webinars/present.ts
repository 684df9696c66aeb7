import type { z } from 'zod';
import type { OwnAttendance, Register, RegisterRow, SeatRow, WebinarCard, WebinarSheet } from '../contract/webinars.ts';
import { clock } from '../gateways/clock.ts';
import type { Actor } from '../http/actor.ts';
import type { CardRow, SheetRow } from './list-webinars.ts';
import type { SeatListRow } from './list-seats.ts';
import { isEnded, isOpen, mayCancel, mayChange, mayFollow, mayRegister, mayRun, maySign, mayWithdraw } from './policy.ts';
import type { FoundRecording } from './recording/find-recording.ts';
import { creditedMinutes, reachesThreshold } from './attendance.ts';
import { romeFields } from './rome-time.ts';
import type { ReadRegister, RegisterPerson } from './read-register.ts';
import { doorsOpenAt, type Webinar, webinarState } from './webinar.ts';

const seconds = (ms: number): number => Math.floor(ms / 1000);
const isLive = (webinar: Webinar, now: Date): boolean => webinarState(webinar, now) === 'doors-open' && webinar.opened_at !== null;

export function presentCard(row: CardRow): z.input<typeof WebinarCard> {
  const now = clock.now();
  return {
    number: row.number, kind: row.kind, title: row.title, startsAt: row.starts_at, endsAt: row.ends_at, state: webinarState(row, now), live: isLive(row, now),
    network: row.network_key && row.network_name ? { key: row.network_key, name: row.network_name } : null,
    edition: row.edition_id && row.edition_code && row.course_title ? { id: row.edition_id, code: row.edition_code, course: row.course_title } : null,
    seat: row.seat, staff: row.staff, seatsLeft: row.capacity === null ? null : Math.max(0, row.capacity - row.taken),
  };
}

interface SheetParts {
  series: Pick<Webinar, 'number' | 'starts_at' | 'cancelled_at'>[];
  attendance: z.input<typeof OwnAttendance> | null;
  recording: FoundRecording | undefined;
}

export function presentSheet(row: SheetRow, actor: Actor | null, { series, attendance, recording }: SheetParts): z.input<typeof WebinarSheet> {
  const now = clock.now();
  return {
    ...presentCard(row), summary: row.summary, doorsOpenAt: doorsOpenAt(row), openedAt: row.opened_at, closedAt: row.closed_at, serverTime: now, cancelReason: row.cancel_reason, capacity: row.capacity, seatsPerMember: row.seats_per_member,
    thresholdPercent: row.threshold_percent, lesson: row.lesson_key && row.lesson_title ? { key: row.lesson_key, title: row.lesson_title } : null, people: row.people, questions: row.questions,
    series: series.map(({ number, starts_at, cancelled_at }) => ({ number, startsAt: starts_at, cancelled: cancelled_at !== null })), waitingPosition: row.waiting_position, attendance,
    recorded: row.recorded, recording: recording?.recording.state === 'ready' ? 'ready' : recording?.recording.state === 'recording' && webinarState(row, now) === 'over' ? 'making' : null,
    abilities: {
      register: mayRegister(actor, row, row, now), withdraw: mayWithdraw(row, row, now), enter: isOpen(row, now) && (row.staff !== null || row.seat === 'registered' || row.manages) && actor !== null,
      change: mayChange(row, row, now), cancel: mayCancel(row, row, now), seats: mayFollow(row) && row.staff !== 'inspector', presence: mayFollow(row), run: mayRun(row) && row.cancelled_at === null,
    },
  };
}

/** How far one's presence has come, and how long one may still be away. */
export function presentOwnAttendance({ threshold_percent, register_locked_at }: Webinar, { attendedMs, correctionMinutes, plannedMs, elapsedMs }: { attendedMs: number; correctionMinutes: number; plannedMs: number; elapsedMs: number }): z.input<typeof OwnAttendance> {
  const had = attendedMs + correctionMinutes * 60_000;
  const mayMiss = plannedMs - (plannedMs * threshold_percent) / 100;
  return {
    seconds: Math.max(0, seconds(had)), plannedSeconds: seconds(plannedMs), thresholdPercent: threshold_percent, absenceLeftSeconds: Math.max(0, seconds(mayMiss - Math.max(0, elapsedMs - had))),
    reached: reachesThreshold(creditedMinutes(attendedMs, correctionMinutes, plannedMs), plannedMs, threshold_percent), locked: register_locked_at !== null,
  };
}

export function presentSeat({ id, status, at, person_id, name, body_id, body, kind, answers, removed }: SeatListRow, { questions }: Webinar): z.input<typeof SeatRow> {
  return { id, status, at, person: { id: person_id, name }, body: { id: body_id, name: body, kind }, answers: questions.flatMap(({ key, text }) => (answers[key] ? [{ question: text, answer: answers[key] }] : [])), removed };
}

const presentPerson = (person: RegisterPerson, plannedMs: number): z.input<typeof RegisterRow> => ({
  person: { id: person.personId, name: person.name }, body: person.body, role: person.role, present: person.present, noExit: person.noExit, firstIn: person.firstIn, lastOut: person.lastOut, seconds: seconds(person.attendedMs),
  lateSeconds: person.lateMs === null ? null : seconds(person.lateMs), correctionMinutes: person.correctionMinutes, minutes: person.minutes,
  percent: plannedMs < 60_000 ? 0 : Math.floor((person.minutes * 100) / Math.floor(plannedMs / 60_000)), reached: person.reached,
});

export function presentRegister(register: ReadRegister): z.input<typeof Register> {
  const { webinar, standing, now, official, breaks } = register;
  const runs = mayRun(standing) && isOpen(webinar, now);
  const pausing = breaks.some(({ ends_at }) => ends_at === null);
  return {
    webinar: { id: webinar.id, number: webinar.number, title: webinar.title, kind: webinar.kind, startsAt: webinar.starts_at, endsAt: webinar.ends_at, state: webinarState(webinar, now), live: isLive(webinar, now) },
    serverTime: now, officialFrom: new Date(official.from), officialTo: new Date(official.to), plannedSeconds: seconds(register.plannedMs), elapsedSeconds: seconds(register.elapsedMs), thresholdPercent: webinar.threshold_percent,
    breaks: breaks.map(({ id, starts_at, ends_at }) => ({ id, from: starts_at, to: ends_at, fromHour: romeFields(starts_at).time, toHour: ends_at && romeFields(ends_at).time })), rows: register.people.map((person) => presentPerson(person, register.plannedMs)), corrections: register.corrections,
    // Who inspects comes in silence: it is told when nobody can behave otherwise any more
    inspections: isEnded(webinar, now) ? register.inspections : [], log: register.log,
    locked: webinar.register_locked_at && register.lockedBy ? { at: webinar.register_locked_at, by: register.lockedBy } : null,
    abilities: {
      open: runs && webinar.opened_at === null, close: runs, pause: runs && !pausing && now >= webinar.starts_at, resume: runs && pausing, correct: maySign(standing) && now >= webinar.starts_at && webinar.cancelled_at === null,
      breaks: maySign(standing) && webinar.cancelled_at === null && webinar.register_locked_at === null,
      lock: maySign(standing) && webinar.kind === 'class' && webinar.register_locked_at === null && isEnded(webinar, now),
    },
  };
}
