import { z } from 'zod';
import { AreaCode, Day, Id, Moment, text } from './common.ts';

/**
 * A count of people as this reader may know it: exact (`value`, and `from` = `to`), in a band (`value` null, between `from` and `to`), or
 * hidden because it is below five (`hidden`, between 0 and 4).
 */
export const Count = z.object({ value: z.int().nullable(), from: z.int(), to: z.int(), hidden: z.boolean() });
export type Count = z.output<typeof Count>;

export const Figures = z.object({
  /** People whose first valid certificate of the area is here: these count for the target. */
  people: Count,
  /** Seats taken. */
  enrolled: Count,
  active: Count,
  completed: Count,
  /** Credited minutes; null where they would tell of fewer than five people. */
  minutes: z.int().nullable(),
  /** Final tests passed, of those taken; null where they would tell of few people. */
  tests: z.object({ passed: z.int(), taken: z.int() }).nullable(),
});
export type Figures = z.output<typeof Figures>;

/** The territory that the figures stand on: Provinces as they were on this day. */
const vintage = Day;

export const ProgrammeStatistics = z.object({
  vintage,
  members: z.int(),
  /** When a figure last changed. */
  updatedAt: Moment.nullable(),
  /** Whether an operator has imported boundaries for the map. */
  boundaries: z.boolean(),
  areas: z.array(z.object({ area: AreaCode, name: z.string(), target: z.int(), figures: Figures, outside: Figures })),
  /** Over the areas: a person trained in two of them counts in both. Hidden parts make it a range. */
  total: z.object({ target: z.int(), figures: Figures }),
});
export type ProgrammeStatistics = z.output<typeof ProgrammeStatistics>;

export const MEMBER_SORTS = ['name', 'region', 'people', 'enrolled', 'completed', 'minutes'] as const;
export const MembersQuery = z.object({
  /** Figures of one area alone. */
  area: AreaCode.optional(),
  region: text(1, 60).optional(),
  /** A part of the name, or the abbreviation. */
  q: text(1, 60).optional(),
  sort: z.enum(MEMBER_SORTS).default('name'),
  direction: z.enum(['asc', 'desc']).default('asc'),
});

export const MemberStatistics = z.object({
  id: Id,
  istatCode: z.string(),
  name: z.string(),
  abbreviation: z.string(),
  region: z.string(),
  phase: z.int(),
  /** Whether the reader coordinates it. */
  own: z.boolean(),
  exact: z.boolean(),
  /** Over all areas, or of the one asked for. */
  target: z.int(),
  figures: Figures,
  areas: z.array(z.object({ area: AreaCode, target: z.int(), people: Count })),
});
export type MemberStatistics = z.output<typeof MemberStatistics>;

export const MembersStatistics = z.object({ vintage, area: AreaCode.nullable(), regions: z.array(z.string()), items: z.array(MemberStatistics) });
export type MembersStatistics = z.output<typeof MembersStatistics>;

export const SeriesQuery = z.object({
  area: AreaCode.optional(),
  /** One member, for who may read its exact figures; without, the whole programme. */
  member: Id.optional(),
});

export const SeriesStatistics = z.object({
  vintage,
  area: AreaCode.nullable(),
  member: z.object({ id: Id, name: z.string() }).nullable(),
  target: z.int(),
  exact: z.boolean(),
  /** The last 24 months, the present one last. */
  months: z.array(z.object({ month: Day, enrolled: Count, completed: Count, people: Count, peopleSoFar: Count, minutes: z.int().nullable() })),
});
export type SeriesStatistics = z.output<typeof SeriesStatistics>;

export const Boundaries = z.object({
  width: z.int(),
  height: z.int(),
  importedAt: Moment,
  /** SVG paths; `memberId` is the member of the programme that the unit counts for, null outside it. */
  shapes: z.array(z.object({ istatCode: z.string(), name: z.string(), memberId: Id.nullable(), path: z.string() })),
});
export type Boundaries = z.output<typeof Boundaries>;
