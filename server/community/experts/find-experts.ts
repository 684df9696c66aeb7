import type { ExpertQuery } from '../../contract/experts.ts';
import type { AreaCode } from '../../contract/common.ts';
import type { SearchFilters } from '../../contract/search.ts';
import { prepared } from '../../database/prepared.ts';
import type { Actor } from '../../http/actor.ts';
import type { Asked } from '../../words/ask.ts';
import { type Found, foundOf, nothingFound, totalled } from '../../words/found.ts';
import { nearIn } from '../../words/near.ts';
import { placedBody, PLACE, type PlacedBody, REGION } from '../practices/placed-body.ts';
import { OWN_MEMBERSHIP, READABLE, reachOf, reachValues } from '../reach.ts';
import { partsOfName } from '../search-filters.ts';
import { FINDABLE, readableNetworks, SHOWN, shows } from './shown.ts';

export interface ExpertRow {
  id: string;
  name: string;
  body: PlacedBody;
  competences: string[] | null;
  answers: { total: number; networks: { key: string; name: string; answers: number }[]; tags: { tag: string; answers: number }[] } | null;
  certificates: AreaCode[] | null;
}

export type ExpertHit = ExpertRow & { rank: number };

export type ExpertFilters = Pick<ExpertQuery, 'network' | 'province' | 'region'> & {
  /** Her own body, without those that it serves. */
  body?: string | undefined;
};

const BEGINNING = readableNetworks(OWN_MEMBERSHIP, READABLE);

/** Person `p` of body `b`, filtered: `$4` network, `$5` Province, `$6` region, `$7` body. A network that the reader may not read narrows to nobody. */
const FILTERS = `${FINDABLE} and ($4::text is null or exists (select from readable r join network_members x on x.network_id = r.id and x.person_id = p.id and x.status = 'active' where r.key = $4))
  and ($5::uuid is null or coalesce(mb.id, b.id) = $5) and ($6::text is null or ${REGION} = $6) and ($7::uuid is null or b.id = $7)`;

const filterValues = (actor: Actor, { network, province, region, body }: ExpertFilters): unknown[] => [...reachValues(reachOf(actor)), network ?? null, province ?? null, region ?? null, body ?? null];

const CARD = `p.id, p.given_name || ' ' || p.family_name as name, ${placedBody('p.body_id')} as body, ${SHOWN}`;

/** Whether what she shows says anything to this reader. */
const SHOWS_SOMETHING = `(
  (${shows('p.id', 'competences')} and exists (select from competences c where c.person_id = p.id))
  or (${shows('p.id', 'answers')} and exists (select from answer_counts c join readable r on r.id = c.network_id where c.person_id = p.id and c.tag = '' and c.answers > 0))
  or (${shows('p.id', 'certificates')} and exists (select from certificates c where c.person_id = p.id and not exists (select from certificate_revocations v where v.certificate_id = c.id))))`;

const NAME = `p.family_name collate "it-x-icu", p.given_name collate "it-x-icu", p.id`;

/** In the order of a telephone book, where nothing is asked for: this is no contest. */
const LIST = `
  with ${BEGINNING}
  select ${CARD}, p.family_name, p.given_name from people p join bodies b on b.id = p.body_id ${PLACE}
   where ${FILTERS} and exists (select from expertise_consents e where e.person_id = p.id) and ${SHOWS_SOMETHING}
     and ($8::text is null or (${NAME}) > ($8::text collate "it-x-icu", $9::text collate "it-x-icu", $10::uuid))
   order by ${NAME} limit $11`;

export type ListedRow = ExpertRow & { family_name: string; given_name: string };

/** Colleagues who show what they know; one row too many. */
export const listExperts = (actor: Actor, filters: ExpertFilters, after: [string, string, string] | undefined, limit: number): Promise<ListedRow[]> =>
  prepared<ListedRow>('experts-list', LIST, [...filterValues(actor, filters), ...(after ?? [null, null, null]), limit + 1]);

/** So many of the best are ranked: who finds more than these has to say more. */
const RANKED = 1000;

