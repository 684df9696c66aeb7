import type { NetworkCard } from '../contract/community.ts';
import { prepared } from '../database/prepared.ts';
import type { Actor } from '../http/actor.ts';
import { MODERATES, MUTED, OWN_MEMBERSHIP, READ_SEQUENCE, READABLE, reachOf, reachValues, VISIBLE } from './reach.ts';

export type CardRow = Omit<NetworkCard, 'lastPostAt' | 'membership'> & { last_post_at: Date | null; membership: NetworkCard['membership'] };

/** Beyond so many new ones it is cheaper to count the old ones. */
const FEW = 500;

/** A thread that has a post after she marked all as read, unless she has read it to its end. */
const UNREAD = `(
  select case when newer.threads < ${FEW} then newer.threads
              -- Without this mark nothing is old
              else coalesce(c.threads, 0) - (select count(*)::int from threads t where t.network_id = n.id and t.deleted_at is null and t.last_post_at <= m.read_until) end
    from (select count(*)::int as threads from (
            select from threads t where t.network_id = n.id and t.deleted_at is null and t.last_post_at > coalesce(m.read_until, '-infinity') limit ${FEW}) few) newer)
  - (select count(*)::int from thread_readings r, lateral (
       -- One look for each of hers: never through all threads
       select from threads t where t.id = r.thread_id and t.network_id = n.id and t.deleted_at is null and t.last_post_at > coalesce(m.read_until, '-infinity') and r.sequence >= t.last_sequence offset 0) whole
      where r.person_id = $1::uuid)`;

/** By the index of the list, where the pinned ones lead: the first of all, or of those that are not pinned. */
const newest = (which: string) => `(
  select t.last_post_at from threads t where t.network_id = n.id and t.deleted_at is null and ${which}
   order by (t.pinned_at is not null) desc, t.last_post_at desc, t.id desc limit 1)`;

/** Whoever mutes something has hers counted one by one: what is muted is not unread to her. */
const MUTES = "exists (select from notification_levels q where q.person_id = $1::uuid and q.level = 'muted')";
const UNREAD_HEARD = `(
  select count(*)::int from threads t left join thread_readings r on r.thread_id = t.id and r.person_id = $1::uuid
   where t.network_id = n.id and t.deleted_at is null and t.last_sequence > ${READ_SEQUENCE} and not ${MUTED})`;

/** What a card shows, for a statement over `CARDS`. Nothing here grows with the network: its threads are counted when they change (migration). */
export const CARD = `n.id, n.key, n.name, n.summary, n.area_code as area, n.joining, n.reading, coalesce(c.members, 0) as members,
       case when ${READABLE} then coalesce(c.threads, 0) end as threads, case when ${READABLE} then coalesce(c.unanswered, 0) end as unanswered,
       case when ${READABLE} then greatest(${newest('true')}, ${newest("((t.pinned_at is not null), t.last_post_at, t.id) < (true, '-infinity', '00000000-0000-0000-0000-000000000000')")}) end as last_post_at,
       case when m.status = 'active' then case when ${MUTES} then ${UNREAD_HEARD} else ${UNREAD} end end as unread,
       case when m.id is not null then json_build_object('status', m.status, 'reason', m.reason) end as membership, ${MODERATES} as moderated`;

export const CARDS = `networks n left join network_counts c on c.network_id = n.id ${OWN_MEMBERSHIP}`;

/** The networks that the actor may know of, by name. */
export async function listNetworks(actor: Actor | null): Promise<CardRow[]> {
  return prepared<CardRow>('networks-list', `select ${CARD} from ${CARDS} where ${VISIBLE} order by n.name`, reachValues(reachOf(actor)));
}
