import type { SearchQuery } from '../contract/search.ts';
import { decodeCursor, toPage } from '../http/pagination.ts';
import type { Asked } from './ask.ts';
import type { Found } from './found.ts';
import { SearchCursor, searchInSteps } from './search-steps.ts';

interface PageOrder {
  asked: Asked;
  near: boolean;
  after: [number, string] | undefined;
  limit: number;
}

/** A page of one kind, found step by step; its cursor remembers the step. */
export async function searchPage<R extends { id: string; rank: number }, T>({ q, exact, cursor, limit }: Pick<SearchQuery, 'q' | 'exact' | 'cursor' | 'limit'>, run: (order: PageOrder) => Promise<Found<R>>, present: (row: R) => T) {
  const [rank, id, step] = cursor ? decodeCursor(cursor, SearchCursor) : [];
  const after: [number, string] | undefined = rank !== undefined && id !== undefined ? [rank, id] : undefined;
  const answer = await searchInSteps({ q, literal: exact === 'true', step }, (asked, near) => run({ asked, near, after, limit }), ({ rows }) => rows.length === 0);
  const { items, next } = toPage(answer.found.rows, limit, (last) => [last.rank, last.id, answer.step]);
  return { items: items.map(present), next, near: answer.step === 'near', also: answer.also, corrected: answer.corrected };
}
