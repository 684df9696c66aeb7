import type { CourseHit, SearchFilters } from '../contract/search.ts';
import { prepared } from '../database/prepared.ts';
import type { Asked } from '../words/ask.ts';
import { excerptIn } from '../words/excerpt.ts';
import { type Found, foundOf, nothingFound, totalled } from '../words/found.ts';
import { nearIn } from '../words/near.ts';

export type CourseHitRow = Omit<CourseHit, 'excerpt'> & { id: string; rank: number; excerpt: string };

const FOUND = {
  words: { from: '(select) once', match: 'v.search @@ query', rank: 'ts_rank(v.search, query)' },
  near: nearIn('v.search_words', '$5'),
};

const statement = ({ from, match, rank }: (typeof FOUND)['words']): string => `
  with asked as materialized (select websearch_to_tsquery('italian_plain', $1) as query, $5::text[] as words),
  found as materialized (
    select c.id, (${rank})::float8 as rank from asked, ${from}, course_versions v join courses c on c.current_version_id = v.id where ${match} and c.withdrawn_at is null),
  page as (select * from found where $2::float8 is null or (rank, id) < ($2, $3::uuid) order by rank desc, id desc limit $4)
  ${totalled(`
  select c.id, page.rank, c.key, v.title, c.area_code as area, v.level, v.modality, v.minutes,
         ${excerptIn("concat_ws(' · ', v.summary, array_to_string(v.objectives, ' · '))", '(select query from asked)')} as excerpt
    from page join courses c on c.id = page.id join course_versions v on v.id = c.current_version_id`)}`;

const STATEMENTS = { words: statement(FOUND.words), near: statement(FOUND.near) };

interface Order {
  asked: Asked;
  near: boolean;
  filters?: SearchFilters;
  after?: [number, string] | undefined;
  limit: number;
}

/** Courses of the catalogue, which everybody may read, by what they and their lessons say; one row too many. They belong to no network, and nobody wrote them: no filter fits. */
export async function findCoursesByWords({ asked, near, filters = {}, after, limit }: Order): Promise<Found<CourseHitRow>> {
  if (Object.values(filters).some((filter) => filter !== undefined)) return nothingFound;
  const values = [near ? asked.words.join(' ') : asked.text, ...(after ?? [null, null]), limit + 1, asked.words];
  return foundOf(await prepared<CourseHitRow & { total: number }>(`courses-search-${near ? 'near' : 'words'}`, STATEMENTS[near ? 'near' : 'words'], values));
}