/** What people show, word by word: competences, what their answers were about, the areas of their certificates, and their names. @param those which of the words */
const said = (those: (words: string, search: string) => string): string => `
  select c.person_id, c.tag as words, 0 as answers from competences c where ${those('c.tag', 'c.search')} and ${shows('c.person_id', 'competences')}
  union all select c.person_id, c.tag, c.answers from answer_counts c join readable r on r.id = c.network_id where c.tag <> '' and c.answers > 0 and ${those('c.tag', 'c.search')} and ${shows('c.person_id', 'answers')}
  union all select c.person_id, r.name, c.answers from readable r join answer_counts c on c.network_id = r.id and c.tag = '' and c.answers > 0 where ${those('r.name', "to_tsvector('italian_plain', r.name)")} and ${shows('c.person_id', 'answers')}
  union all select distinct c.person_id, a.name_it, 0 from areas a join certificates c on c.area_code = a.code
    where ${those('a.name_it', "to_tsvector('italian_plain', a.name_it)")} and ${shows('c.person_id', 'certificates')} and not exists (select from certificate_revocations v where v.certificate_id = c.id)
  union all select p.id, p.given_name || ' ' || p.family_name, 0 from people p where exists (select from expertise_consents e where e.person_id = p.id) and plain(p.given_name || ' ' || p.family_name) like any ($13::text[])`;

const NEAR = nearIn('plain(words)', '$12');
const FOUND = {
  words: {
    said: said((_, search) => `${search} @@ (select any_of from asked)`), from: '(select) once', match: "to_tsvector('italian_plain', words) @@ (select query from asked)",
    // Who has answered more about it comes first
    rank: "(ts_rank(to_tsvector('italian_plain', words), (select query from asked)) + ln(1 + answers) / 10)",
  },
  near: { ...NEAR, said: said((words) => `exists (select from unnest($12::text[]) w where plain(w) <% plain(${words}))`) },
};

/** One statement: what is shown, and to whom, is inside it. */
const statement = ({ said: words, from, match, rank }: (typeof FOUND)['words']): string => `
  with asked as materialized (select websearch_to_tsquery('italian_plain', $8) as query, websearch_to_tsquery('italian_plain', $14) as any_of, $12::text[] as words),
  ${BEGINNING},
  told as materialized (select person_id, string_agg(distinct words, ' · ') as words, sum(answers) as answers from (${words}) said group by 1),
  found as materialized (
    select p.id, (${rank})::float8 as rank from ${from}, told join people p on p.id = told.person_id join bodies b on b.id = p.body_id ${PLACE} where ${match} and ${FILTERS} limit ${RANKED}),
  page as (select * from found where $9::float8 is null or (rank, id) < ($9, $10::uuid) order by rank desc, id desc limit $11)
  ${totalled(`select page.rank, ${CARD} from page join people p on p.id = page.id`)}`;

const STATEMENTS = { words: statement(FOUND.words), near: statement(FOUND.near) };

interface Order {
  asked: Asked;
  near: boolean;
  filters: ExpertFilters;
  after?: [number, string] | undefined;
  limit: number;
}

/** Colleagues who show that they know about this; one row too many. */
export async function findExperts(actor: Actor, { asked, near, filters, after, limit }: Order): Promise<Found<ExpertHit>> {
  const names = asked.words.flatMap(partsOfName).map((part) => part.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase());
  const values = [...filterValues(actor, filters), asked.text, ...(after ?? [null, null]), limit + 1, asked.words, names, asked.any];
  return foundOf(await prepared<ExpertHit & { total: number }>(`experts-search-${near ? 'near' : 'words'}`, STATEMENTS[near ? 'near' : 'words'], values));
}

/** The same within the search of everything: people have a network and a body, and none of the rest that narrows it. */
export async function searchPeople(actor: Actor, { filters: { network, body, ...others }, ...order }: Omit<Order, 'filters'> & { filters: SearchFilters }): Promise<Found<ExpertHit>> {
  return Object.values(others).some((filter) => filter !== undefined) ? nothingFound : findExperts(actor, { ...order, filters: { network, body } });
}
