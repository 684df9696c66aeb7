import { audit } from '../../accounts/audit.ts';
import type { SplitInput } from '../../contract/community.ts';
import { transaction, type Tx } from '../../database/transaction.ts';
import { conflict, invalidField } from '../../errors.ts';
import type { Actor } from '../../http/actor.ts';
import type { ThreadHead } from '../find-thread.ts';
import { lockThreads } from './lock-threads.ts';
import { tellRearranged } from './tell-places.ts';
import { noteOrigin } from './thread-notes.ts';
import { reindexPosts, transferPosts, type TransferredPost } from './transfer-posts.ts';

interface Chosen {
  id: string;
  sequence: number;
  author_id: string;
  body_id: string | null;
  placed: Date;
  deleted_at: Date | null;
}

/**
 * A moderator takes some posts of a thread out into one of their own, in their order; who has read them has read them there.
 * @returns the new thread's number.
 * @throws AppError 404, 403; 409 `posts-moved` where somebody was first; 422 `split-question`, `split-first-removed`
 */
export async function splitThread(actor: Actor, number: number, { title, tags, postIds, reason }: SplitInput): Promise<number> {
  return transaction(async (tx) => {
    const [thread] = await lockThreads(tx, actor, [number]);
    if (!thread) throw conflict('posts-moved');
    const posts = await choose(tx, thread, postIds);
    const created = await open(tx, thread, posts, { title, tags: [...new Set(tags)] });
    const moved = await transferPosts(tx, actor, { posts, from: thread, to: { id: created.id, last_sequence: 0 }, asNew: false });
    await reindexPosts(tx, posts.slice(0, 1).map(({ id }) => id));
    await carryReaders(tx, thread.id, created.id, moved);
    const solution = posts.find(({ id }) => id === thread.accepted_post_id);
    await noteOrigin(tx, actor, created.id, { kind: 'split', sequence: 1, fromThreadId: thread.id, solutionDropped: solution !== undefined });
    await audit(tx, actor, 'thread.split', 'thread', thread.id, {
      details: {
        number, title: thread.title, before: { posts: moved.map(({ was }) => was), accepted: thread.accepted_sequence }, after: { thread: created.number, title, posts: moved.map(({ becomes }) => becomes), accepted: solution ? null : thread.accepted_sequence },
        ...(reason ? { reason } : {}),
      },
    });
    for (const changed of [thread, { ...thread, number: created.number, last_sequence: moved.length }]) tellRearranged(tx, changed);
    return created.number;
  });
}

/** The chosen ones as they stand in the thread, which is locked. */
async function choose(tx: Tx, thread: ThreadHead, ids: string[]): Promise<[Chosen, ...Chosen[]]> {
  const posts = (await tx('posts').where('thread_id', thread.id).whereIn('id', ids).whereNull('moved_id').orderBy('sequence')
    .select('id', 'sequence', 'author_id', 'body_id', 'deleted_at', tx.raw('coalesce(placed_at, created_at) as placed'))) as Chosen[];
  const [first, ...rest] = posts;
  if (!first || posts.length < new Set(ids).size) throw conflict('posts-moved');
  if (first.sequence === 1) throw invalidField('body.postIds', 'split-question', 'split-question');
  // It becomes the question
  if (first.deleted_at) throw invalidField('body.postIds', 'split-first-removed', 'split-first-removed');
  return [first, ...rest];
}

/** As old as its posts are: what somebody has read is not new to her because it stands elsewhere. */
async function open(tx: Tx, thread: ThreadHead, posts: [Chosen, ...Chosen[]], words: { title: string; tags: string[] }): Promise<{ id: string; number: number }> {
  const [first] = posts;
  const last = posts.at(-1) ?? first;
  const [created] = (await tx('threads').insert({
    ...words, network_id: thread.network_id, author_id: first.author_id, body_id: first.body_id, created_at: first.placed, last_post_at: last.placed, last_author_id: last.author_id, last_sequence: posts.length,
  }).returning(['id', 'number'])) as { id: string; number: number }[];
  if (!created) throw new Error('not inserted');
  return created;
}

/** How far each has read, and how closely each follows. */
async function carryReaders(tx: Tx, from: string, to: string, moved: TransferredPost[]): Promise<void> {
  await tx.raw(
    `insert into thread_readings (person_id, thread_id, sequence, read_at)
     select r.person_id, :to, (select count(*) from unnest(:was::int[]) x(was) where x.was <= r.sequence), r.read_at from thread_readings r where r.thread_id = :from and r.sequence >= :first`,
    { from, to, was: moved.map(({ was }) => was), first: moved[0]?.was ?? 0 },
  );
  await tx.raw('insert into notification_levels (person_id, thread_id, level, changed_at) select person_id, :to, level, changed_at from notification_levels where thread_id = :from', { from, to });
}
