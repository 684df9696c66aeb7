import { z } from 'zod';
import { AreaCode, Id, page, pageQuery, text } from './common.ts';
import { Author, NetworkKey, Tag } from './community.ts';

/** What she knows, in her own words. */
export const MOST_COMPETENCES = 10;

/** What a person shows of herself to colleagues: nothing, unless she says so. */
export const Shown = z.object({ competences: z.boolean(), answers: z.boolean(), certificates: z.boolean() });
export type Shown = z.output<typeof Shown>;

const NetworkName = z.object({ key: z.string(), name: z.string() });
const Answers = z.object({
  /** Accepted as the solution, in networks that the reader may read. */
  total: z.int(),
  networks: z.array(NetworkName.extend({ answers: z.int() })),
  /** The ones most often solved, most first. */
  tags: z.array(z.object({ tag: z.string(), answers: z.int() })),
});

/** A colleague who wants to be found. What she does not show is null. */
export const ExpertCard = z.object({
  person: Author,
  /** Where her body lies. */
  province: z.string().nullable(), region: z.string().nullable(),
  competences: z.array(z.string()).nullable(), answers: Answers.nullable(), certificates: z.array(AreaCode).nullable(),
});
export type ExpertCard = z.output<typeof ExpertCard>;

export const ExpertPage = page(ExpertCard).extend({ near: z.boolean(), also: z.array(z.string()), corrected: z.string().nullable() });
export type ExpertPage = z.output<typeof ExpertPage>;
export const ExpertQuery = z.object({
  ...pageQuery, q: text(2, 120).optional(), exact: z.enum(['true']).optional(), network: NetworkKey.optional(), region: text(2, 60).optional(),
  /** A Province: also the municipalities that it serves. */
  province: Id.optional(),
});
export type ExpertQuery = z.output<typeof ExpertQuery>;
/** What can be chosen. */
export const ExpertPlaces = z.object({ provinces: z.array(z.object({ id: Id, name: z.string() })), regions: z.array(z.string()) });
export type ExpertPlaces = z.output<typeof ExpertPlaces>;

/** A colleague's page. */
export const PersonPage = ExpertCard.extend({
  /** Those that the reader is in too; and, of who shows anything at all, the public ones. */
  networks: z.array(NetworkName),
  mine: z.boolean(),
});
export type PersonPage = z.output<typeof PersonPage>;

export const Expertise = z.object({ competences: z.array(Tag).max(MOST_COMPETENCES), shown: Shown });
export type Expertise = z.output<typeof Expertise>;
/** Words that begin so, among those in use. */
export const CompetenceQuery = z.object({ q: text(2, 40) });
export const CompetenceList = z.object({ items: z.array(z.string()) });
