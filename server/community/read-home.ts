import type { BodyKind } from '../contract/territory.ts';
import { prepared } from '../database/prepared.ts';
import { recognised } from '../http/access.ts';
import type { Actor } from '../http/actor.ts';
import { EXPERTS_OF_NETWORK } from './experts/shown.ts';
import { type CardRow, readCard } from './list-networks.ts';
import { type FoundNetwork, loadNetwork } from './load-network.ts';
import { countCases } from './moderation/list-cases.ts';
import { mayRead } from './policy.ts';

export interface Home extends FoundNetwork {
  card: CardRow;
  moderators: { id: string; name: string; body: string | null; kind: BodyKind | null }[];
  experts: { id: string; name: string; body: string | null; kind: BodyKind | null; answers: number }[];
  tags: { tag: string; threads: number }[];
  requests: number;
  cases: number;
}

const MOST_TAGS = 30;

const ABOUT = `
  select (select json_agg(x) from (
            select p.id, p.given_name || ' ' || p.family_name as name, b.name as body, b.kind from roles r join people p on p.id = r.person_id left join bodies b on b.id = p.body_id
             where r.role = 'moderator' and r.scope_id = $1 and r.revoked_at is null and p.suspended_at is null order by p.family_name, p.id limit 20) x) as moderators,
         case when $2::boolean then (select json_agg(x) from (select tag, threads from network_tags where network_id = $1 and threads > 0 order by threads desc, tag limit ${MOST_TAGS}) x) end as tags,
         case when $4::boolean then ${EXPERTS_OF_NETWORK} end as experts,
         case when $3::boolean then (select count(*)::int from network_members where network_id = $1 and status = 'requested') end as requests`;

type About = { [K in 'moderators' | 'experts' | 'tags' | 'requests']: Home[K] | null };

/** A network's first page. @throws AppError 404 */
export async function readHome(actor: Actor | null, key: string): Promise<Home> {
  const found = await loadNetwork(actor, key);
  const { network: { id }, standing } = found;
  const [card, [about], cases] = await Promise.all([
    readCard(actor, id), prepared<About>('network-about', ABOUT, [id, mayRead(found.network, standing), standing.moderates, mayRead(found.network, standing) && recognised.allows(actor)]), standing.moderates && actor ? countCases(actor, key) : 0,
  ]);
  return { ...found, card, moderators: about?.moderators ?? [], experts: about?.experts ?? [], tags: about?.tags ?? [], requests: about?.requests ?? 0, cases };
}
