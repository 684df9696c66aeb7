import { bodyTitle } from '../../contract/body-name.ts';
import type { PracticeFilters, PracticeOverview, PracticePlace } from '../../contract/practices.ts';
import type { BodyKind } from '../../contract/territory.ts';
import { prepared } from '../../database/prepared.ts';
import { type Actor, holds, holdsSomewhere } from '../../http/actor.ts';
import { filterValues, listPractices, matching, NO_WORDS } from './list-practices.ts';
import { PLACE, REGION } from './placed-body.ts';
import { understandWords } from './understand-words.ts';

const places = (view: PracticeFilters['view']): string => `
  with found as (select p.id, p.body_id ${matching(view)})
  select mb.id, mb.name, coalesce(mb.abbreviation, '') as abbreviation, count(distinct x.practice_id) filter (where x.contributed)::int as contributed, count(distinct x.practice_id) filter (where not x.contributed)::int as adopted
    from (select found.id as practice_id, found.body_id, true as contributed from found
          union all select d.practice_id, d.body_id, false from practice_adoptions d join found on found.id = d.practice_id where d.withdrawn_at is null) x
         join bodies b on b.id = x.body_id ${PLACE}
   where mb.id is not null group by mb.id order by mb.name`;

const PLACES = { published: places('published'), superseded: places('superseded') };

/** What the filters offer: of all that is published where the reader may read. */
const CHOICES = `
  with found as (select v.tags, n.key, n.name as network, b.id as body_id, b.name as body, b.kind, ${REGION} as region ${matching('published')})
  select (select coalesce(json_agg(x order by x.name), '[]') from (select distinct key, network as name from found) x) as networks,
         (select coalesce(array_agg(distinct tag order by tag), '{}') from found, unnest(tags) tag) as tags,
         (select coalesce(array_agg(distinct region order by region) filter (where region is not null), '{}') from found) as regions,
         (select coalesce(json_agg(x order by x.name), '[]') from (select distinct body_id as id, body as name, kind from found) x) as bodies`;

interface Choices {
  networks: PracticeOverview['networks'];
  tags: string[];
  regions: string[];
  bodies: { id: string; name: string; kind: BodyKind }[];
}

/** The map of the sheets that were asked for, and what else could be asked for. A reviewer also learns how many wait. */
export async function readOverview(actor: Actor | null, filters: PracticeFilters): Promise<PracticeOverview> {
  const { view } = filters;
  const moderates = holds(actor, 'admin') || holdsSomewhere(actor, 'moderator');
  const { words } = await understandWords(actor, filters);
  const [found, [choices], waiting] = await Promise.all([
    view === 'published' || view === 'superseded' ? prepared<PracticePlace>(`practices-places-${view}`, PLACES[view], filterValues(actor, filters, words)) : [],
    prepared<Choices>('practices-choices', CHOICES, filterValues(actor, { view: 'published' }, NO_WORDS)),
    moderates ? listPractices(actor, { view: 'review' }, NO_WORDS, undefined, 1) : null,
  ]);
  const { networks = [], tags = [], regions = [], bodies = [] } = choices ?? {};
  return { places: found, networks, tags, regions, bodies: bodies.map(({ id, name, kind }) => ({ id, title: bodyTitle({ name, kind }) })), toReview: waiting ? waiting.total : null };
}
