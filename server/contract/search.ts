import { z } from 'zod';
import { AreaCode, Day, Id, Moment, page, pageQuery, queryInt, text } from './common.ts';
import { Author, Excerpt, NetworkKey, SearchHit } from './community.ts';
import { Level, Modality } from './courses.ts';
import { DocumentHit } from './documents.ts';
import { ExpertCard } from './experts.ts';

const flag = z.enum(['true', 'false']).optional();

/** What narrows a search. A kind that has no such thing (a course has no author) has nothing to show then. */
export const searchFilters = {
  network: NetworkKey.optional(),
  tag: text(2, 40).optional(),
  /** The body that it was written for. */
  body: Id.optional(),
  /** A part of the name of who wrote it. */
  author: text(2, 80).optional(),
  from: Day.optional(),
  to: Day.optional(),
  solved: flag,
  /** Discussions in which there is one. */
  document: z.enum(['true']).optional(),
};

/** A term with its other names, unless `exact`. */
const asked = { q: text(2, 120), exact: z.enum(['true']).optional() };
const inOrder = ({ from, to }: { from?: string | undefined; to?: string | undefined }): boolean => from === undefined || to === undefined || from <= to;
const ORDER = { path: ['to'], error: 'search-days-order' };

export const SearchQuery = z.object({ ...asked, ...searchFilters, ...pageQuery }).refine(inOrder, ORDER);
export type SearchQuery = z.output<typeof SearchQuery>;
export type SearchFilters = Pick<SearchQuery, keyof typeof searchFilters>;
/** How many of each kind are shown; 0: they are counted alone. */
export const OverviewQuery = z.object({ ...asked, ...searchFilters, few: queryInt(0, 5).default(3) }).refine(inOrder, ORDER);
export type OverviewQuery = z.output<typeof OverviewQuery>;

/** How it was understood. */
const understood = {
  /** Nothing matched as typed: these look alike. */
  near: z.boolean(),
  /** Searched besides. */
  also: z.array(z.string()),
  /** Nothing matched as typed: this was searched instead. */
  corrected: z.string().nullable(),
};

const NetworkName = z.object({ key: z.string(), name: z.string() });

export const SearchPage = page(SearchHit).extend(understood);
export type SearchPage = z.output<typeof SearchPage>;

export const DocumentSearchPage = page(DocumentHit).extend(understood);
export type DocumentSearchPage = z.output<typeof DocumentSearchPage>;

export const PracticeHit = z.object({ number: z.int(), title: z.string(), tags: z.array(z.string()), network: NetworkName, author: Author, publishedAt: Moment, adoptions: z.int(), excerpt: Excerpt });
export type PracticeHit = z.output<typeof PracticeHit>;
export const PracticeSearchPage = page(PracticeHit).extend(understood);
export type PracticeSearchPage = z.output<typeof PracticeSearchPage>;

export const CourseHit = z.object({ key: z.string(), title: z.string(), area: AreaCode, level: Level, modality: Modality, minutes: z.int(), excerpt: Excerpt });
export type CourseHit = z.output<typeof CourseHit>;
export const CourseSearchPage = page(CourseHit).extend(understood);
export type CourseSearchPage = z.output<typeof CourseSearchPage>;

export const PeopleSearchPage = page(ExpertCard).extend(understood);
export type PeopleSearchPage = z.output<typeof PeopleSearchPage>;

/** Beyond so many of a kind nobody counts: one more says that there are more. */
export const MOST_COUNTED = 200;

const few = <T extends z.ZodType>(hit: T) => z.object({ total: z.int(), items: z.array(hit) });
/** The best few of each kind. */
export const SearchOverview = z.object({
  threads: few(SearchHit), documents: few(DocumentHit), practices: few(PracticeHit), courses: few(CourseHit),
  /** null for who may not look for people. */
  people: few(ExpertCard).nullable(),
  ...understood,
});
export type SearchOverview = z.output<typeof SearchOverview>;
