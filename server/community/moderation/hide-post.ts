import { audit } from '../../accounts/audit.ts';
import type { Tx } from '../../database/transaction.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import type { ThreadHead } from '../find-thread.ts';
import { type LockedPost, tellChanged } from '../lock-post.ts';
import { takeMeasure } from './measures.ts';
import { closeCase } from './close-case.ts';

/** Takes a post out of everybody's sight, at once; of a solution nothing remains. The caller holds the post's lock. */
export async function takeAway(tx: Tx, actor: Actor, post: LockedPost, thread: ThreadHead, reason: string | undefined): Promise<void> {
  await tx('posts').where({ id: post.id }).update({ deleted_at: clock.now(), deleted_by: actor.id, delete_reason: reason || null });
  await tx('threads').where({ id: thread.id, accepted_post_id: post.id }).update({ accepted_post_id: null, accepted_at: null, accepted_by: null });
  tellChanged(tx, thread, post.sequence);
}

/** A moderator hides somebody's post: it can be shown again, and its author can appeal. What others had flagged is decided with it. */
export async function hidePost(tx: Tx, actor: Actor, post: LockedPost, thread: ThreadHead, reason: string | undefined, decided: { caseId?: string } = {}): Promise<void> {
  await takeAway(tx, actor, post, thread, reason);
  const open = decided.caseId ?? ((await tx('moderation_cases').where({ post_id: post.id }).whereNull('outcome').forUpdate().first('id')) as { id: string } | undefined)?.id;
  await takeMeasure(tx, actor, { kind: 'hidden', person_id: post.author_id, network_id: thread.network_id, post_id: post.id, case_id: open ?? null, reason: reason || null });
  await audit(tx, actor, 'post.remove', 'post', post.id, { details: { thread: thread.number, before: post.html, after: null, ...(reason ? { reason } : {}) } });
  if (open && !decided.caseId) await closeCase(tx, actor, { id: open, network_id: thread.network_id }, 'upheld', reason ?? '');
}
