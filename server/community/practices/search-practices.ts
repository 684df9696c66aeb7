import { prepared } from '../../database/prepared.ts';
import type { Actor } from '../../http/actor.ts';
import { excerptIn } from '../../words/excerpt.ts';
import { type Found, foundOf, nothingFound, totalled } from '../../words/found.ts';
import { nearIn } from '../../words/near.ts';
import { OWN_MEMBERSHIP, READABLE, reachOf, reachValues } from '../reach.ts';
import { filtersAt, filterValues } from '../search-filters.ts';
import type { SearchOrder } from '../search-posts.ts';
import type { WrittenBy } from '../written-by.ts';

export interface PracticeHitRow extends WrittenBy {
  id: string;
  rank: number;
  number: number;
  title: string;
  tags: string[];
  network_key: string;
  network_name: string;
  published_at: Date;
  adoptions: number;
  excerpt: string;
}

/** So many of the best are ranked: who finds more than these has to say more. */
const RANKED = 1000;

const FOUND = {
  words: { from: '(select) once', match: 'v.search @@ query', rank: 'ts_rank(v.search, query)' },
  near: nearIn('v.near', '$9'),
};

const FILTERS = filtersAt(10);

/** What everybody reads of a sheet that nothing has superseded. One statement: permission is inside it. */
const statement = ({ from, match, rank }: (typeof FOUND)['words']): string => `
  with asked as materialized (select websearch_to_tsquery('italian_plain', $4) as query, $9::text[] as words),
  found as materialized (
    select p.id, (${rank})::float8 as rank
      from asked, ${from}, practice_versions v join practices p on p.version_id = v.id join networks n on n.id = p.network_id ${OWN_MEMBERSHIP}
     where ${match} and p.deleted_at is null and p.superseded_by is null and ${READABLE} and ($5::text is null or n.key = $5)
       and ${FILTERS.body('p.body_id')} and ${FILTERS.author('p.author_id')} and ${FILTERS.days('v.published_at')} and ($14::text is null or v.tags @> array[$14]) limit ${RANKED}),
  page as (select * from found where $6::float8 is null or (rank, id) < ($6, $7::uuid) order by rank desc, id desc limit $8)
  ${totalled(`
  select p.id, page.rank, p.number, v.title, v.tags, n.key as network_key, n.name as network_name, v.published_at, p.author_id, a.given_name || ' ' || a.family_name as author_name, b.name as author_body, b.kind as author_kind,
         (select count(*)::int from practice_adoptions d where d.practice_id = p.id and d.withdrawn_at is null) as adoptions,
         ${excerptIn("words_of(concat_ws(' … ', v.content->>'solution', v.content->>'problem'))", '(select query from asked)')} as excerpt
    from page join practices p on p.id = page.id join practice_versions v on v.id = p.version_id join networks n on n.id = p.network_id join people a on a.id = p.author_id left join bodies b on b.id = p.body_id`)}`;

const STATEMENTS = { words: statement(FOUND.words), near: statement(FOUND.near) };

/** Published best practices that the actor may read and that say this; one row too many. They are not solved and carry no documents. */
export async function searchPractices(actor: Actor | null, { asked, near, filters = {}, after, limit }: SearchOrder): Promise<Found<PracticeHitRow>> {
  if (filters.solved !== undefined || filters.document !== undefined) return nothingFound;
  const values = [...reachValues(reachOf(actor)), near ? asked.words.join(' ') : asked.text, filters.network ?? null, ...(after ?? [null, null]), limit + 1, asked.words, ...filterValues(filters), filters.tag?.toLowerCase() ?? null];
  return foundOf(await prepared<PracticeHitRow & { total: number }>(`practices-search-${near ? 'near' : 'words'}`, STATEMENTS[near ? 'near' : 'words'], values));
}
