import { z } from 'zod';
import { Day, Id, Moment, page, pageQuery, text } from './common.ts';
import { NetworkKey } from './community.ts';
import { Key } from './completion.ts';
import { BodyReference } from './territory.ts';

export const WebinarKind = z.enum(['open', 'class']);
export type WebinarKind = z.output<typeof WebinarKind>;

export const StaffRole = z.enum(['organiser', 'presenter', 'co-presenter', 'moderator', 'inspector']);
export type StaffRole = z.output<typeof StaffRole>;

/** What somebody is in a room. */
export const RoomRole = z.enum(['organiser', 'presenter', 'co-presenter', 'moderator', 'attendee', 'inspector']);
export type RoomRole = z.output<typeof RoomRole>;

export const SeatStatus = z.enum(['registered', 'waiting', 'withdrawn']);
export type SeatStatus = z.output<typeof SeatStatus>;

/** Doors open so long before the start. */
export const DOORS_OPEN_MINUTES = 15;
/** A room that nobody closed is over so long after its official end. */
export const OVERRUN_MINUTES = 120;
/** The longest webinar, and the longest series. */
export const LONGEST_MINUTES = 12 * 60;
export const LONGEST_SERIES = 30;

export const WebinarNumber = z.coerce.number().int().min(1).max(2_000_000_000);

/** Asked of who registers. */
export const RegistrationQuestion = z.object({ key: z.string().regex(/^[a-z0-9-]{1,20}$/), text: text(3, 200), required: z.boolean() });
export type RegistrationQuestion = z.output<typeof RegistrationQuestion>;

/** `10:30`, as the clocks of Rome show it. */
const HourMinute = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'bad-hour' });
const Seats = z.int().min(1).max(10_000).nullable();

const StaffInput = z.array(z.object({ personId: Id, role: StaffRole })).max(20);

const Facts = {
  title: text(5, 160),
  summary: text(0, 4000),
  day: Day,
  from: HourMinute,
  until: HourMinute,
  /** null: no limit. Of an edition's webinar the edition has the seats. */
  capacity: Seats,
  seatsPerMember: Seats,
  thresholdPercent: z.int().min(1).max(100),
  staff: StaffInput,
  /** Told to everybody before they come in. */
  recorded: z.boolean(),
};

export const NewWebinar = z.object({
  clientId: Id,
  kind: WebinarKind,
  ...Facts,
  recorded: z.boolean().default(false),
  editionId: Id.nullable().default(null),
  lessonKey: Key.nullable().default(null),
  network: NetworkKey.nullable().default(null),
  questions: z.array(RegistrationQuestion).max(3).default([]),
  /** So many meetings, one a week, at the same hour of Rome. */
  weeks: z.int().min(1).max(LONGEST_SERIES).default(1),
});
export type NewWebinar = z.output<typeof NewWebinar>;

export const WebinarChange = z.object(Facts).partial();
export type WebinarChange = z.output<typeof WebinarChange>;

export const WebinarState = z.enum(['cancelled', 'over', 'doors-open', 'scheduled']);
export type WebinarState = z.output<typeof WebinarState>;

export const WebinarCard = z.object({
  number: z.int(),
  kind: WebinarKind,
  title: z.string(),
  startsAt: Moment,
  endsAt: Moment,
  state: WebinarState,
  /** The room is open now. */
  live: z.boolean(),
  network: z.object({ key: z.string(), name: z.string() }).nullable(),
  edition: z.object({ id: Id, code: z.string(), course: z.string() }).nullable(),
  seat: SeatStatus.nullable(),
  staff: StaffRole.nullable(),
  /** null: no limit. */
  seatsLeft: z.int().nullable(),
});
export type WebinarCard = z.output<typeof WebinarCard>;

/** Of the whole list it is told whether one may schedule at all; of a place the place's own page tells. */
export const WebinarPage = page(WebinarCard).extend({ abilities: z.object({ create: z.boolean().optional() }) });
export type WebinarPage = z.output<typeof WebinarPage>;
export const WebinarQuery = z.object({
  ...pageQuery, when: z.enum(['coming', 'past']).default('coming'), kind: WebinarKind.optional(), network: NetworkKey.optional(), edition: Id.optional(), mine: z.enum(['1']).optional(),
});
export type WebinarQuery = z.output<typeof WebinarQuery>;

/** How far one's own presence has come, to the second. */
export const OwnAttendance = z.object({
  seconds: z.int(), plannedSeconds: z.int(), thresholdPercent: z.int(),
  /** How long one may still be away and reach the threshold; 0: no longer. */
  absenceLeftSeconds: z.int(), reached: z.boolean(), locked: z.boolean(),
});
export type OwnAttendance = z.output<typeof OwnAttendance>;

export const WebinarSheet = WebinarCard.extend({
  summary: z.string(),
  doorsOpenAt: Moment,
  openedAt: Moment.nullable(),
  closedAt: Moment.nullable(),
  serverTime: Moment,
  cancelReason: z.string().nullable(),
  capacity: z.int().nullable(),
  seatsPerMember: z.int().nullable(),
  thresholdPercent: z.int(),
  lesson: z.object({ key: z.string(), title: z.string() }).nullable(),
  /** Inspectors are named to UPI alone. */
  people: z.array(z.object({ id: Id, name: z.string(), role: StaffRole })),
  questions: z.array(RegistrationQuestion),
  /** The other meetings of the series that one may know of. */
  series: z.array(z.object({ number: z.int(), startsAt: Moment, cancelled: z.boolean() })),
  /** What is said and shown may be recorded. */
  recorded: z.boolean(),
  /** There is something to watch, for this person; null: nothing. */
  recording: z.enum(['ready', 'making']).nullable(),
  /** One's place in the waiting list, from 1. */
  waitingPosition: z.int().nullable(),
  attendance: OwnAttendance.nullable(),
  abilities: z.object({
    register: z.boolean(), withdraw: z.boolean(), enter: z.boolean(), change: z.boolean(), cancel: z.boolean(), seats: z.boolean(), presence: z.boolean(), /** Runs it: shows slides, and the code of a physical room. */ run: z.boolean(),
  }),
});
export type WebinarSheet = z.output<typeof WebinarSheet>;

