import type { NetworkCard } from '../contract/community.ts';
import { prepared } from '../database/prepared.ts';
import type { Actor } from '../http/actor.ts';
import { MUTED, OWN_MEMBERSHIP, READ_SEQUENCE, READABLE, reachOf, reachValues, VISIBLE } from './reach.ts';

export type CardRow = Omit<NetworkCard, 'lastPostAt' | 'membership'> & { last_post_at: Date | null; membership: NetworkCard['membership'] };

const CARD = `select n.id, n.key, n.name, n.summary, n.area_code as area, n.joining, n.reading,
       (select count(*)::int from network_members x where x.network_id = n.id and x.status = 'active') as members,
       found.threads::int as threads, found.unanswered::int as unanswered, found.last_post_at,
       case when m.status = 'active' then (
         select count(*)::int from threads t left join thread_readings r on r.thread_id = t.id and r.person_id = $1::uuid
          where t.network_id = n.id and t.deleted_at is null and t.last_sequence > ${READ_SEQUENCE} and not ${MUTED}) end as unread,
       case when m.id is not null then json_build_object('status', m.status, 'reason', m.reason) end as membership
  from networks n ${OWN_MEMBERSHIP}
  left join lateral (
    select count(*) as threads, count(*) filter (where t.accepted_post_id is null and t.closed_at is null) as unanswered, max(t.last_post_at) as last_post_at
      from threads t where t.network_id = n.id and t.deleted_at is null) found on ${READABLE}`;

/** The networks that the actor may know of, by name. */
export async function listNetworks(actor: Actor | null): Promise<CardRow[]> {
  return prepared<CardRow>('networks-list', `${CARD} where ${VISIBLE} order by n.name`, reachValues(reachOf(actor)));
}

/** One of them. */
export async function readCard(actor: Actor | null, networkId: string): Promise<CardRow> {
  const [row] = await prepared<CardRow>('networks-card', `${CARD} where n.id = $4`, [...reachValues(reachOf(actor)), networkId]);
  if (!row) throw new Error('The network that was found is gone');
  return row;
}
