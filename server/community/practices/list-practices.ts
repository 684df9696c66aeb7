import type { PracticeFilters, PracticeStage, PracticeView } from '../../contract/practices.ts';
import { prepared } from '../../database/prepared.ts';
import type { Actor } from '../../http/actor.ts';
import { alikeIn } from '../../words/near.ts';
import { MODERATES, OWN_MEMBERSHIP, reachOf, reachValues } from '../reach.ts';
import { PLACE, placedBody, REGION, type PlacedBody } from './placed-body.ts';
import { KNOWN } from './reach.ts';

export interface PracticeRow {
  id: string;
  number: number;
  title: string;
  tags: string[];
  solution: string;
  stage: PracticeStage | null;
  superseded: boolean;
  author_id: string;
  author_name: string;
  body: PlacedBody;
  network_key: string;
  network_name: string;
  published_at: Date | null;
  changed_at: Date;
  adoptions: number;
  /** The moment by which it is sorted, with its microseconds. */
  sorted: string;
}

/** The words of a working copy: of these there are few, and no index. PostgreSQL itself leaves HTML's tags out. */
const WORK_SEARCH = "to_tsvector('italian_plain', p.title || ' ' || array_to_string(p.tags, ' ') || ' ' || (p.content->>'solution') || ' ' || (p.content->>'problem'))";

/** Which sheets a view shows; of which words (the published ones, or the working copy); newest first, but what waits is answered in its order. */
const VIEWS: Record<PracticeView, { shows: string; words: 'v' | 'p'; search: string; near: string; by: string; order: 'asc' | 'desc' }> = {
  published: { shows: 'p.superseded_by is null and v.id is not null', words: 'v', search: 'v.search', near: 'v.near', by: 'v.published_at', order: 'desc' },
  superseded: { shows: 'p.superseded_by is not null and v.id is not null', words: 'v', search: 'v.search', near: 'v.near', by: 'v.published_at', order: 'desc' },
  mine: { shows: 'p.author_id = $1::uuid', words: 'p', search: WORK_SEARCH, near: 'plain(p.title)', by: 'p.changed_at', order: 'desc' },
  review: { shows: `p.stage = 'review' and ${MODERATES}`, words: 'p', search: WORK_SEARCH, near: 'plain(p.title)', by: 'p.submitted_at', order: 'asc' },
};

/** Sheets `p` of a view, filtered; after the reach: `$4` words, `$5` network, `$6` theme, `$7` region, `$8` body, `$9` words that it is alike to. */
export const matching = (view: PracticeView): string => `
    from practices p join networks n on n.id = p.network_id ${OWN_MEMBERSHIP} left join practice_versions v on v.id = p.version_id join bodies b on b.id = p.body_id ${PLACE}
   where ${KNOWN} and ${VIEWS[view].shows}
     and ($4::text is null or ${VIEWS[view].search} @@ websearch_to_tsquery('italian_plain', $4))
     and ($5::text is null or n.key = $5) and ($6::text is null or ${VIEWS[view].words}.tags @> array[$6]) and ($7::text is null or ${REGION} = $7) and ($8::uuid is null or p.body_id = $8)
     and ($9::text[] is null or ${alikeIn(VIEWS[view].near, '$9')})`;

/** What is looked for: what was typed and its other names, or what looks alike. */
export interface PracticeWordsAsked {
  text: string | null;
  alike: string[] | null;
}

export const NO_WORDS: PracticeWordsAsked = { text: null, alike: null };

export const filterValues = (actor: Actor | null, { network, tag, region, body }: Omit<PracticeFilters, 'q'>, { text, alike }: PracticeWordsAsked): unknown[] =>
  [...reachValues(reachOf(actor)), text, network ?? null, tag?.toLowerCase() ?? null, region ?? null, body ?? null, alike];

function statement(view: PracticeView): string {
  const { words, by, order } = VIEWS[view];
  return `
  with page as materialized (
    select p.id, p.number, ${words}.title, ${words}.tags, left(${words}.content->>'solution', 3000) as solution, p.stage, p.superseded_by is not null as superseded, p.author_id, p.body_id, n.key as network_key, n.name as network_name,
           v.published_at, p.changed_at, ${by} as sort ${matching(view)}
       and ($10::timestamptz is null or (${by}, p.id) ${order === 'desc' ? '<' : '>'} ($10, $11::uuid))
     order by ${by} ${order}, p.id ${order} limit $12)
  select page.*, page.sort::text as sorted, ${placedBody('page.body_id')} as body, a.given_name || ' ' || a.family_name as author_name,
         (select count(*)::int from practice_adoptions d where d.practice_id = page.id and d.withdrawn_at is null) as adoptions
    from page join people a on a.id = page.author_id order by page.sort ${order}, page.id ${order}`;
}

const STATEMENTS = Object.fromEntries((['published', 'superseded', 'mine', 'review'] as const).map((view) => [view, { page: statement(view), count: `select count(*)::int as total ${matching(view)}` }]));

/** Sheets that the actor may know of, one row too many, and how many there are in all. */
export async function listPractices(actor: Actor | null, filters: Omit<PracticeFilters, 'q'>, words: PracticeWordsAsked, after: [string, string] | undefined, limit: number): Promise<{ rows: PracticeRow[]; total: number }> {
  const { page = '', count = '' } = STATEMENTS[filters.view] ?? {};
  const values = filterValues(actor, filters, words);
  const [rows, [counted]] = await Promise.all([
    prepared<PracticeRow>(`practices-${filters.view}`, page, [...values, ...(after ?? [null, null]), limit + 1]),
    prepared<{ total: number }>(`practices-${filters.view}-count`, count, values),
  ]);
  return { rows, total: counted?.total ?? 0 };
}
