import { z } from 'zod';
import { AreaCode, Day, Id, Moment, page, pageQuery, queryInt, queryList, text } from './common.ts';
import { Completion, Key, keyOr } from './completion.ts';

export const Level = z.enum(['base', 'intermedio', 'avanzato']);
export type Level = z.output<typeof Level>;
export const Modality = z.enum(['online', 'aula', 'misto']);
export type Modality = z.output<typeof Modality>;

/** A form without JavaScript sends every field, the empty ones too: those say nothing. */
const blankIsNothing = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

export const Area = z.object({ code: AreaCode, nameIt: z.string(), nameEn: z.string() });
export type Area = z.output<typeof Area>;
export const Areas = z.object({ items: z.array(Area) });

export const CatalogueSort = z.enum(['relevance', 'start', 'title']);
export type CatalogueSort = z.output<typeof CatalogueSort>;

export const CatalogueQuery = z.object({
  /** Words of the title, the summary, the objectives or the lessons. A typo is forgiven. */
  q: blankIsNothing(z.string().trim().max(100)),
  area: queryList(AreaCode),
  level: queryList(Level),
  modality: queryList(Modality),
  minHours: blankIsNothing(queryInt(0, 1000)),
  maxHours: blankIsNothing(queryInt(0, 1000)),
  /** Courses with an edition that starts between these days and to which one can still enrol. */
  from: blankIsNothing(Day),
  to: blankIsNothing(Day),
  /** Only courses that one can enrol in today. */
  open: blankIsNothing(z.enum(['1', 'true', '0', 'false'])).transform((value) => value === '1' || value === 'true'),
  /** Unless told: relevance for a search, otherwise the soonest start. */
  sort: blankIsNothing(CatalogueSort),
  limit: pageQuery.limit,
  cursor: blankIsNothing(pageQuery.cursor),
});
export type CatalogueQuery = z.output<typeof CatalogueQuery>;

export const CatalogueItem = z.object({
  key: z.string(),
  title: z.string(),
  summary: z.string(),
  area: AreaCode,
  level: Level,
  modality: Modality,
  minutes: z.int(),
  lessons: z.int(),
  /** The soonest edition to which one can, or will be able to, enrol. */
  next: z.object({
    code: z.string(), startsOn: Day, endsOn: Day, enrolFrom: Day, enrolUntil: Day,
    open: z.boolean(),
    /** null: no limit. */
    seatsLeft: z.int().nullable(),
  }).nullable(),
});
export type CatalogueItem = z.output<typeof CatalogueItem>;

/** How many courses each choice would leave, with the other filters as they are. */
export const CatalogueFacets = z.object({
  area: z.partialRecord(AreaCode, z.int()),
  level: z.partialRecord(Level, z.int()),
  modality: z.partialRecord(Modality, z.int()),
  open: z.int(),
});
export type CatalogueFacets = z.output<typeof CatalogueFacets>;

export const CataloguePage = z.object({ items: z.array(CatalogueItem), next: z.string().nullable(), total: z.int(), facets: CatalogueFacets });
export type CataloguePage = z.output<typeof CataloguePage>;

/** `open`: people can enrol today; `scheduled`: not yet; `closed`: no longer, though it is not over. */
export const EditionState = z.enum(['draft', 'cancelled', 'scheduled', 'open', 'closed', 'over']);
export type EditionState = z.output<typeof EditionState>;
/** `coordinator`: the person's coordinator approves each request. */
export const Approval = z.enum(['automatic', 'coordinator']);

const editionFacts = {
  id: Id,
  code: z.string(),
  state: EditionState,
  startsOn: Day,
  endsOn: Day,
  enrolFrom: Day,
  enrolUntil: Day,
  modality: Modality,
  place: z.string().nullable(),
  /** null: no limit. */
  seats: z.int().nullable(),
  seatsLeft: z.int().nullable(),
  /** Of each Province; null: no limit but that of the edition. */
  seatsPerMember: z.int().nullable(),
  approval: Approval,
};

