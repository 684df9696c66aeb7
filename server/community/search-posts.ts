import { prepared } from '../database/prepared.ts';
import type { Actor } from '../http/actor.ts';
import { OWN_MEMBERSHIP, READABLE, reachOf, reachValues } from './reach.ts';
import type { WrittenBy } from './written-by.ts';

/** Around what was found, in what PostgreSQL returns. No text of ours contains them: cleanMarkup takes control characters away. */
export const HIT = { start: '\u0001', stop: '\u0002' };

export interface HitRow extends WrittenBy {
  post_id: string;
  rank: number;
  number: number;
  title: string;
  solved: boolean;
  last_sequence: number;
  moved_away: number;
  network_key: string;
  network_name: string;
  sequence: number;
  accepted: boolean;
  created_at: Date;
  excerpt: string;
}

/** So many of the newest are ranked: a word that is in hundreds of thousands of posts must not cost as much. Who finds more than these has to say more. */
const RANKED = 400;

/** Posts of a slice, by their ordinal (migration: the index is made with it). */
const SLICE = 8192;

/** "acordo" and "accordo" are 0.86 alike, "sogla" and "soglia" 0.67. */
const ALIKE = 0.6;

/** Shorter words look like too many others. */
const SHORTEST = 3;

/** Slice by slice from the newest: the nested query cannot be turned into a join, so the limit ends the walk. */
const SLICES = `generate_series((select max(ordinal) from posts) / ${SLICE}, 0, -1) slice`;

const FOUND = {
  words: {
    from: SLICES, match: `p.ordinal / ${SLICE} = slice and p.search @@ (select query from asked)`,
    rank: 'ts_rank(p.search, (select query from asked)) * case when t.accepted_post_id = p.id then 2 when t.accepted_post_id is not null then 1.5 else 1 end', query: "websearch_to_tsquery('italian_plain', $4)",
  },
  near: {
    // Each word alike, wherever it stands; the longest one is looked up in the index
    from: '(select plain(w) as typed from unnest($10::text[]) w order by length(w) desc limit 1) longest', match: `p.near %> longest.typed and not exists (select from unnest($10::text[]) w where word_similarity(plain(w), p.near) < ${ALIKE})`,
    rank: '((select avg(word_similarity(plain(w), p.near)) from unnest($10::text[]) w) - 2)', query: "plainto_tsquery('italian_plain', $4)",
  },
};

/** One statement: permission is inside it. An accepted answer, then the rest of a solved thread, weigh more. */
function statement({ from, match, rank, query }: (typeof FOUND)['words']): string {
  return `
  with asked as materialized (select ${query} as query),
  readable as materialized (select n.id from networks n ${OWN_MEMBERSHIP} where ${READABLE} and ($5::text is null or n.key = $5)),
  found as materialized (
    select hit.id, hit.rank from ${from}, lateral (
      select p.id, (${rank})::float8 as rank from posts p join threads t on t.id = p.thread_id
       where ${match} and p.deleted_at is null and t.deleted_at is null and t.network_id = any(array(select id from readable)) and ($6::boolean is null or (t.accepted_post_id is not null) = $6)
      offset 0) hit
     limit ${RANKED}),
  page as (select * from found where $7::float8 is null or (rank, id) < ($7, $8::uuid) order by rank desc, id desc limit $9)
  select page.id as post_id, page.rank, t.number, t.title, t.accepted_post_id is not null as solved, t.last_sequence, t.moved_away, n.key as network_key, n.name as network_name,
         p.sequence, coalesce(t.accepted_post_id = p.id, false) as accepted, p.author_id, a.given_name || ' ' || a.family_name as author_name, b.name as author_body, b.kind as author_kind, p.created_at,
         ts_headline('italian_plain', left(p.words, 20000), (select query from asked), 'StartSel=${HIT.start}, StopSel=${HIT.stop}, MaxWords=40, MinWords=20, MaxFragments=2, FragmentDelimiter=" … "') as excerpt
    from page join posts p on p.id = page.id join threads t on t.id = p.thread_id join networks n on n.id = t.network_id
         join people a on a.id = p.author_id left join bodies b on b.id = p.body_id
   order by page.rank desc, page.id desc`;
}

const STATEMENTS = { words: statement(FOUND.words), near: statement(FOUND.near) };

export interface SearchOrder {
  q: string;
  network?: string | undefined;
  solved?: boolean | undefined;
  after?: [number, string] | undefined;
  limit: number;
}

/** Posts that the actor may read and that say this; where none does, those that say something alike. One row too many. */
export async function searchPosts(actor: Actor | null, { q, network, solved, after, limit }: SearchOrder): Promise<{ rows: HitRow[]; near: boolean }> {
  const values = [...reachValues(reachOf(actor)), q, network ?? null, solved ?? null, ...(after ?? [null, null]), limit + 1];
  const rows = await prepared<HitRow>('community-search-words', STATEMENTS.words, values);
  // A cursor with a negative rank is of a page of near misses
  if (rows.length > 0 || (after && after[0] >= 0)) return { rows, near: false };
  const typed = q.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length >= SHORTEST);
  return { rows: typed.length > 0 ? await prepared<HitRow>('community-search-near', STATEMENTS.near, [...values, typed]) : [], near: true };
}
