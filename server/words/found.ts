import { MOST_COUNTED } from '../contract/search.ts';

/** A page of a search, one row too many, and how many were found in all: bounded, and 0 where nobody asked. */
export interface Found<R> {
  rows: R[];
  total: number;
}

/** The page of a search beside how many rows its `found` has, in one round trip. @param page has `rank` and `id` */
export const totalled = (page: string): string => `
  select counts.total, hit.* from (select least(count(*), ${MOST_COUNTED + 1})::int as total from found) counts left join (${page}) hit on true
   order by hit.rank desc, hit.id desc`;

/** Where nothing is on the page, the total stands alone. */
export function foundOf<R extends { id: string }>(rows: (R & { total?: number; id: string | null })[]): Found<R> {
  return { rows: rows.filter((row) => row.id !== null), total: rows[0]?.total ?? 0 };
}

export const nothingFound = { rows: [], total: 0 };
