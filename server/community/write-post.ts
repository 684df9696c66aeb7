import type { Tx } from '../database/transaction.ts';
import { notFound } from '../errors.ts';
import { record } from '../events.ts';
import { clock } from '../gateways/clock.ts';
import type { Actor } from '../http/actor.ts';
import { publish, roomOf } from '../sockets/publish.ts';
import type { Markup } from './clean-markup.ts';

interface Order {
  thread: { id: string; number: number; network_id: string };
  /** How far its author has read the thread. */
  read: number;
  clientId: string;
  markup: Markup;
  /** Searched with the first post. */
  title?: string;
}

/**
 * The one place where a post is written: numbered under its thread's lock, once per `clientId`, read by its author, told to who listens.
 * One statement, because replies come in crowds.
 */
const WRITE = `
  with numbered as (
    update threads set last_sequence = last_sequence + 1, last_post_at = greatest(last_post_at, :at::timestamptz), last_author_id = :author::uuid
     where id = :thread::uuid and deleted_at is null returning last_sequence, last_post_at),
  post as (
    insert into posts (thread_id, sequence, author_id, body_id, html, words, near, search, created_at, client_id)
    select :thread::uuid, last_sequence, :author::uuid, :body::uuid, :html::text, :words::text, left(plain(:title::text || ' ' || :words::text), 8000),
           setweight(to_tsvector('italian_plain', :title::text), 'A') || setweight(to_tsvector('italian_plain', left(:words::text, 100000)), 'B'), last_post_at, :clientId::uuid
      from numbered returning id, sequence),
  read as (
    -- She knows what she wrote; what others wrote before it stays unread where it was
    insert into thread_readings as r (person_id, thread_id, sequence, read_at)
    select :author::uuid, :thread::uuid, case when :read >= sequence - 1 then sequence else :read end, :at::timestamptz from post
    on conflict (person_id, thread_id) do update set read_at = excluded.read_at, sequence = case
      when greatest(r.sequence, :read) >= (select sequence from post) - 1 then (select sequence from post) else greatest(r.sequence, :read) end)
  select id, sequence from post`;

/** @returns the post's id and sequence; of the one that is there already for a `clientId` sent before. @throws AppError 404 for a thread removed meanwhile. */
export async function writePost(tx: Tx, actor: Pick<Actor, 'id' | 'bodyId'>, { thread, read, clientId, markup, title = '' }: Order): Promise<{ id: string; sequence: number }> {
  // Whoever sends the same post twice at once waits here
  await tx('threads').where('id', thread.id).forNoKeyUpdate().first('id');
  const sent = (await tx('posts').where({ author_id: actor.id, client_id: clientId }).first('id', 'sequence')) as { id: string; sequence: number } | undefined;
  if (sent) return sent;
  const { rows } = await tx.raw<{ rows: { id: string; sequence: number }[] }>(WRITE, {
    at: clock.now(), author: actor.id, body: actor.bodyId, thread: thread.id, html: markup.html, words: markup.words, title, clientId, read,
  });
  const [post] = rows;
  if (!post) throw notFound();
  await record(tx, 'post.written', { postId: post.id });
  publish(tx, roomOf.topic(`thread:${thread.number}`), 'thread:changed', { number: thread.number, lastSequence: post.sequence });
  publish(tx, roomOf.topic(`network:${thread.network_id}`), 'network:changed', { thread: thread.number });
  return post;
}
