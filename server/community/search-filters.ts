import type { SearchFilters } from '../contract/search.ts';

/** What narrows a search of what people write, as conditions of a statement. @param first the number of the first of `filterValues` */
export function filtersAt(first: number) {
  const [body, author, from, to] = [0, 1, 2, 3].map((offset) => `$${first + offset}`);
  return {
    body: (column: string): string => `(${body}::uuid is null or ${column} = ${body})`,
    author: (column: string): string => `(${author}::text[] is null or exists (
      select from people w where w.id = ${column} and not exists (select from unnest(${author}::text[]) part where plain(w.given_name || ' ' || w.family_name) not like plain(part))))`,
    /** Days are Italian ones. */
    days: (column: string): string => `(${from}::date is null or ${column} >= ${from}::date::timestamp at time zone 'Europe/Rome') and (${to}::date is null or ${column} < (${to}::date + 1)::timestamp at time zone 'Europe/Rome')`,
  };
}

export const filterValues = ({ body, author, from, to }: SearchFilters): unknown[] => [body ?? null, author === undefined ? null : partsOfName(author), from ?? null, to ?? null];

/** The parts of a name as `like` looks for them. */
export const partsOfName = (name: string): string[] => name.split(/\s+/).filter(Boolean).map((part) => `%${part.replaceAll(/[%_\\]/g, '\\$&')}%`);
