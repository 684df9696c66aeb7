/** Whether person `who` shows this of herself. Every query asks: a consent withdrawn is gone from the next answer on. */
export const shows = (who: string, what: 'competences' | 'answers' | 'certificates'): string => `exists (select from expertise_consents e where e.person_id = ${who} and e.what = '${what}')`;

/** Whether person `p` can be found at all. */
export const FINDABLE = 'p.confirmed_at is not null and p.suspended_at is null and p.body_id is not null';

/** So many on a network's first page. */
const FEW = 5;

/** Who has solved most in network `n`, as JSON, of those who show it. */
export const EXPERTS_OF_NETWORK = `(
  select json_agg(x) from (
    select p.id, p.given_name || ' ' || p.family_name as name, b.name as body, b.kind, c.answers from answer_counts c join people p on p.id = c.person_id join bodies b on b.id = p.body_id
     where c.network_id = n.id and c.tag = '' and c.answers > 0 and ${FINDABLE} and ${shows('p.id', 'answers')} order by c.answers desc, p.id limit ${FEW}) x)`;

/** Networks that the reader may read, for a statement that begins with `reachValues`: of the others not even a count is told. */
export const readableNetworks = (own: string, readable: string): string => `readable as materialized (select n.id, n.key, n.name from networks n ${own} where ${readable} and n.archived_at is null)`;

const TAGS_SHOWN = 5;

/** What person `p` shows, null for what she does not; beside `readable`. */
export const SHOWN = `
  case when ${shows('p.id', 'competences')} then coalesce((select json_agg(c.tag order by c.position) from competences c where c.person_id = p.id), '[]') end as competences,
  case when ${shows('p.id', 'answers')} then json_build_object(
    'total', coalesce((select sum(c.answers)::int from answer_counts c join readable r on r.id = c.network_id where c.person_id = p.id and c.tag = ''), 0),
    'networks', coalesce((select json_agg(json_build_object('key', r.key, 'name', r.name, 'answers', c.answers) order by c.answers desc, r.name) from answer_counts c join readable r on r.id = c.network_id where c.person_id = p.id and c.tag = '' and c.answers > 0), '[]'),
    'tags', coalesce((select json_agg(x) from (
      select c.tag, sum(c.answers)::int as answers from answer_counts c join readable r on r.id = c.network_id where c.person_id = p.id and c.tag <> '' and c.answers > 0 group by 1 order by 2 desc, 1 limit ${TAGS_SHOWN}) x), '[]')) end as answers,
  case when ${shows('p.id', 'certificates')} then coalesce((
    select json_agg(distinct c.area_code) from certificates c where c.person_id = p.id and not exists (select from certificate_revocations v where v.certificate_id = c.id)), '[]') end as certificates`;
