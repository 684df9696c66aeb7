import { audit } from '../accounts/audit.ts';
import { transaction, type Tx } from '../database/transaction.ts';
import { conflict, forbidden, notFound } from '../errors.ts';
import { clock } from '../gateways/clock.ts';
import type { Actor } from '../http/actor.ts';
import { publish, roomOf } from '../sockets/publish.ts';
import { record } from '../events.ts';
import { cleanMarkup } from './clean-markup.ts';
import { relinkImages } from './documents/link-images.ts';
import { findThread, type ThreadHead } from './find-thread.ts';
import { keepMentions } from './mentions/keep-mentions.ts';
import { nameMentions } from './mentions/name-mentions.ts';
import { mayEdit, mayRemove, mayWrite } from './policy.ts';

interface Found {
  id: string;
  sequence: number;
  author_id: string;
  html: string;
  deleted_at: Date | null;
}

/** A post and its thread, both locked, where the actor may read it: the thread first, as who accepts an answer does. @throws AppError 404 */
async function lockPost(tx: Tx, actor: Actor, id: string): Promise<{ post: Found; thread: ThreadHead }> {
  const place = (await tx('posts as p').join('threads as t', 't.id', 'p.thread_id').where('p.id', id).first('t.number')) as { number: number } | undefined;
  if (!place) throw notFound();
  const thread = await findThread(actor, place.number);
  await tx('threads').where('id', thread.id).forNoKeyUpdate().first('id');
  const post = (await tx('posts').where({ id }).forUpdate().first('id', 'sequence', 'author_id', 'html', 'deleted_at')) as Found;
  return { post, thread };
}

const tell = (tx: Tx, { number, last_sequence }: ThreadHead, changed: number): void => publish(tx, roomOf.topic(`thread:${number}`), 'thread:changed', { number, lastSequence: last_sequence, changed });

/** Its author rewrites a post; what it said before is kept. @throws AppError 404, 403, 409 `post-removed`, `thread-closed`; 422 `post-empty`, `too-many-mentions` */
export async function changePost(actor: Actor, id: string, dirty: string): Promise<ThreadHead> {
  const clean = cleanMarkup(dirty);
  return transaction(async (tx) => {
    const { post, thread } = await lockPost(tx, actor, id);
    const { html, words, mentioned } = await nameMentions(thread.network_id, clean);
    if (post.deleted_at) throw conflict('post-removed');
    if (thread.closed_at) throw conflict('thread-closed');
    if (!mayEdit(actor, post, false, mayWrite(thread, thread))) throw forbidden();
    if (post.html === html) return thread;
    const now = clock.now();
    await tx('post_versions').insert({ post_id: id, html: post.html, replaced_at: now, replaced_by: actor.id });
    const title = post.sequence === 1 ? thread.title : '';
    await tx.raw(
      `update posts set html = :html, words = :words, near = left(plain(:title::text || ' ' || :words::text), 8000), edited_at = :now,
              search = setweight(to_tsvector('italian_plain', :title::text), 'A') || setweight(to_tsvector('italian_plain', left(:words::text, 100000)), 'B') where id = :id`,
      { html, words, title, now, id },
    );
    // Who was named before has been told
    if (await keepMentions(tx, id, mentioned)) await record(tx, 'mentions.added', { postId: id });
    await relinkImages(tx, { id, html }, thread.network_id);
    tell(tx, thread, post.sequence);
    return thread;
  });
}

/** Its author takes a post back, or a moderator removes it with a reason; its place in the thread stays. @throws AppError 404, 403, 409 `post-removed`, `post-question` */
export async function removePost(actor: Actor, id: string, reason: string | undefined): Promise<ThreadHead> {
  return transaction(async (tx) => {
    const { post, thread } = await lockPost(tx, actor, id);
    if (post.deleted_at) throw conflict('post-removed');
    if (post.sequence === 1) throw conflict('post-question');
    if (!mayRemove(actor, post, thread.moderates)) throw forbidden();
    await tx('posts').where({ id }).update({ deleted_at: clock.now(), deleted_by: actor.id, delete_reason: reason || null });
    await tx('threads').where({ id: thread.id, accepted_post_id: id }).update({ accepted_post_id: null, accepted_at: null, accepted_by: null });
    if (post.author_id !== actor.id) await audit(tx, actor, 'post.remove', 'post', id, { details: { thread: thread.number, before: post.html, ...(reason ? { reason } : {}) } });
    tell(tx, thread, post.sequence);
    return thread;
  });
}
