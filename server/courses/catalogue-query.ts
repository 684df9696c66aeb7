import type { CatalogueSort } from '../contract/courses.ts';
import { SEATS_TAKEN } from './seats-taken.ts';

/** With fewer courses than this under the words as they were typed, near misses are looked for. */
const FEW = 3;

/** "apalti" and "appalti" are 0.86 alike, "codise" and "codice" 0.57. */
const ALIKE = 0.5;

/** A course found by its words, or, where few are, by words that look alike: those always come after. */
const FOUND = `
  strict as (
    select c.id, ts_rank(v.search, query) as rank
      from websearch_to_tsquery('italian_plain', $13) query, course_versions v join courses c on c.current_version_id = v.id
     where v.search @@ query),
  near as (
    select c.id, (word_similarity(plain($13), v.search_words) - 2)::float4 as rank
      from course_versions v join courses c on c.current_version_id = v.id
     where (select count(*) from strict) < ${FEW} and cardinality($14::text[]) > 0
       and not exists (select 1 from unnest($14::text[]) word where word_similarity(plain(word), v.search_words) < ${ALIKE})
       and c.id not in (select id from strict)),
  found as (select * from strict union all select * from near),`;

/** What orders the page and where the next one begins, ascending. */
const KEYS: Record<CatalogueSort, { key: string; cast: string }> = {
  relevance: { key: '-rank', cast: 'float4' },
  start: { key: `coalesce(starts_on, 'infinity')`, cast: 'date' },
  title: { key: 'sort_title', cast: 'text' },
};

/** Every filter, and which choice each leaves out when it counts its own. */
const FILTERS = ['in_area', 'in_level', 'in_modality', 'in_hours', 'in_dates', 'in_open'];
const all = FILTERS.join(' and ');
const others = (own: string) => FILTERS.filter((filter) => filter !== own).join(' and ');
const counts = (column: string, own: string) =>
  `coalesce((select json_object_agg(${column}, n) from (select ${column}, count(*)::int as n from course where ${others(own)} group by 1) g), '{}')`;

function statement(sort: CatalogueSort, words: boolean): string {
  const { key, cast } = KEYS[sort];
  return `
with ${words ? FOUND : ''}
  -- One pass over the editions to which one can, or will be able to, enrol
  coming as (
    select e.course_id, min(e.starts_on) as starts_on, bool_or(e.enrol_from <= $1) as is_open,
           bool_or(($7::date is null or e.starts_on >= $7) and ($8::date is null or e.starts_on <= $8)) as in_dates
      from editions e
     where e.published_at is not null and e.cancelled_at is null and e.enrol_until >= $1
     group by 1),
  course as materialized (
    select c.id, c.key, c.area_code, v.id as version_id, v.sort_title, v.level, v.modality, o.starts_on, coalesce(o.is_open, false) as is_open, ${words ? 'f.rank' : '0::float4'} as rank,
           ($2::text[] is null or c.area_code = any($2)) as in_area,
           ($3::text[] is null or v.level = any($3)) as in_level,
           ($4::text[] is null or v.modality = any($4)) as in_modality,
           ($5::int is null or v.minutes >= $5) and ($6::int is null or v.minutes <= $6) as in_hours,
           ($7::date is null and $8::date is null) or coalesce(o.in_dates, false) as in_dates,
           not $9::bool or coalesce(o.is_open, false) as in_open
      from courses c join course_versions v on v.id = c.current_version_id
           ${words ? 'join found f on f.id = c.id' : ''} left join coming o on o.course_id = c.id
     where c.withdrawn_at is null),
  page as (
    select *, ${key} as sort_key from course
     where ${all} and ($11::uuid is null or (${key}, id) > ($10::${cast}, $11))
     order by sort_key, id limit $12 + 1)
select (select count(*)::int from course where ${all}) as total,
       json_build_object('area', ${counts('area_code', 'in_area')}, 'level', ${counts('level', 'in_level')}, 'modality', ${counts('modality', 'in_modality')},
                         'open', (select count(*)::int from course where is_open and ${others('in_open')})) as facets,
       coalesce((select json_agg(json_build_object(
           'id', p.id, 'sortKey', p.sort_key, 'key', p.key, 'title', v.title, 'summary', v.summary, 'area', p.area_code, 'level', p.level, 'modality', p.modality, 'minutes', v.minutes,
           'lessons', (select count(*)::int from lessons l where l.version_id = p.version_id), 'next', n.edition) order by p.sort_key, p.id)
         from page p join course_versions v on v.id = p.version_id
         left join lateral (
           select json_build_object('code', e.code, 'startsOn', e.starts_on, 'endsOn', e.ends_on, 'enrolFrom', e.enrol_from, 'enrolUntil', e.enrol_until, 'open', e.enrol_from <= $1,
             'seatsLeft', case when e.seats is not null then greatest(e.seats - (${SEATS_TAKEN}), 0) end) as edition
             from editions e
            where e.course_id = p.id and e.published_at is not null and e.cancelled_at is null and e.enrol_until >= $1
            order by e.starts_on, e.id limit 1) n on true), '[]') as items`;
}

/**
 * The catalogue in one statement: a page, the total and the counts of the facets. Parameters: day, areas, levels, modalities, least and
 * most minutes, from, to, open only, cursor's key and id, limit, and for a search its text and its words.
 */
export const CATALOGUE: Record<string, string> = Object.fromEntries(
  (['relevance', 'start', 'title'] as const).flatMap((sort) => [[`catalogue-${sort}`, statement(sort, false)], [`catalogue-${sort}-words`, statement(sort, true)]]),
);
