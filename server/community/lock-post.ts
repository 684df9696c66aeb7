import type { Tx } from '../database/transaction.ts';
import { conflict, notFound } from '../errors.ts';
import type { Actor } from '../http/actor.ts';
import { publish, roomOf } from '../sockets/publish.ts';
import { findThread, type ThreadHead } from './find-thread.ts';

export interface LockedPost {
  id: string;
  thread_id: string;
  sequence: number;
  author_id: string;
  html: string;
  deleted_at: Date | null;
  deleted_by: string | null;
}

/** A post and its thread, both locked, where the actor may read it: the thread first, as who accepts an answer does. @throws AppError 404; 409 `posts-moved` */
export async function lockPost(tx: Tx, actor: Actor, id: string): Promise<{ post: LockedPost; thread: ThreadHead }> {
  const place = (await tx('posts as p').join('threads as t', 't.id', 'p.thread_id').where('p.id', id).first('t.number')) as { number: number } | undefined;
  if (!place) throw notFound();
  const thread = await findThread(actor, place.number);
  await tx('threads').where('id', thread.id).forNoKeyUpdate().first('id');
  const post = (await tx('posts').where({ id }).forUpdate().first('id', 'thread_id', 'sequence', 'author_id', 'html', 'deleted_at', 'deleted_by')) as LockedPost;
  // Taken into another one at this very moment
  if (post.thread_id !== thread.id) throw conflict('posts-moved');
  return { post, thread };
}

/** Who looks at the thread looks at this post again. */
export const tellChanged = (tx: Tx, { number, last_sequence }: ThreadHead, changed: number): void => publish(tx, roomOf.topic(`thread:${number}`), 'thread:changed', { number, lastSequence: last_sequence, changed });
