import { z } from 'zod';
import { AreaCode, Day, Id, Moment, page, pageQuery, text } from './common.ts';
import { Key } from './completion.ts';
import { BodyReference } from './territory.ts';

export const EnrolmentStatus = z.enum(['requested', 'waiting', 'active', 'completed', 'refused', 'withdrawn']);
export type EnrolmentStatus = z.output<typeof EnrolmentStatus>;

/** How far one has come: the same figures everywhere. The fraction shown is `minutesDone / minutes`. */
export const Progress = z.object({ lessons: z.int(), lessonsDone: z.int(), minutes: z.int(), minutesDone: z.int() });
export type Progress = z.output<typeof Progress>;

const EditionFacts = z.object({ id: Id, code: z.string(), startsOn: Day, endsOn: Day, state: z.enum(['draft', 'cancelled', 'scheduled', 'open', 'closed', 'over']), running: z.boolean() });
const CourseFacts = z.object({ key: z.string(), title: z.string(), summary: z.string(), area: AreaCode });

export const EnrolmentSummary = z.object({
  id: Id,
  status: EnrolmentStatus,
  edition: EditionFacts,
  course: CourseFacts,
  progress: Progress,
  requestedAt: Moment,
  completedAt: Moment.nullable(),
  /** Place in the waiting list, from 1. */
  waitingPosition: z.int().nullable(),
  /** Why it was refused or ended. */
  reason: z.string().nullable(),
  /** The first lesson not yet done. */
  next: z.object({ key: z.string(), title: z.string() }).nullable(),
  /** The key of the test that is running now. */
  openQuiz: z.string().nullable(),
  abilities: z.object({ read: z.boolean(), learn: z.boolean(), withdraw: z.boolean() }),
});
export type EnrolmentSummary = z.output<typeof EnrolmentSummary>;

export const LessonState = z.object({ key: z.string(), title: z.string(), kind: z.enum(['page', 'video', 'document']), minutes: z.int(), opened: z.boolean(), done: z.boolean() });
export type LessonState = z.output<typeof LessonState>;

export const AttemptSummary = z.object({ id: Id, number: z.int(), startedAt: Moment, closedAt: Moment.nullable(), score: z.int().nullable(), total: z.int(), passed: z.boolean().nullable() });
export type AttemptSummary = z.output<typeof AttemptSummary>;

export const QuizState = z.object({
  key: z.string(),
  title: z.string(),
  draw: z.int(),
  /** As written: `2/3`; `need` is the number of right answers it takes. */
  pass: z.string(),
  need: z.int(),
  minutes: z.int(),
  attempts: z.int(),
  attemptsUsed: z.int(),
  pauseMinutes: z.int(),
  passed: z.boolean(),
  /** The attempt that is running now. */
  openAttemptId: Id.nullable(),
  /** When the pause after the last attempt ends; null when there is none to wait for. */
  nextAttemptAt: Moment.nullable(),
  history: z.array(AttemptSummary),
  abilities: z.object({ start: z.boolean() }),
});
export type QuizState = z.output<typeof QuizState>;

/** One rule on the way to the certificate, with its figures and the link that helps. */
export const CompletionPart = z.object({
  kind: z.enum(['lessons', 'quiz', 'attendance']),
  fulfilled: z.boolean(),
  have: z.int(),
  need: z.int(),
  /** The quiz's title; null for the others. */
  title: z.string().nullable(),
  /** One of several ways, of which one is enough. */
  alternative: z.boolean(),
  link: z.string().nullable(),
  missing: z.array(z.object({ title: z.string(), link: z.string() })),
  /** Of a test: how many attempts were made and are left, and when the pause before the next one ends. */
  attempts: z.object({ made: z.int(), left: z.int(), nextAt: Moment.nullable() }).nullable(),
});
export type CompletionPart = z.output<typeof CompletionPart>;

/** «Perché non ho finito?» */
export const CompletionExplained = z.object({ fulfilled: z.boolean(), parts: z.array(CompletionPart) });
export type CompletionExplained = z.output<typeof CompletionExplained>;

export const EnrolmentHome = EnrolmentSummary.extend({
  modules: z.array(z.object({ key: z.string(), title: z.string(), lessons: z.array(LessonState) })),
  quizzes: z.array(QuizState),
  trainers: z.array(z.object({ name: z.string(), role: z.string() })),
  completion: CompletionExplained,
});
export type EnrolmentHome = z.output<typeof EnrolmentHome>;

const LessonLink = z.object({ key: z.string(), title: z.string() });

