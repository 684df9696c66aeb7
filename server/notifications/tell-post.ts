import { belongs, levelOf } from '../community/reach.ts';
import { config } from '../config.ts';
import type { NoticeGroup, NoticeLevel } from '../contract/notifications.ts';
import { transaction, type Tx } from '../database/transaction.ts';
import { clock } from '../gateways/clock.ts';
import { enqueue } from '../jobs.ts';
import { notifyOfThread } from './notify-of-thread.ts';
import { factsOf, type PostFacts } from './post-facts.ts';
import type { NoticeKind } from './texts.ts';
import type { Why } from './why.ts';

/** Who may be concerned by a post, with all that decides it. */
interface Listener {
  person_id: string;
  level: NoticeLevel;
  /** Where that level comes from. */
  place: 'thread' | 'tag' | 'network' | 'default';
  tag: string | null;
  mentioned: boolean;
  wrote: boolean;
  interested: boolean;
  asked: boolean;
  /** Told of this thread, and has not looked yet. */
  told: boolean;
}

/** A post waits a little before anybody is told: who is looking at it has read it by then. @param named only those whom its author named later are to be told. */
export async function tellPostLater(postId: string, named: boolean): Promise<void> {
  await transaction((tx) => enqueue(tx, 'tell-post', { postId, named }, { delayMs: config.noticeHoldMs }));
}

/** Tells a post to whom it concerns and who may read it, as each follows its thread; not to who has read it by now. */
export async function tellPost({ postId, named = false }: { postId: string; named?: boolean | undefined }): Promise<void> {
  await transaction(async (tx) => {
    const facts = await factsOf(tx, postId);
    if (!facts) return;
    // One post of a thread after the other, so that two at once do not both find nobody told
    await tx.raw("select pg_advisory_xact_lock(hashtextextended('tell:' || ?::text, 0))", [facts.thread_id]);
    await takePart(tx, facts);
    for (const listener of await listenersOf(tx, facts, named)) {
      const told = decide(listener, facts.sequence);
      if (told && (told.kind === 'mention' || !named)) await notifyOfThread(tx, { personId: listener.person_id, ...told, key: keyOf(told.kind, facts, listener), tag: listener.tag, facts });
    }
  });
}

/** Who is named hears of it once per post; of replies and new threads once per person. */
const keyOf = (kind: NoticeKind, { post_id, number, sequence }: PostFacts, { person_id }: Listener): string =>
  kind === 'mention' ? `mention:${post_id}:${person_id}` : `thread:${number}:${sequence}:${person_id}`;

/** The most specific level has decided; what it lets through, and why. */
export function decide({ level, place, mentioned, wrote, interested, asked, told }: Omit<Listener, 'person_id' | 'tag'>, sequence: number): { kind: NoticeKind; group: NoticeGroup; why: Why } | undefined {
  if (level === 'muted') return undefined;
  if (mentioned) return { kind: 'mention', group: 'mention', why: 'mentioned' };
  const where = place === 'default' ? 'network' : place;
  if (sequence === 1) {
    if (level === 'watching') return { kind: 'thread-new', group: 'thread', why: `watching-${where}` };
    return level === 'first' && where !== 'thread' ? { kind: 'thread-new', group: 'thread', why: `first-${where}` } : undefined;
  }
  if (level === 'watching') return { kind: 'thread-reply', group: 'reply', why: `watching-${where}` };
  const why = asked ? 'asked' : level === 'tracking' ? undefined : wrote ? 'wrote' : interested ? 'interested' : undefined;
  return why && !told ? { kind: 'thread-reply', group: 'reply', why } : undefined;
}

/** Who writes in a thread takes part in it, whatever she said of its network: unless she spoke of this very thread. */
async function takePart(tx: Tx, { author_id, thread_id }: PostFacts): Promise<void> {
  await tx.raw(
    `insert into notification_levels (person_id, thread_id, level, changed_at)
     select :author ::uuid, t.id, 'normal', :now ::timestamptz from threads t where t.id = :thread and ${levelOf(':author')} in ('tracking', 'muted')
       and not exists (select from notification_levels l where l.person_id = :author and l.thread_id = t.id)
     on conflict do nothing`,
    { author: author_id, thread: thread_id, now: clock.now() },
  );
}

async function listenersOf(tx: Tx, facts: PostFacts, named: boolean): Promise<Listener[]> {
  const { rows } = await tx.raw<{ rows: Listener[] }>(
    `with t as (select * from threads where id = :thread),
     concerned as (
       select author_id as person_id from posts where thread_id = :thread and deleted_at is null
       union select person_id from thread_interests where thread_id = :thread
       union select person_id from post_mentions where post_id = :post
       union select l.person_id from notification_levels l, t where l.thread_id = t.id or (l.network_id = t.network_id and (l.tag is null or l.tag = any(t.tags))))
     select c.person_id, coalesce(${levelOf('c.person_id')}, 'normal') as level, coalesce(source.place, 'default') as place, source.tag,
            exists (select from post_mentions x where x.post_id = :post and x.person_id = c.person_id) as mentioned,
            exists (select from posts p where p.thread_id = t.id and p.author_id = c.person_id and p.deleted_at is null) as wrote,
            exists (select from thread_interests i where i.thread_id = t.id and i.person_id = c.person_id) as interested,
            t.author_id = c.person_id as asked,
            exists (select from notices x where x.person_id = c.person_id and x.kind = 'thread-reply' and x.read_at is null and x.key like :prefix) as told
       from concerned c cross join t
       left join lateral (
         select case when l.thread_id is not null then 'thread' when l.tag is not null then 'tag' else 'network' end as place, l.tag
           from notification_levels l
          where l.person_id = c.person_id and (l.thread_id = t.id or (l.network_id = t.network_id and (l.tag is null or l.tag = any(t.tags)))) and l.level = ${levelOf('c.person_id')}
          order by l.thread_id is null, l.tag is null limit 1) source on true
      where c.person_id <> :author and ${belongs('c.person_id', ':network')}
        and (:named or not exists (select from thread_readings r where r.person_id = c.person_id and r.thread_id = t.id and r.sequence >= :sequence))`,
    { thread: facts.thread_id, post: facts.post_id, named, author: facts.author_id, network: facts.network_id, prefix: `thread:${facts.number}:%`, sequence: facts.sequence },
  );
  return rows;
}
