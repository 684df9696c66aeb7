import { prepared } from '../../database/prepared.ts';
import type { Actor } from '../../http/actor.ts';
import { excerptIn } from '../../words/excerpt.ts';
import { type Found, foundOf, nothingFound, totalled } from '../../words/found.ts';
import { nearIn } from '../../words/near.ts';
import { OWN_MEMBERSHIP, READABLE, reachOf, reachValues } from '../reach.ts';
import { filtersAt, filterValues } from '../search-filters.ts';
import type { SearchOrder } from '../search-posts.ts';
import { CARD, type CardRow } from './list-documents.ts';

export interface DocumentHitRow extends CardRow {
  rank: number;
  excerpt: string;
}

/** So many of the best are ranked: who finds more than these has to say more. */
const RANKED = 1000;

const FOUND = {
  words: { from: '(select) once', match: 'd.search @@ query', rank: 'ts_rank(d.search, query)' },
  near: nearIn('d.near', '$9'),
};

const FILTERS = filtersAt(10);

/** One statement: permission is inside it. */
const statement = ({ from, match, rank }: (typeof FOUND)['words']): string => `
  with asked as materialized (select websearch_to_tsquery('italian_plain', $4) as query, $9::text[] as words),
  found as materialized (
    select d.id, (${rank})::float8 as rank
      from asked, ${from}, documents d join networks n on n.id = d.network_id ${OWN_MEMBERSHIP}
     where ${match} and d.deleted_at is null and ${READABLE} and ($5::text is null or n.key = $5)
       and ${FILTERS.body('d.body_id')} and ${FILTERS.author('d.author_id')} and ${FILTERS.days('d.changed_at')} limit ${RANKED}),
  page as (select * from found where $6::float8 is null or (rank, id) < ($6, $7::uuid) order by rank desc, id desc limit $8)
  ${totalled(`
  select ${CARD.columns}, page.rank, ${excerptIn("concat_ws(' · ', nullif(d.summary, ''), v.words)", '(select query from asked)')} as excerpt
    from page join documents d on d.id = page.id join networks n on n.id = d.network_id ${CARD.joins}`)}`;

const STATEMENTS = { words: statement(FOUND.words), near: statement(FOUND.near) };

/** Documents that the actor may read and that say this, or are called so; one row too many. They have no tags and are not solved. */
export async function searchDocuments(actor: Actor | null, { asked, near, filters = {}, after, limit }: SearchOrder): Promise<Found<DocumentHitRow>> {
  if (filters.tag !== undefined || filters.solved !== undefined) return nothingFound;
  const values = [...reachValues(reachOf(actor)), near ? asked.words.join(' ') : asked.text, filters.network ?? null, ...(after ?? [null, null]), limit + 1, asked.words, ...filterValues(filters)];
  return foundOf(await prepared<DocumentHitRow & { total: number }>(`documents-search-${near ? 'near' : 'words'}`, STATEMENTS[near ? 'near' : 'words'], values));
}
