import { FileFacts } from './files.ts';
import { UploadId } from './uploads.ts';
import { z } from 'zod';
import { Id, Moment, page, pageQuery, queryInt, text } from './common.ts';
import { Author, NetworkKey, Tag } from './community.ts';

/** An address that a machine would find. Sheets are public, and say an office's name instead. */
const MAIL = /[^\s@<>"'(),;:]+@[^\s@<>"'(),;:]+\.\p{L}{2,}|mailto:/u;
const noMail = (value: string): boolean => !MAIL.test(value);
const line = (min: number, max: number) => text(min, max).refine(noMail, { error: 'practice-mail' });
/** HTML as an editor makes it, or nothing yet; the server keeps what it allows. */
const LongText = z.string().max(60_000).refine(noMail, { error: 'practice-mail' });

/** What it brought, in figures: «Tempo medio di gara: 74 giorni». */
export const PracticeResult = z.object({ label: line(2, 120), value: z.number().min(-1e12).max(1e12), unit: line(0, 40) });
export type PracticeResult = z.output<typeof PracticeResult>;

/** The structured sheet. A draft may have gaps; `MISSING` says which ones keep it from review. */
export const PracticeContent = z.object({
  title: line(8, 160),
  tags: z.array(Tag).max(5),
  problem: LongText,
  solution: LongText,
  /** Whole euros; null where it cost nothing worth saying, or nobody counted. */
  costEuro: z.int().min(0).max(2_000_000_000).nullable(),
  costNote: line(0, 300),
  staff: line(0, 300),
  time: line(0, 200),
  legalBasis: z.array(line(3, 300)).max(15),
  results: z.array(PracticeResult).max(12),
  /** A name or an office. */
  contact: line(0, 200),
});
export type PracticeContent = z.output<typeof PracticeContent>;

/** Where the working copy is; null: it is what was published last. */
export const PracticeStage = z.enum(['draft', 'review', 'returned']);
export type PracticeStage = z.output<typeof PracticeStage>;
export const PracticeStatus = z.enum(['draft', 'review', 'returned', 'published', 'superseded']);
export type PracticeStatus = z.output<typeof PracticeStatus>;

/** The working copy's number, as the window knows it: another one has saved since, if it is not the same. */
const Revision = z.object({ revision: z.int().min(1).max(2_000_000_000) });
export const PracticeRevision = Revision;
export const PracticeInput = PracticeContent.extend({ clientId: Id });
export type PracticeInput = z.output<typeof PracticeInput>;
export const PracticeWork = PracticeContent.extend(Revision.shape);
export type PracticeWork = z.output<typeof PracticeWork>;
export const PracticeCommentInput = z.object({ clientId: Id, words: text(2, 4000) });
export type PracticeCommentInput = z.output<typeof PracticeCommentInput>;
export const PracticeReturn = Revision.extend(PracticeCommentInput.shape);
export type PracticeReturn = z.output<typeof PracticeReturn>;
export const PracticeSuccession = z.object({ by: z.int().min(1).max(2_000_000_000) });
export const AdoptionInput = z.object({ note: line(0, 300).optional() });
export type AdoptionInput = z.output<typeof AdoptionInput>;

/** A body as it signs itself, with where it lies: a municipality shows on its Province. */
export const PracticeBody = z.object({ id: Id, title: z.string(), region: z.string().nullable(), province: z.object({ id: Id, name: z.string(), abbreviation: z.string().nullable() }).nullable() });
export type PracticeBody = z.output<typeof PracticeBody>;

const NetworkName = z.object({ key: z.string(), name: z.string() });
export const PracticeSummary = z.object({
  number: z.int(), title: z.string(), tags: z.array(z.string()), status: PracticeStatus,
  /** Of a published sheet whose author works on a new version, for whom that concerns. */
  stage: PracticeStage.nullable(),
  network: NetworkName, body: PracticeBody, author: Author,
  /** When what everybody reads was published; null: nothing yet. */
  publishedAt: Moment.nullable(), changedAt: Moment,
  /** The beginning of the solution. */
  excerpt: z.string(),
  adoptions: z.int(),
});
export type PracticeSummary = z.output<typeof PracticeSummary>;

export const PracticeView = z.enum(['published', 'superseded', 'mine', 'review']);
export type PracticeView = z.output<typeof PracticeView>;
export const PracticeFilters = z.object({
  /** What everybody reads, or my own sheets at every point of their life, or what waits for my review. */
  view: PracticeView.default('published'),
  q: text(2, 120).optional(), network: NetworkKey.optional(), tag: z.string().max(40).optional(), region: text(1, 60).optional(), body: Id.optional(),
  /** Nothing but what was typed. */
  exact: z.enum(['true']).optional(),
});
export type PracticeFilters = z.output<typeof PracticeFilters>;
export const PracticeQuery = PracticeFilters.extend(pageQuery);
export const PracticePage = page(PracticeSummary).extend({ total: z.int(), /** Nothing matched as typed: these look alike. */ near: z.boolean(), /** Searched besides. */ also: z.array(z.string()), /** Searched instead. */ corrected: z.string().nullable() });
export type PracticePage = z.output<typeof PracticePage>;

/** A Province on the map: how many of the sheets come from its territory, and how many have been adopted there. */
export const PracticePlace = z.object({ id: Id, name: z.string(), abbreviation: z.string(), contributed: z.int(), adopted: z.int() });
export type PracticePlace = z.output<typeof PracticePlace>;
export const PracticeOverview = z.object({
  places: z.array(PracticePlace),
  /** What can be chosen among the sheets that everybody may read here. */
  networks: z.array(NetworkName), tags: z.array(z.string()), regions: z.array(z.string()), bodies: z.array(z.object({ id: Id, title: z.string() })),
  /** Waiting for my review; null for who reviews nothing. */
  toReview: z.int().nullable(),
});
export type PracticeOverview = z.output<typeof PracticeOverview>;

export const PracticeComment = z.object({ id: Id, author: Author, words: z.string(), returned: z.boolean(), createdAt: Moment });
export type PracticeComment = z.output<typeof PracticeComment>;
export const Adoption = z.object({ body: PracticeBody, note: z.string().nullable(), at: Moment, mine: z.boolean() });
export type Adoption = z.output<typeof Adoption>;
export const PracticeFile = z.object({ id: Id, title: z.string(), file: FileFacts });
export type PracticeFile = z.output<typeof PracticeFile>;
export const PracticeFileInput = z.object({ uploadId: UploadId, title: text(3, 160).optional(), revision: z.int() });
const OtherPractice = z.object({ number: z.int(), title: z.string() });

export const Practice = z.object({
  number: z.int(), status: PracticeStatus, network: NetworkName, body: PracticeBody, author: Author,
  content: PracticeContent,
  /** Documents that go with these words. */
  files: z.array(PracticeFile),
  /** The published version that `content` is; null: it is the working copy. */
  version: z.object({ sequence: z.int(), publishedAt: Moment, current: z.boolean() }).nullable(),
  /** All that were published, newest first. */
  versions: z.array(z.object({ sequence: z.int(), publishedAt: Moment })),
  /** For author and reviewers. */
  work: z.object({ revision: z.int(), stage: PracticeStage.nullable(), changedAt: Moment, submittedAt: Moment.nullable() }).nullable(),
  comments: z.array(PracticeComment),
  supersededBy: OtherPractice.nullable(), supersedes: z.array(OtherPractice),
  adoptions: z.array(Adoption), places: z.array(PracticePlace),
  abilities: z.object({
    edit: z.boolean(), submit: z.boolean(), takeBack: z.boolean(), discard: z.boolean(), review: z.boolean(), comment: z.boolean(), supersede: z.boolean(), remove: z.boolean(), takeOver: z.boolean(), adopt: z.boolean(), withdrawAdoption: z.boolean(),
  }),
});
export type Practice = z.output<typeof Practice>;
/** Which words of the sheet: what everybody reads, unless told. */
export const PracticeWords = z.object({ version: z.union([z.literal('work'), queryInt(1, 100_000)]).optional() });
export const PracticeAddress = z.object({ number: z.int() });

/** What a reviewer cannot do without, in the order of the form: field and code of what is missing. */
export function missingFrom(content: PracticeContent): { field: keyof PracticeContent; code: string }[] {
  const gaps: [keyof PracticeContent, boolean][] = [
    ['tags', content.tags.length === 0], ['problem', content.problem === ''], ['solution', content.solution === ''], ['staff', content.staff === ''], ['time', content.time === ''],
    ['results', content.results.length === 0], ['contact', content.contact === ''],
  ];
  return gaps.flatMap(([field, missing]) => (missing ? [{ field, code: `practice-missing-${field}` }] : []));
}