export const LessonView = z.object({
  key: z.string(),
  title: z.string(),
  kind: z.enum(['page', 'video', 'document']),
  minutes: z.int(),
  module: z.string(),
  /** Sanitised; shown as it is. */
  html: z.string(),
  sources: z.array(z.string()),
  /** Addresses. */
  media: z.object({ video: z.string().nullable(), captions: z.string().nullable(), poster: z.string().nullable(), document: z.string().nullable() }),
  position: z.int(),
  done: z.boolean(),
  positionSeconds: z.number(),
  previous: LessonLink.nullable(),
  next: LessonLink.nullable(),
  enrolment: z.object({ id: Id, status: EnrolmentStatus }),
  course: CourseFacts,
  outline: z.array(z.object({ key: z.string(), title: z.string(), lessons: z.array(LessonState) })),
  progress: Progress,
  abilities: z.object({ complete: z.boolean() }),
});
export type LessonView = z.output<typeof LessonView>;

export const LessonDone = z.object({ progress: Progress, status: EnrolmentStatus, completion: CompletionExplained });
export type LessonDone = z.output<typeof LessonDone>;

/** A running attempt. Which option is right, and why, is not in it. */
export const AttemptView = z.object({
  id: Id,
  enrolmentId: Id,
  number: z.int(),
  course: CourseFacts,
  quiz: z.object({ key: z.string(), title: z.string(), pass: z.string(), need: z.int() }),
  startedAt: Moment,
  dueAt: Moment,
  closedAt: Moment.nullable(),
  /** The server's clock when it answered: the browser counts from here. */
  serverTime: Moment,
  remainingSeconds: z.int(),
  total: z.int(),
  questions: z.array(z.object({ id: Id, number: z.int(), text: z.string(), options: z.array(z.object({ key: z.string(), text: z.string() })), answer: z.string().nullable() })),
});
export type AttemptView = z.output<typeof AttemptView>;

export const AnswerSaved = z.object({ answered: z.int(), total: z.int(), remainingSeconds: z.int() });
export type AnswerSaved = z.output<typeof AnswerSaved>;

export const AttemptResult = z.object({
  id: Id,
  enrolmentId: Id,
  number: z.int(),
  course: CourseFacts,
  quiz: z.object({ key: z.string(), title: z.string(), pass: z.string(), need: z.int() }),
  closedAt: Moment,
  closedBy: z.enum(['submitted', 'time']),
  score: z.int(),
  total: z.int(),
  passed: z.boolean(),
  status: EnrolmentStatus,
  attemptsLeft: z.int(),
  nextAttemptAt: Moment.nullable(),
  questions: z.array(z.object({
    id: Id, number: z.int(), text: z.string(), options: z.array(z.object({ key: z.string(), text: z.string(), correct: z.boolean() })), answer: z.string().nullable(), right: z.boolean(), explanation: z.string(), source: z.string(),
    lesson: LessonLink.nullable(),
  })),
  completion: CompletionExplained,
});
export type AttemptResult = z.output<typeof AttemptResult>;

/** Outcomes for coordinators and trainers: never clicks. */
export const EnrolmentOutcome = z.object({
  id: Id,
  person: z.object({ id: Id, givenName: z.string(), familyName: z.string() }),
  body: BodyReference,
  course: z.object({ key: z.string(), title: z.string(), area: AreaCode }),
  edition: EditionFacts,
  status: EnrolmentStatus,
  motivation: z.string().nullable(),
  requestedAt: Moment,
  completedAt: Moment.nullable(),
  progress: Progress,
  attemptsUsed: z.int(),
  passed: z.boolean().nullable(),
  abilities: z.object({ decide: z.boolean() }),
});
export type EnrolmentOutcome = z.output<typeof EnrolmentOutcome>;

export const OutcomePage = page(EnrolmentOutcome);
export type OutcomePage = z.output<typeof OutcomePage>;
export const OwnEnrolments = z.object({ items: z.array(EnrolmentSummary) });
export type OwnEnrolments = z.output<typeof OwnEnrolments>;

export const OutcomeQuery = z.object({ ...pageQuery, status: EnrolmentStatus.optional() });

export const EnrolmentRequest = z.object({ motivation: text(0, 600).optional() });
export const ColleaguesRequest = z.object({ personIds: z.array(Id).min(1).max(50) });
/** What became of each colleague: her new status, or the code of the refusal. */
export const ColleaguesOutcome = z.object({ items: z.array(z.object({ personId: Id, status: EnrolmentStatus.nullable(), code: z.string().nullable() })) });
export type ColleaguesOutcome = z.output<typeof ColleaguesOutcome>;
export const DecisionRequest = z.discriminatedUnion('decision', [
  z.object({ decision: z.literal('approved'), reason: text(0, 600).optional() }),
  z.object({ decision: z.literal('refused'), reason: text(5, 600) }),
]);
export const WithdrawalRequest = z.object({ reason: text(0, 600).optional() });
export const ProgressRequest = z.object({ positionSeconds: z.number().min(0).max(100_000) });
export const AttemptRequest = z.object({ quizKey: Key });
export const AnswerRequest = z.object({ option: z.string().regex(/^[a-d]$/) });
