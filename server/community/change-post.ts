import { transaction } from '../database/transaction.ts';
import { conflict, forbidden } from '../errors.ts';
import { clock } from '../gateways/clock.ts';
import type { Actor } from '../http/actor.ts';
import { record } from '../events.ts';
import { cleanMarkup } from './clean-markup.ts';
import { relinkImages } from './documents/link-images.ts';
import type { ThreadHead } from './find-thread.ts';
import { lockPost, tellChanged } from './lock-post.ts';
import { keepMentions } from './mentions/keep-mentions.ts';
import { resolveReferences } from './resolve-references.ts';
import { admitPost } from './moderation/admit-post.ts';
import { hidePost, takeAway } from './moderation/hide-post.ts';
import { requireWriting } from './moderation/suspension.ts';
import { rewritePost } from './rewrite-post.ts';
import { mayEdit, mayRemove, mayWrite } from './policy.ts';

/** Its author rewrites a post; what it said before is kept. @throws AppError 404, 403, 409 `post-removed`, `thread-closed`; 403 also `writing-suspended`; 422 `post-empty`, `post-links`, `too-many-mentions` */
export async function changePost(actor: Actor, id: string, dirty: string): Promise<ThreadHead> {
  const clean = cleanMarkup(dirty);
  return transaction(async (tx) => {
    const { post, thread } = await lockPost(tx, actor, id);
    requireWriting(thread);
    const markup = await resolveReferences(thread.network_id, clean);
    const { html, mentioned } = markup;
    if (post.deleted_at) throw conflict('post-removed');
    if (thread.closed_at) throw conflict('thread-closed');
    if (!mayEdit(actor, post, false, mayWrite(thread, thread))) throw forbidden();
    if (post.html === html) return thread;
    await admitPost(actor, { ...thread, hold_first: false }, { markup, files: 0 });
    const now = clock.now();
    await tx('post_versions').insert({ post_id: id, html: post.html, replaced_at: now, replaced_by: actor.id });
    const title = post.sequence === 1 ? thread.title : '';
    await rewritePost(tx, id, html, title);
    await tx('posts').where('id', id).update({ edited_at: now });
    // Who was named before has been told
    if (await keepMentions(tx, id, mentioned)) await record(tx, 'mentions.added', { postId: id });
    await relinkImages(tx, { id, html }, thread.network_id);
    tellChanged(tx, thread, post.sequence);
    return thread;
  });
}

/** Its author takes an answer back for good, or a moderator hides a post of somebody else; its place in the thread stays. @throws AppError 404, 403, 409 `post-removed`, `post-question` */
export async function removePost(actor: Actor, id: string, reason: string | undefined): Promise<ThreadHead> {
  return transaction(async (tx) => {
    const { post, thread } = await lockPost(tx, actor, id);
    const moderates = thread.moderates && post.author_id !== actor.id;
    if (post.deleted_at) throw conflict('post-removed');
    if (post.sequence === 1 && !moderates) throw conflict('post-question');
    if (!mayRemove(actor, post, thread.moderates)) throw forbidden();
    if (moderates) await hidePost(tx, actor, post, thread, reason);
    else await takeAway(tx, actor, post, thread, reason);
    return thread;
  });
}
