import { prepared } from '../database/prepared.ts';
import type { Tx } from '../database/transaction.ts';
import { notFound, violates } from '../errors.ts';
import { record } from '../events.ts';
import { clock } from '../gateways/clock.ts';
import type { Actor } from '../http/actor.ts';
import { publish, roomOf } from '../sockets/publish.ts';
import { keepMentions } from './mentions/keep-mentions.ts';
import type { NamedMarkup } from './mentions/name-mentions.ts';
import { attachDocuments, type TakenAttachment } from './documents/attach.ts';
import { linkImages } from './documents/link-images.ts';
import type { PostRow } from './list-posts.ts';

export interface PostOrder {
  thread: { id: string; number: number; network_id: string };
  /** How far its author has read the thread. */
  read: number;
  clientId: string;
  markup: NamedMarkup;
  /** Searched with the first post. */
  title?: string;
  /** What goes with it. */
  taken?: TakenAttachment[];
}

/**
 * The one place where a post is written: numbered under its thread's lock, once per `clientId`, read by its author, told to who listens.
 * One statement, because replies come in crowds.
 */
const WRITE = `
  with sent as (select id, sequence from posts where author_id = $2 and client_id = $8),
  numbered as (
    update threads set last_sequence = last_sequence + 1, last_post_at = greatest(last_post_at, $1::timestamptz), last_author_id = $2
     where id = $4 and network_id = $10 and deleted_at is null and not exists (select from sent) returning last_sequence, last_post_at),
  post as (
    insert into posts (thread_id, sequence, author_id, body_id, html, words, near, search, created_at, client_id)
    select $4, last_sequence, $2, $3, $5, $6, left(plain($7 || ' ' || $6), 8000),
           setweight(to_tsvector('italian_plain', $7), 'A') || setweight(to_tsvector('italian_plain', left($6, 100000)), 'B'), last_post_at, $8
      from numbered returning id, sequence, created_at),
  read as (
    -- She knows what she wrote; what others wrote before it stays unread where it was
    insert into thread_readings as r (person_id, thread_id, sequence, read_at)
    select $2, $4, case when $9 >= sequence - 1 then sequence else $9 end, $1 from post
    on conflict (person_id, thread_id) do update set read_at = excluded.read_at, sequence = case
      when greatest(r.sequence, $9) >= (select sequence from post) - 1 then (select sequence from post) else greatest(r.sequence, $9) end)
  select post.*, false as sent, a.given_name || ' ' || a.family_name as author_name, b.name as author_body, b.kind as author_kind from post join people a on a.id = $2 left join bodies b on b.id = $3
  union all select id, sequence, null, true, null, null, null from sent`;

export interface Written {
  id: string;
  sequence: number;
  /** As it was written just now; null where it must be read: it has attachments, or was there already for a `clientId` sent before and may say something else by now. */
  row: PostRow | null;
}

/** What the database says of a post that was just written; `sent`: it had been before. */
export type WrittenAnswer = WrittenRow & { sent: boolean };
type WrittenRow = Pick<PostRow, 'id' | 'sequence' | 'created_at' | 'author_name' | 'author_body' | 'author_kind'>;

/** A post as it was written just now, without reading it again. */
export const rowOf = (post: WrittenRow, actor: Pick<Actor, 'id'>, { thread, markup }: Pick<PostOrder, 'thread' | 'markup'>): PostRow => ({
  ...post, author_id: actor.id, thread_id: thread.id, html: markup.html, edited_at: null, deleted_at: null, deleted_by: null, delete_reason: null, moved_id: null, moved_solution: false, flagged: false, documents: null, reactions: null,
});

/**
 * @returns the post, or the one that is there already.
 * @throws AppError 404 for a thread removed, or taken elsewhere, meanwhile. Call it in `once`: where the same is being sent at this very moment, its transaction fails.
 */
export async function writePost(tx: Tx, actor: Pick<Actor, 'id' | 'bodyId'>, { thread, read, clientId, markup, title = '', taken = [] }: PostOrder): Promise<Written> {
  const [answer] = await prepared<WrittenAnswer>('post-write', WRITE, [clock.now(), actor.id, actor.bodyId, thread.id, markup.html, markup.words, title, clientId, read, thread.network_id]);
  if (!answer) throw notFound();
  const { sent, ...post } = answer;
  if (sent) return { ...post, row: null };
  if (markup.mentioned.length > 0) await keepMentions(tx, post.id, markup.mentioned);
  if (taken.length > 0) await attachDocuments(tx, actor, post, thread.network_id, taken);
  await linkImages(tx, { id: post.id, html: markup.html }, thread.network_id);
  publish(tx, roomOf.topic(`thread:${thread.number}`), 'thread:changed', { number: thread.number, lastSequence: post.sequence });
  publish(tx, roomOf.topic(`network:${thread.network_id}`), 'network:changed', { thread: thread.number });
  await record(tx, 'post.written', { postId: post.id });
  if (taken.length > 0) return { ...post, row: null };
  return { ...post, row: rowOf(post, actor, { thread, markup }) };
}

/** Does it, and where the same post is being sent at this very moment, does it again: then it is there. */
export async function once<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!violates(error, 'posts_author_id_client_id_key')) throw error;
    return work();
  }
}
