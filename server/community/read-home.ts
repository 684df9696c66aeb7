import type { BodyKind } from '../contract/territory.ts';
import { prepared } from '../database/prepared.ts';
import { notFound } from '../errors.ts';
import { recognised } from '../http/access.ts';
import type { Actor } from '../http/actor.ts';
import { EXPERTS_OF_NETWORK } from './experts/shown.ts';
import { CARD, type CardRow, CARDS } from './list-networks.ts';
import type { FoundNetwork } from './load-network.ts';
import { countCases } from './moderation/list-cases.ts';
import type { Network } from './network.ts';
import type { Standing } from './policy.ts';
import { MODERATES, READABLE, reachOf, reachValues, SUSPENDED_UNTIL, VISIBLE } from './reach.ts';

export interface Home extends FoundNetwork {
  card: CardRow;
  moderators: { id: string; name: string; body: string | null; kind: BodyKind | null }[];
  experts: { id: string; name: string; body: string | null; kind: BodyKind | null; answers: number }[];
  tags: { tag: string; threads: number }[];
  requests: number;
  cases: number;
}

const MOST_TAGS = 30;

/** One statement for all of it, and with a shape of its own for who moderates: a page that everybody opens is one look into the database. `$5`: may see experts. */
const HOME = `
  select ${CARD}, n.area_code, n.archived_at, n.hold_first, ${SUSPENDED_UNTIL} as suspended_until,
         (select json_agg(x) from (
            select p.id, p.given_name || ' ' || p.family_name as name, b.name as body, b.kind from roles r join people p on p.id = r.person_id left join bodies b on b.id = p.body_id
             where r.role = 'moderator' and r.scope_id = n.id and r.revoked_at is null and p.suspended_at is null order by p.family_name, p.id limit 20) x) as moderators,
         case when ${READABLE} then (select json_agg(x) from (select tag, threads from network_tags where network_id = n.id and threads > 0 order by threads desc, tag limit ${MOST_TAGS}) x) end as tags,
         case when $5::boolean and ${READABLE} then ${EXPERTS_OF_NETWORK} end as experts,
         case when ${MODERATES} then (select count(*)::int from network_members w where w.network_id = n.id and w.status = 'requested') end as requests
    from ${CARDS} where n.key = $4 and ${VISIBLE}`;

type About = { [K in 'moderators' | 'experts' | 'tags' | 'requests']: Home[K] | null };
type Row = CardRow & About & Pick<Network, 'area_code' | 'archived_at' | 'hold_first'> & Pick<Standing, 'suspended_until'>;

/** A network's first page. @throws AppError 404 */
export async function readHome(actor: Actor | null, key: string): Promise<Home> {
  const [row] = await prepared<Row>('network-home', HOME, [...reachValues(reachOf(actor)), key, recognised.allows(actor)]);
  if (!row) throw notFound();
  const { moderators, experts, tags, requests, area_code, archived_at, hold_first, suspended_until, ...card } = row;
  const { id, name, summary, joining, reading, membership, moderated } = card;
  return {
    network: { id, key, name, summary, area_code, joining, reading, archived_at, hold_first }, standing: { membership: membership?.status ?? null, moderates: moderated, suspended_until }, card,
    moderators: moderators ?? [], experts: experts ?? [], tags: tags ?? [], requests: requests ?? 0, cases: moderated && actor ? await countCases(actor, key) : 0,
  };
}
