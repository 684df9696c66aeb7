import type { MembershipStatus, Reading } from '../contract/community.ts';
import { prepared } from '../database/prepared.ts';
import { conflict, forbidden, notFound } from '../errors.ts';
import type { Actor } from '../http/actor.ts';
import type { Network } from './network.ts';
import { requireWriting } from './moderation/suspension.ts';
import { mayWrite, type Standing } from './policy.ts';
import { MODERATES, OWN_MEMBERSHIP, READ_SEQUENCE, READABLE, reachOf, reachValues, SUSPENDED_UNTIL } from './reach.ts';
import type { WrittenBy } from './written-by.ts';

export interface ThreadHead extends Standing, WrittenBy {
  id: string;
  number: number;
  title: string;
  tags: string[];
  created_at: Date;
  last_sequence: number;
  accepted_post_id: string | null;
  accepted_sequence: number | null;
  /** So many of its posts are elsewhere. */
  moved_away: number;
  notes: number;
  pinned_at: Date | null;
  closed_at: Date | null;
  close_reason: string | null;
  network_id: string;
  network_key: string;
  network_name: string;
  reading: Reading;
  joining: Network['joining'];
  archived_at: Date | null;
  hold_first: boolean;
  membership: MembershipStatus | null;
  moderates: boolean;
  interested: number;
  interest_mine: boolean;
  /** null for who is no member. */
  read_sequence: number | null;
}

/** Begins with `reachValues`; `$4` is the number. */
export const HEAD = `
  select t.id, t.number, t.title, t.tags, t.author_id, a.given_name || ' ' || a.family_name as author_name, ab.name as author_body, ab.kind as author_kind, t.created_at, t.last_sequence,
         t.accepted_post_id, best.sequence as accepted_sequence, t.moved_away, t.notes, t.pinned_at, t.closed_at, t.close_reason,
         n.id as network_id, n.key as network_key, n.name as network_name, n.reading, n.joining, n.archived_at, n.hold_first, m.status as membership, ${MODERATES} as moderates, ${SUSPENDED_UNTIL} as suspended_until,
         coalesce(interest.bodies, 0)::int as interested, coalesce(interest.mine, false) as interest_mine,
         case when m.status = 'active' then ${READ_SEQUENCE} end as read_sequence
    from threads t join networks n on n.id = t.network_id ${OWN_MEMBERSHIP}
         left join thread_readings r on r.thread_id = t.id and r.person_id = $1::uuid
         left join posts best on best.id = t.accepted_post_id
         join people a on a.id = t.author_id left join bodies ab on ab.id = t.body_id
         left join lateral (select count(distinct i.body_id) as bodies, bool_or(i.person_id = $1::uuid) as mine from thread_interests i where i.thread_id = t.id) interest on true
   where t.number = $4 and t.deleted_at is null and ${READABLE}`;

/** A thread that the actor may read. @throws AppError 404 */
export async function findThread(actor: Pick<Actor, 'id' | 'roles'> | null, number: number): Promise<ThreadHead> {
  const [head] = await prepared<ThreadHead>('thread-head', HEAD, [...reachValues(reachOf(actor)), number]);
  if (!head) throw notFound();
  return head;
}

/** The same, for who wants to write in it. @throws AppError 404; 403 `network-not-member`, `writing-suspended`; 409 `thread-closed` unless she moderates */
export async function findWritable(actor: Actor, number: number): Promise<ThreadHead> {
  const head = await findThread(actor, number);
  requireWriting(head);
  if (!mayWrite(head, head)) throw forbidden('network-not-member');
  if (head.closed_at && !head.moderates) throw conflict('thread-closed');
  return head;
}

/** The same, for who moderates its network. @throws AppError 404, 403 */
export async function findModerated(actor: Actor, number: number): Promise<ThreadHead> {
  const head = await findThread(actor, number);
  if (!head.moderates) throw forbidden();
  return head;
}