export const SheetEdition = z.object(editionFacts);
export type SheetEdition = z.output<typeof SheetEdition>;

export const CourseSheet = z.object({
  id: Id,
  key: z.string(),
  title: z.string(),
  summary: z.string(),
  audience: z.string(),
  area: AreaCode,
  level: Level,
  modality: Modality,
  language: z.string(),
  minutes: z.int(),
  objectives: z.array(z.string()),
  trainers: z.array(z.object({ name: z.string(), role: z.string() })),
  modules: z.array(z.object({
    key: z.string(), title: z.string(), minutes: z.int(),
    lessons: z.array(z.object({ key: z.string(), title: z.string(), kind: z.enum(['page', 'video', 'document']), minutes: z.int() })),
  })),
  /** What the certificate takes. */
  completion: Completion,
  /** The facts of each test, no question. */
  quizzes: z.array(z.object({
    key: z.string(), title: z.string(), draw: z.int(),
    /** The fraction to reach: `[2, 3]`. */
    pass: z.tuple([z.int(), z.int()]),
    minutes: z.int(), attempts: z.int(), pauseMinutes: z.int(),
  })),
  sources: z.array(z.string()),
  version: z.object({ number: z.int(), publishedAt: Moment }),
  /** Those to which one can, or will be able to, enrol; soonest first. */
  editions: z.array(SheetEdition),
  abilities: z.object({ manageEditions: z.boolean() }),
});
export type CourseSheet = z.output<typeof CourseSheet>;

/** A trainer as a choice or a fact: never her e-mail. */
const Trainer = z.object({ id: Id, name: z.string() });

export const EditionDetail = z.object({
  ...editionFacts,
  course: z.object({ id: Id, key: z.string(), title: z.string(), area: AreaCode }),
  /** The number of the course version it is on. */
  version: z.int(),
  seatsTaken: z.int(),
  /** Those whom its cancelling would concern: `seated` and not yet done, `waiting` for a seat or an approval. For who may cancel it alone. */
  openEnrolments: z.object({ seated: z.int(), waiting: z.int() }).nullable(),
  trainers: z.array(Trainer),
  publishedAt: Moment.nullable(),
  cancelledAt: Moment.nullable(),
  cancelReason: z.string().nullable(),
  abilities: z.object({ update: z.boolean(), publish: z.boolean(), cancel: z.boolean() }),
});
export type EditionDetail = z.output<typeof EditionDetail>;

export const EditionsQuery = z.object({
  state: blankIsNothing(EditionState),
  /** The key of a course. */
  course: blankIsNothing(Key),
  ...pageQuery,
});
export type EditionsQuery = z.output<typeof EditionsQuery>;
export const EditionsPage = page(EditionDetail);
export type EditionsPage = z.output<typeof EditionsPage>;

const seats = z.int().min(1).max(100_000).nullable();
const editionFields = {
  startsOn: Day,
  endsOn: Day,
  enrolFrom: Day,
  enrolUntil: Day,
  modality: Modality,
  place: text(1, 300).nullable(),
  seats,
  seatsPerMember: seats,
  approval: Approval,
  /** People who hold the trainer's role in the course. */
  trainerIds: z.array(Id).max(20),
};

export const NewEdition = z.object({
  course: keyOr('course-missing'), ...editionFields,
  place: editionFields.place.default(null), seats: seats.default(null), seatsPerMember: seats.default(null),
  approval: Approval.default('automatic'), trainerIds: editionFields.trainerIds.default([]),
});
export type NewEdition = z.output<typeof NewEdition>;
export const EditionChange = z.object(editionFields).partial();
export type EditionChange = z.output<typeof EditionChange>;
export const Cancellation = z.object({ reason: text(5, 500) });

/** The courses whose editions the actor manages, and who may train in each. */
export const ManagedCourses = z.object({ items: z.array(z.object({ id: Id, key: z.string(), title: z.string(), modality: Modality, minutes: z.int(), trainers: z.array(Trainer) })) });
export type ManagedCourses = z.output<typeof ManagedCourses>;
