import type { ReactionKind } from '../contract/community.ts';
import { database } from '../database/connection.ts';
import { conflict, forbidden, notFound } from '../errors.ts';
import type { Actor } from '../http/actor.ts';
import { findThread, type ThreadHead } from './find-thread.ts';
import { requireWriting } from './moderation/suspension.ts';
import { mayWrite } from './policy.ts';

/** One of a few sober reactions, given once or taken back; not to one's own words. @throws AppError 404; 403 also `writing-suspended`; 409 `post-removed` */
export async function reactToPost(actor: Actor, postId: string, kind: ReactionKind, given: boolean): Promise<ThreadHead> {
  const post = (await database()('posts as p').join('threads as t', 't.id', 'p.thread_id').where('p.id', postId).first('t.number', 'p.author_id', 'p.deleted_at')) as { number: number; author_id: string; deleted_at: Date | null } | undefined;
  if (!post) throw notFound();
  const thread = await findThread(actor, post.number);
  requireWriting(thread);
  if (!mayWrite(thread, thread)) throw forbidden('network-not-member');
  if (post.deleted_at) throw conflict('post-removed');
  if (post.author_id === actor.id) throw forbidden();
  const mine = { post_id: postId, person_id: actor.id, kind };
  if (given) await database()('post_reactions').insert(mine).onConflict(['post_id', 'person_id', 'kind']).ignore();
  else await database()('post_reactions').where(mine).delete();
  return thread;
}
