import { audit } from '../accounts/audit.ts';
import type { ThreadChange } from '../contract/community.ts';
import { transaction } from '../database/transaction.ts';
import { forbidden } from '../errors.ts';
import { clock } from '../gateways/clock.ts';
import type { Actor } from '../http/actor.ts';
import { publish, roomOf } from '../sockets/publish.ts';
import { findModerated, findThread, type ThreadHead } from './find-thread.ts';
import { requireWriting } from './moderation/suspension.ts';
import { mayWrite } from './policy.ts';

/** A moderator closes a thread, with a reason, or opens it again. @throws AppError 404, 403 */
export async function closeThread(actor: Actor, number: number, closure: { reason?: string | undefined } | null): Promise<void> {
  const thread = await findModerated(actor, number);
  await change(actor, thread, closure ? 'thread.close' : 'thread.reopen', closure ? { closed_at: clock.now(), closed_by: actor.id, close_reason: closure.reason || null } : { closed_at: null, closed_by: null, close_reason: null }, closure ?? {});
}

/** A moderator keeps a thread at the head of the list, or lets it go. @throws AppError 404, 403 */
export async function pinThread(actor: Actor, number: number, pinned: boolean): Promise<void> {
  const thread = await findModerated(actor, number);
  await change(actor, thread, pinned ? 'thread.pin' : 'thread.unpin', pinned ? { pinned_at: clock.now(), pinned_by: actor.id } : { pinned_at: null, pinned_by: null }, {});
}

/** A moderator removes a whole thread, with a reason: nobody finds it any more. @throws AppError 404, 403 */
export async function removeThread(actor: Actor, number: number, reason: string): Promise<void> {
  const thread = await findModerated(actor, number);
  await change(actor, thread, 'thread.remove', { deleted_at: clock.now(), deleted_by: actor.id, delete_reason: reason }, { reason });
}

/** Its author or a moderator changes title and tags. @throws AppError 404; 403 also `writing-suspended` */
export async function changeThread(actor: Actor, number: number, { title, tags }: ThreadChange): Promise<void> {
  const thread = await findThread(actor, number);
  if (!thread.moderates) requireWriting(thread);
  if (!thread.moderates && !(thread.author_id === actor.id && mayWrite(thread, thread) && thread.closed_at === null)) throw forbidden();
  const columns = { ...(title === undefined ? {} : { title }), ...(tags === undefined ? {} : { tags: [...new Set(tags)] }) };
  if (Object.keys(columns).length === 0) return;
  await change(actor, thread, 'thread.change', columns, { before: { title: thread.title, tags: thread.tags }, after: columns });
}

async function change(actor: Actor, thread: ThreadHead, act: string, columns: Record<string, unknown>, details: Record<string, unknown>): Promise<void> {
  await transaction(async (tx) => {
    await tx('threads').where('id', thread.id).update(columns);
    // Found by its title, whichever it has now
    if (typeof columns['title'] === 'string') {
      await tx.raw(
        `update posts set near = left(plain(:title::text || ' ' || words), 8000), search = setweight(to_tsvector('italian_plain', :title::text), 'A') || setweight(to_tsvector('italian_plain', left(words, 100000)), 'B')
          where thread_id = :thread and sequence = 1`, { title: columns['title'], thread: thread.id });
    }
    await audit(tx, actor, act, 'thread', thread.id, { details: { number: thread.number, ...details } });
    publish(tx, roomOf.topic(`thread:${thread.number}`), 'thread:changed', { number: thread.number, lastSequence: thread.last_sequence, changed: 1 });
  });
}