export const WebinarsCreated = z.object({ numbers: z.array(z.int()) });
export type WebinarsCreated = z.output<typeof WebinarsCreated>;

/** Where one may schedule a webinar. */
export const WebinarPlaces = z.object({
  alone: z.boolean(),
  editions: z.array(z.object({ id: Id, code: z.string(), course: z.string(), lessons: z.array(z.object({ key: z.string(), title: z.string() })) })),
  networks: z.array(z.object({ key: z.string(), name: z.string() })),
  abilities: z.object({ inspectors: z.boolean() }),
});
export type WebinarPlaces = z.output<typeof WebinarPlaces>;

export const CandidateQuery = z.object({ q: text(2, 80) });
export const Candidates = z.object({ items: z.array(z.object({ id: Id, name: z.string(), body: z.string().nullable() })) });
export type Candidates = z.output<typeof Candidates>;

export const SeatInput = z.object({ answers: z.record(z.string().max(20), text(0, 500)).default({}) });
export const CancellationInput = z.object({ reason: text(5, 600) });

export const SeatRow = z.object({
  id: Id, status: SeatStatus, at: Moment, person: z.object({ id: Id, name: z.string() }), body: BodyReference, answers: z.array(z.object({ question: z.string(), answer: z.string() })),
  /** Sent out of the room. */
  removed: z.boolean(),
});
export type SeatRow = z.output<typeof SeatRow>;
export const SeatPage = page(SeatRow);
export type SeatPage = z.output<typeof SeatPage>;
export const SeatQuery = z.object({ ...pageQuery, status: SeatStatus.default('registered') });

export const RegisterRow = z.object({
  person: z.object({ id: Id, name: z.string() }),
  body: z.string().nullable(),
  role: RoomRole,
  /** Connected now. */
  present: z.boolean(),
  /** Came in by the code of a physical room and never went out: counted to the end, for who runs the lesson to look at. */
  noExit: z.boolean(),
  firstIn: Moment.nullable(),
  lastOut: Moment.nullable(),
  /** To the second, between the official start and end. */
  seconds: z.int(),
  /** How late she came, or has not come; null where it does not matter. */
  lateSeconds: z.int().nullable(),
  correctionMinutes: z.int(),
  /** What enters the ledger: whole minutes, corrections included. */
  minutes: z.int(),
  percent: z.int(),
  reached: z.boolean(),
});
export type RegisterRow = z.output<typeof RegisterRow>;

export const Register = z.object({
  webinar: z.object({ id: Id, number: z.int(), title: z.string(), kind: WebinarKind, startsAt: Moment, endsAt: Moment, state: WebinarState, live: z.boolean() }),
  serverTime: Moment,
  officialFrom: Moment,
  officialTo: Moment,
  plannedSeconds: z.int(),
  elapsedSeconds: z.int(),
  thresholdPercent: z.int(),
  /** `fromHour`, `toHour`: as the clocks of Rome showed. */
  breaks: z.array(z.object({ id: Id, from: Moment, to: Moment.nullable(), fromHour: z.string(), toHour: z.string().nullable() })),
  rows: z.array(RegisterRow),
  corrections: z.array(z.object({ sequence: z.int(), person: z.string(), minutes: z.int(), reason: z.string(), by: z.string(), at: Moment })),
  /** Who came to inspect, told once it is over. */
  inspections: z.array(z.object({ person: z.string(), from: Moment, to: Moment.nullable() })),
  /** The chain of the log: how long it is, its last seal, and whether it is whole. */
  log: z.object({ entries: z.int(), seal: z.string(), whole: z.boolean() }),
  locked: z.object({ at: Moment, by: z.string() }).nullable(),
  abilities: z.object({ open: z.boolean(), close: z.boolean(), pause: z.boolean(), resume: z.boolean(), correct: z.boolean(), /** Says when a break really was. */ breaks: z.boolean(), lock: z.boolean() }),
});
export type Register = z.output<typeof Register>;

export const BreakInput = z.object({ from: HourMinute, until: HourMinute });
export type BreakInput = z.output<typeof BreakInput>;

export const CorrectionInput = z.object({
  personId: Id, minutes: z.int().min(-LONGEST_MINUTES).max(LONGEST_MINUTES).refine((minutes) => minutes !== 0, { error: 'correction-empty' }), reason: text(5, 600), clientId: Id,
});
export type CorrectionInput = z.output<typeof CorrectionInput>;

export const CalendarFeed = z.object({ createdAt: Moment.nullable() });
export type CalendarFeed = z.output<typeof CalendarFeed>;
/** The address is shown once: only its digest is kept. */
export const CalendarFeedCreated = z.object({ url: z.string(), createdAt: Moment });
export type CalendarFeedCreated = z.output<typeof CalendarFeedCreated>;
