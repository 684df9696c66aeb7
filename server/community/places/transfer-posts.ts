import { randomUUID } from 'node:crypto';
import type { Tx } from '../../database/transaction.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';

export interface TransferredPost {
  id: string;
  /** Its number in the thread that it left, and in the other one. */
  was: number;
  becomes: number;
}

interface Transfer {
  /** In their order. */
  posts: { id: string; sequence: number }[];
  from: { id: string; accepted_post_id: string | null };
  to: { id: string; last_sequence: number };
  /** They come as something new there: who has marked all as read has not read them there. */
  asNew: boolean;
}

/**
 * Takes posts into another thread, with all that hangs on them: they go on being the same posts. In the place of each stays a row that says where it went,
 * so that no number is ever free again: who reads, counts or catches up by sequence misses nothing and has nothing twice. Both threads are locked.
 */
export async function transferPosts(tx: Tx, actor: Actor, { posts, from, to, asNew }: Transfer): Promise<TransferredPost[]> {
  const now = clock.now();
  const moved = posts.map(({ id, sequence }, index) => ({ id, was: sequence, becomes: to.last_sequence + index + 1 }));
  const lists = { ids: moved.map(({ id }) => id), was: moved.map(({ was }) => was), becomes: moved.map(({ becomes }) => becomes) };
  await tx.raw(
    `update posts p set thread_id = :to::uuid, sequence = x.becomes, placed_at = case when :asNew::boolean then :now::timestamptz else p.placed_at end
       from unnest(:ids::uuid[], :becomes::int[]) x(id, becomes) where p.id = x.id`,
    { to: to.id, asNew, now, ...lists },
  );
  await tx.raw(
    `insert into posts (thread_id, sequence, author_id, html, words, near, search, created_at, placed_at, client_id, deleted_at, deleted_by, moved_id, moved_solution)
     select :from::uuid, x.was, :actor::uuid, '', '', '', '', p.created_at, x.placed_at, x.client_id, :now::timestamptz, :actor::uuid, p.id, p.id is not distinct from :solution::uuid
       from unnest(:ids::uuid[], :was::int[], :clients::uuid[]) with ordinality y(id, was, client_id, at) join posts p on p.id = y.id,
            lateral (select y.was, y.client_id, case when :asNew::boolean then p.created_at else p.placed_at end as placed_at) x`,
    { from: from.id, actor: actor.id, now, asNew, solution: from.accepted_post_id, clients: moved.map(() => randomUUID()), ids: lists.ids, was: lists.was },
  );
  await tx.raw(
    `update threads t set moved_away = t.moved_away + :count, last_post_at = last.placed, last_author_id = last.author_id,
            accepted_post_id = case when t.accepted_post_id = any(:ids::uuid[]) then null else t.accepted_post_id end,
            accepted_at = case when t.accepted_post_id = any(:ids::uuid[]) then null else t.accepted_at end, accepted_by = case when t.accepted_post_id = any(:ids::uuid[]) then null else t.accepted_by end
       from (select coalesce(p.placed_at, p.created_at) as placed, p.author_id from posts p where p.thread_id = :from and p.moved_id is null
             union all select created_at, author_id from threads where id = :from and not exists (select from posts p where p.thread_id = :from and p.moved_id is null)
             order by placed desc limit 1) last
      where t.id = :from`,
    { from: from.id, count: moved.length, ids: lists.ids },
  );
  return moved;
}

/** A question is found by its title too, and nothing else is: after a change of who is the first post. */
export async function reindexPosts(tx: Tx, ids: string[]): Promise<void> {
  await tx.raw(
    `update posts p set near = left(plain(x.title || ' ' || p.words), 8000), search = setweight(to_tsvector('italian_plain', x.title), 'A') || setweight(to_tsvector('italian_plain', left(p.words, 100000)), 'B')
       from (select q.id, case when q.sequence = 1 then t.title else '' end as title from posts q join threads t on t.id = q.thread_id where q.id = any(?::uuid[])) x where p.id = x.id`, [ids]);
}
