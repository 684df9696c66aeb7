import { transaction } from '../database/transaction.ts';
import { forbidden, notFound } from '../errors.ts';
import { record } from '../events.ts';
import { clock } from '../gateways/clock.ts';
import type { Actor } from '../http/actor.ts';
import { publish, roomOf } from '../sockets/publish.ts';
import { findThread } from './find-thread.ts';
import { requireWriting } from './moderation/suspension.ts';
import { mayAccept } from './policy.ts';

/** Who asked, or a moderator, says which post solved the question; null: none did, after all. @throws AppError 404 also for a post of another thread, 403 */
export async function acceptAnswer(actor: Actor, number: number, postId: string | null): Promise<void> {
  const thread = await findThread(actor, number);
  requireWriting(thread);
  if (!mayAccept(actor, thread, thread)) throw forbidden();
  await transaction(async (tx) => {
    const locked = (await tx('threads').where('id', thread.id).forNoKeyUpdate().first('accepted_post_id')) as { accepted_post_id: string | null };
    if (locked.accepted_post_id === postId) return;
    if (postId !== null) {
      const post = (await tx('posts').where({ id: postId, thread_id: thread.id }).where('sequence', '>', 1).whereNull('deleted_at').first('id')) as { id: string } | undefined;
      if (!post) throw notFound();
    }
    await tx('threads').where('id', thread.id).update({ accepted_post_id: postId, accepted_at: postId && clock.now(), accepted_by: postId && actor.id });
    if (postId !== null) await record(tx, 'answer.accepted', { threadId: thread.id, postId });
    publish(tx, roomOf.topic(`thread:${number}`), 'thread:changed', { number, lastSequence: thread.last_sequence, changed: 1 });
  });
}
