import { prepared } from '../../database/prepared.ts';
import type { Actor } from '../../http/actor.ts';
import { OWN_MEMBERSHIP, READABLE, reachOf, reachValues } from '../reach.ts';
import { HIT } from '../search-posts.ts';
import { CARD, type CardRow } from './list-documents.ts';

export interface DocumentHitRow extends CardRow {
  rank: number;
  excerpt: string;
}

/** So many of the best are ranked: who finds more than these has to say more. */
const RANKED = 1000;

const FOUND = {
  words: { match: 'd.search @@ query', rank: 'ts_rank(d.search, query)' },
  near: { match: 'plain($4) <% d.near', rank: '(word_similarity(plain($4), d.near) - 2)' },
};

/** One statement: permission is inside it. */
const statement = ({ match, rank }: (typeof FOUND)['words']): string => `
  with found as materialized (
    select d.id, (${rank})::float8 as rank
      from websearch_to_tsquery('italian_plain', $4) query, documents d join networks n on n.id = d.network_id ${OWN_MEMBERSHIP}
     where ${match} and d.deleted_at is null and ${READABLE} and ($5::text is null or n.key = $5) limit ${RANKED}),
  page as (select * from found where $6::float8 is null or (rank, id) < ($6, $7::uuid) order by rank desc, id desc limit $8)
  select ${CARD.columns}, page.rank,
         ts_headline('italian_plain', left(concat_ws(' · ', nullif(d.summary, ''), v.words), 20000), websearch_to_tsquery('italian_plain', $4),
           'StartSel=${HIT.start}, StopSel=${HIT.stop}, MaxWords=40, MinWords=20, MaxFragments=2, FragmentDelimiter=" … "') as excerpt
    from page join documents d on d.id = page.id join networks n on n.id = d.network_id ${CARD.joins}
   order by page.rank desc, page.id desc`;

const STATEMENTS = { words: statement(FOUND.words), near: statement(FOUND.near) };

/** Documents that the actor may read and that say this, or are called so; where none does, those with a title alike. One row too many. */
export async function searchDocuments(actor: Actor | null, { q, network, after, limit }: { q: string; network?: string | undefined; after?: [number, string] | undefined; limit: number }): Promise<{ rows: DocumentHitRow[]; near: boolean }> {
  const values = [...reachValues(reachOf(actor)), q, network ?? null, ...(after ?? [null, null]), limit + 1];
  const rows = await prepared<DocumentHitRow>('documents-search-words', STATEMENTS.words, values);
  // A cursor with a negative rank is of a page of near misses
  if (rows.length > 0 || (after && after[0] >= 0)) return { rows, near: false };
  return { rows: await prepared<DocumentHitRow>('documents-search-near', STATEMENTS.near, values), near: true };
}
