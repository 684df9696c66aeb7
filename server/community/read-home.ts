import type { BodyKind } from '../contract/territory.ts';
import { database } from '../database/connection.ts';
import type { Actor } from '../http/actor.ts';
import { type CardRow, readCard } from './list-networks.ts';
import { type FoundNetwork, loadNetwork } from './load-network.ts';
import { countCases } from './moderation/list-cases.ts';
import { mayRead } from './policy.ts';

export interface Home extends FoundNetwork {
  card: CardRow;
  moderators: { id: string; name: string; body: string | null; kind: BodyKind | null }[];
  tags: { tag: string; threads: number }[];
  requests: number;
  cases: number;
}

const MOST_TAGS = 30;

/** A network's first page. @throws AppError 404 */
export async function readHome(actor: Actor | null, key: string): Promise<Home> {
  const found = await loadNetwork(actor, key);
  const { network: { id }, standing } = found;
  const [card, moderators, tags, requests, cases] = await Promise.all([
    readCard(actor, id),
    database().raw<{ rows: Home['moderators'] }>(
      `select p.id, p.given_name || ' ' || p.family_name as name, b.name as body, b.kind from roles r join people p on p.id = r.person_id left join bodies b on b.id = p.body_id
        where r.role = 'moderator' and r.scope_id = ? and r.revoked_at is null and p.suspended_at is null order by p.family_name, p.id limit 20`, [id]),
    mayRead(found.network, standing)
      ? database().raw<{ rows: { tag: string; threads: number }[] }>(
        'select tag, count(*)::int as threads from threads t, unnest(t.tags) tag where t.network_id = ? and t.deleted_at is null group by tag order by 2 desc, 1 limit ?', [id, MOST_TAGS])
      : { rows: [] },
    standing.moderates ? database()('network_members').where({ network_id: id, status: 'requested' }).count({ n: '*' }).first() : undefined,
    standing.moderates && actor ? countCases(actor, key) : 0,
  ]);
  return { ...found, card, moderators: moderators.rows, tags: tags.rows, requests: Number((requests as { n: number } | undefined)?.n ?? 0), cases };
}
