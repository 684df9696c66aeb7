import type { SearchFilters } from '../contract/search.ts';
import { prepared } from '../database/prepared.ts';
import type { Actor } from '../http/actor.ts';
import type { Asked } from '../words/ask.ts';
import { excerptIn } from '../words/excerpt.ts';
import { type Found, foundOf, totalled } from '../words/found.ts';
import { nearIn } from '../words/near.ts';
import { OWN_MEMBERSHIP, READABLE, reachOf, reachValues } from './reach.ts';
import { filtersAt, filterValues } from './search-filters.ts';
import type { WrittenBy } from './written-by.ts';

export interface HitRow extends WrittenBy {
  id: string;
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

/** Slice by slice from the newest: the nested query cannot be turned into a join, so the limit ends the walk. */
const SLICES = `generate_series((select max(ordinal) from posts) / ${SLICE}, 0, -1) slice`;

const NEAR = nearIn('p.near', '$10');
const FOUND = {
  words: {
    from: SLICES, match: `p.ordinal / ${SLICE} = slice and p.search @@ (select query from asked)`,
    rank: 'ts_rank(p.search, (select query from asked)) * case when t.accepted_post_id = p.id then 2 when t.accepted_post_id is not null then 1.5 else 1 end', query: "websearch_to_tsquery('italian_plain', $4)",
  },
  // The parameter with the words must stand somewhere
  near: { ...NEAR, query: "plainto_tsquery('italian_plain', $4)" },
};

const MORE = filtersAt(11);
const FILTERS = `${MORE.body('p.body_id')} and ${MORE.author('p.author_id')} and ${MORE.days('p.created_at')} and ($15::text is null or t.tags @> array[$15])
  and ($16::boolean is null or exists (select from posts d where d.thread_id = t.id and d.documents > 0 and d.deleted_at is null))`;

/** One statement: permission is inside it. An accepted answer, then the rest of a solved thread, weigh more. What is not filtered costs nothing. */
function statement({ from, match, rank, query }: (typeof FOUND)['words'], filtered: boolean, counted: boolean): string {
  const page = `
  select page.id, page.rank, t.number, t.title, t.accepted_post_id is not null as solved, t.last_sequence, t.moved_away, n.key as network_key, n.name as network_name,
         p.sequence, coalesce(t.accepted_post_id = p.id, false) as accepted, p.author_id, a.given_name || ' ' || a.family_name as author_name, b.name as author_body, b.kind as author_kind, p.created_at,
         ${excerptIn('p.words', '(select query from asked)')} as excerpt
    from page join posts p on p.id = page.id join threads t on t.id = p.thread_id join networks n on n.id = t.network_id
         join people a on a.id = p.author_id left join bodies b on b.id = p.body_id
   order by page.rank desc, page.id desc`;
  return `
  with asked as materialized (select ${query} as query${filtered ? ', $10::text[] as words' : ''}),
  readable as materialized (select n.id from networks n ${OWN_MEMBERSHIP} where ${READABLE} and ($5::text is null or n.key = $5)),
  found as materialized (
    select hit.id, hit.rank from ${from}, lateral (
      select p.id, (${rank})::float8 as rank from posts p join threads t on t.id = p.thread_id
       where ${match} and p.deleted_at is null and t.deleted_at is null and t.network_id = any(array(select id from readable)) and ($6::boolean is null or (t.accepted_post_id is not null) = $6)
       ${filtered ? `and ${FILTERS}` : ''}
      offset 0) hit
     limit ${RANKED}),
  page as (select * from found where $7::float8 is null or (rank, id) < ($7, $8::uuid) order by rank desc, id desc limit $9)
  ${counted ? totalled(page) : page}`;
}

const STATEMENTS = new Map<string, string>();
function statementFor(kind: keyof typeof FOUND, filtered: boolean, counted: boolean): [name: string, text: string] {
  const name = `community-search-${kind}${filtered ? '-filtered' : ''}${counted ? '-counted' : ''}`;
  const text = STATEMENTS.get(name) ?? statement(FOUND[kind], filtered, counted);
  STATEMENTS.set(name, text);
  return [name, text];
}

export interface SearchOrder {
  asked: Asked;
  /** By words that look alike. */
  near: boolean;
  filters?: SearchFilters;
  after?: [number, string] | undefined;
  limit: number;
  /** Also how many there are. */
  counted?: boolean;
}

/** Posts that the actor may read and that say this; one row too many. */
export async function searchPosts(actor: Actor | null, { asked, near, filters = {}, after, limit, counted = false }: SearchOrder): Promise<Found<HitRow>> {
  const { network, solved, tag, document } = filters;
  const filtered = [tag, document, filters.body, filters.author, filters.from, filters.to].some((filter) => filter !== undefined);
  const values = [...reachValues(reachOf(actor)), near ? asked.words.join(' ') : asked.text, network ?? null, solved === undefined ? null : solved === 'true', ...(after ?? [null, null]), limit + 1];
  const more = filtered ? [asked.words, ...filterValues(filters), tag?.toLowerCase() ?? null, document ? true : null] : near ? [asked.words] : [];
  return foundOf(await prepared<HitRow & { total?: number; id: string }>(...statementFor(near ? 'near' : 'words', filtered, counted), [...values, ...more]));
}
