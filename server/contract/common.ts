import { z } from 'zod';

export const Id = z.uuid();
/** A moment, ISO 8601 in UTC. */
export const Moment = z.union([z.date().transform((d) => d.toISOString()), z.iso.datetime()]).pipe(z.string()).meta({ type: 'string', format: 'date-time' });
/** A day without time, `2026-11-24`. PostgreSQL knows no year 0. */
export const Day = z.string().refine(isDay, { error: 'bad-day' }).meta({ format: 'date' });

function isDay(text: string): boolean {
  const moment = Date.parse(`${text}T00:00:00Z`);
  return /^(?!0000)\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(text);
}
export const LanguageCode = z.enum(['it', 'en']);
export const AreaCode = z.enum(['appalti', 'europa', 'innovazione', 'personale']);
export type AreaCode = z.output<typeof AreaCode>;

/** A number in the query string. */
export const queryInt = (min: number, max: number) => z.coerce.number().int().min(min).max(max);
/** A parameter that may be repeated or comma-separated: always an array. */
export const queryList = <T extends z.ZodType>(item: T, most = 50) =>
  z.preprocess((value) => (value === undefined || value === '' ? [] : (Array.isArray(value) ? value : [value]).flatMap((v) => String(v).split(',')).filter((v) => v !== '')), z.array(item).max(most).default([]));

/** Free text that a person types: trimmed, with no control characters and no halves of a character. */
export const text = (min: number, max: number) =>
  z.string().trim().min(min).max(max).refine((value) => !/[^\P{Cc}\n\r\t]|\p{Cs}/u.test(value), { error: 'control-characters' });

export const pageQuery = {
  limit: queryInt(1, 100).default(20),
  /** As given in `next` by the page before. */
  cursor: z.string().max(400).optional(),
};

export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable(), total: z.int().optional() });

export const Empty = z.object({});
