import { z } from 'zod';
import { Day, Id } from '../contract/common.ts';
import type { CatalogueFacets, CatalogueItem, CataloguePage, CatalogueQuery } from '../contract/courses.ts';
import { prepared } from '../database/prepared.ts';
import { romeDay } from '../gateways/clock.ts';
import { decodeCursor, toPage } from '../http/pagination.ts';
import { CATALOGUE } from './catalogue-query.ts';

/** Shorter words look like too many others. */
const SHORTEST_NEAR_MISS = 3;

type Sort = NonNullable<CatalogueQuery['sort']>;
type Item = CatalogueItem & { id: string; sortKey: string | number };

/** A page of the public catalogue with its facets: one statement, for everybody the same. */
export async function searchCourses(query: CatalogueQuery): Promise<CataloguePage> {
  const text = query.q || undefined;
  const sort: Sort = query.sort === 'relevance' || !query.sort ? (text ? 'relevance' : 'start') : query.sort;
  const name = text ? `catalogue-${sort}-words` : `catalogue-${sort}`;
  const values = [
    romeDay(), chosen(query.area), chosen(query.level), chosen(query.modality), minutes(query.minHours), minutes(query.maxHours),
    query.from ?? null, query.to ?? null, query.open, ...cursorKeys(query.cursor, sort), query.limit,
    ...(text ? [text, wordsOf(text)] : []),
  ];
  const [row] = await prepared<{ total: number; facets: CatalogueFacets; items: Item[] }>(name, CATALOGUE[name] ?? '', values);
  if (!row) throw new Error('the catalogue answers with one row');
  return { ...toPage(row.items, query.limit, (last) => [sort, last.sortKey, last.id]), total: row.total, facets: row.facets };
}

const chosen = (values: string[]): string[] | null => (values.length > 0 ? values : null);
const minutes = (hours: number | undefined): number | null => (hours === undefined ? null : hours * 60);

function wordsOf(text: string): string[] {
  return text.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length >= SHORTEST_NEAR_MISS);
}

/** The keys in a cursor, by the order that made it: a cursor of another order is not ours. */
const KEYS = {
  relevance: z.tuple([z.literal('relevance'), z.number().min(-10).max(10), Id]),
  start: z.tuple([z.literal('start'), z.union([Day, z.literal('infinity')]), Id]),
  title: z.tuple([z.literal('title'), z.string().max(200), Id]),
};

function cursorKeys(cursor: string | undefined, sort: Sort): [key: string | number | null, id: string | null] {
  if (!cursor) return [null, null];
  const [, key, id] = decodeCursor<(typeof KEYS)[Sort]>(cursor, KEYS[sort]);
  return [key, id];
}
