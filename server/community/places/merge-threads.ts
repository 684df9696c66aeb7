import { audit } from '../../accounts/audit.ts';
import { transaction, type Tx } from '../../database/transaction.ts';
import { conflict, invalidField } from '../../errors.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import type { ThreadHead } from '../find-thread.ts';
import { hintDeciders } from '../moderation/open-case.ts';
import { READ_SEQUENCE } from '../reach.ts';
import { citeAnew } from '../quotes/cite-anew.ts';
import { carryAlong } from './carry-along.ts';
import { lockThreads } from './lock-threads.ts';
import { cutListeners, tellRearranged } from './tell-places.ts';
import { noteOrigin } from './thread-notes.ts';
import { reindexPosts, transferPosts } from './transfer-posts.ts';

/**
 * Who moderates both makes a thread part of another: its posts come after those that are there, with their authors and dates, and its address leads on. Its
 * solution is the other's where that has none.
 * @throws AppError 404, 403; 409 `network-archived`; 422 `merge-itself`
 */
export async function mergeThreads(actor: Actor, number: number, { into, reason }: { into: number; reason?: string | undefined }): Promise<void> {
  if (number === into) throw invalidField('body.into', 'merge-itself', 'merge-itself');
  await transaction(async (tx) => {
    const [source, target] = await lockThreads(tx, actor, [number, into]);
    if (!source || !target) throw conflict();
    if (target.archived_at) throw conflict('network-archived');
    const posts = (await tx('posts').where('thread_id', source.id).whereNull('moved_id').orderBy('sequence').select('id', 'sequence', 'author_id')) as { id: string; sequence: number; author_id: string }[];
    await carryReaders(tx, source, target, posts.map(({ sequence }) => sequence));
    if (source.network_id !== target.network_id) await carryAlong(tx, { thread: source, to: { id: target.network_id, reading: target.reading } });
    await carryRest(tx, source.id, target.id);
    const dropped = source.accepted_post_id !== null && target.accepted_post_id !== null;
    const solution = target.accepted_post_id === null ? await acceptanceOf(tx, source.id) : {};
    const moved = await transferPosts(tx, actor, { posts, from: source, to: target, asNew: true });
    const now = clock.now();
    await tx('threads').where('id', source.id).update({ deleted_at: now, deleted_by: actor.id, merged_into: target.id });
    const last = posts.at(-1);
    await tx('threads').where('id', target.id).update({
      last_sequence: target.last_sequence + moved.length, ...(last ? { last_author_id: last.author_id, last_post_at: tx.raw('greatest(last_post_at, ?::timestamptz)', [now]) } : {}), ...solution,
    });
    if (source.network_id !== target.network_id) await citeAnew(tx, posts.map(({ id }) => id), target.network_id);
    await reindexPosts(tx, posts.slice(0, 1).map(({ id }) => id));
    await noteOrigin(tx, actor, target.id, { kind: 'merged', sequence: target.last_sequence + 1, fromThreadId: source.id, solutionDropped: dropped });
    await audit(tx, actor, 'thread.merge', 'thread', source.id, {
      details: {
        number, title: source.title, before: { network: source.network_key, posts: moved.map(({ was }) => was), accepted: source.accepted_sequence },
        after: { thread: into, network: target.network_key, posts: moved.map(({ becomes }) => becomes), accepted: dropped ? null : (moved.find(({ was }) => was === source.accepted_sequence)?.becomes ?? null) }, ...(reason ? { reason } : {}),
      },
    });
    for (const changed of [source, { ...target, last_sequence: target.last_sequence + moved.length }]) tellRearranged(tx, changed);
    if (source.network_id !== target.network_id) for (const place of [source, target]) await hintDeciders(tx, place.network_id);
    cutListeners(tx, number);
  });
}

const acceptanceOf = async (tx: Tx, id: string) => (await tx('threads').where({ id }).first('accepted_post_id', 'accepted_at', 'accepted_by')) as { accepted_post_id: string | null; accepted_at: Date | null; accepted_by: string | null };

/** How far `p` has read a thread, which is `t` there, as a member of its network. */
const readOf = (thread: string) => `(select ${READ_SEQUENCE} from threads t join network_members m on m.network_id = t.network_id and m.person_id = p.person_id and m.status = 'active'
  left join thread_readings r on r.thread_id = t.id and r.person_id = p.person_id where t.id = ${thread})`;

/** Who has read all of the one has read of the other what she has read there; who has not goes on from where she is. */
async function carryReaders(tx: Tx, source: ThreadHead, target: ThreadHead, sequences: number[]): Promise<void> {
  await tx.raw(
    `insert into thread_readings as r (person_id, thread_id, sequence, read_at)
     select x.person_id, :target::uuid, :last + x.read, :now::timestamptz
       from (select p.person_id, ${readOf(':target')} as whole, (select count(*)::int from unnest(:sequences::int[]) s(sequence) where s.sequence <= ${readOf(':source')}) as read
               from network_members p where p.network_id = :network and p.status = 'active') x
      where x.whole >= :last and x.read > 0
     on conflict (person_id, thread_id) do update set sequence = greatest(r.sequence, excluded.sequence), read_at = excluded.read_at`,
    { target: target.id, source: source.id, network: target.network_id, last: target.last_sequence, sequences, now: clock.now() },
  );
}

/** How closely people follow it, whose question it is, what they are writing in it, what waits for moderators, what they were told. */
async function carryRest(tx: Tx, source: string, target: string): Promise<void> {
  const both = { source, target };
  // Who did not want to hear of the one has not said so of the other
  await tx.raw("insert into notification_levels (person_id, thread_id, level, changed_at) select person_id, :target, level, changed_at from notification_levels where thread_id = :source and level <> 'muted' on conflict do nothing", both);
  await tx('notification_levels').where('thread_id', source).delete();
  await tx.raw('insert into thread_interests (thread_id, person_id, body_id, at) select :target, person_id, body_id, at from thread_interests where thread_id = :source on conflict do nothing', both);
  await tx('held_posts').where('thread_id', source).update({ thread_id: target });
  await tx('notices').where('thread_id', source).update({ thread_id: target });
  // Who writes in both has one draft, and the other beside it
  await tx.raw(
    `insert into draft_others (draft_id, device, title, tags, html, changed_at)
     select d.id, o.device, o.title, o.tags, o.html, o.changed_at from drafts s join drafts d on d.person_id = s.person_id and d.thread_id = :target,
            lateral (select s.device, s.title, s.tags, s.html, s.changed_at union all select x.device, x.title, x.tags, x.html, x.changed_at from draft_others x where x.draft_id = s.id) o
      where s.thread_id = :source on conflict do nothing`, both);
  await tx.raw('delete from drafts s where s.thread_id = :source and exists (select from drafts d where d.person_id = s.person_id and d.thread_id = :target)', both);
  await tx('drafts').where('thread_id', source).update({ thread_id: target });
}
