import { audit } from '../../accounts/audit.ts';
import { transaction, type Tx } from '../../database/transaction.ts';
import { conflict, forbidden, notFound } from '../../errors.ts';
import { record } from '../../events.ts';
import { clock } from '../../gateways/clock.ts';
import { type Actor, holds } from '../../http/actor.ts';
import type { ThreadHead } from '../find-thread.ts';
import { lockPost, tellChanged } from '../lock-post.ts';
import { isHidden } from '../policy.ts';
import { closeCase } from './close-case.ts';
import type { MeasureRow } from './measures.ts';

/** Whether she decides in a network (null: on the whole platform). */
export const decidesIn = (actor: Actor, networkId: string | null): boolean => holds(actor, 'admin') || holds(actor, 'moderator', networkId ?? undefined);

/** Undoes a measure: a hidden post is shown again, who was suspended writes. The caller has locked it, after its post. */
export async function undo(tx: Tx, actor: Actor, measure: MeasureRow, reason: string): Promise<void> {
  await tx('moderation_measures').where('id', measure.id).update({ lifted_at: clock.now(), lifted_by: actor.id, lift_reason: reason });
  const before = { kind: measure.kind, network: measure.network_id, until: measure.until };
  await audit(tx, actor, 'measure.lift', measure.kind === 'hidden' ? 'post' : 'person', (measure.kind === 'hidden' ? measure.post_id : measure.person_id) ?? measure.person_id, { details: { before, after: null, reason } });
  const appeal = (await tx('moderation_appeals as a').join('moderation_cases as c', 'c.id', 'a.case_id').where('a.measure_id', measure.id).whereNull('c.outcome').forUpdate('c').first('c.id', 'c.network_id')) as { id: string; network_id: string | null } | undefined;
  // Whoever appealed is told that she was right, and nothing else
  if (appeal) await closeCase(tx, actor, appeal, 'granted', reason);
  else await record(tx, 'measure.lifted', { measureId: measure.id });
}

/** A measure of these, locked after the post that it hides. @throws AppError 404 for who does not decide there */
export async function lockMeasure(tx: Tx, actor: Actor, id: string): Promise<{ measure: MeasureRow; show: () => Promise<void> }> {
  const found = (await tx('moderation_measures').where({ id }).first('post_id', 'network_id', 'kind')) as Pick<MeasureRow, 'post_id' | 'network_id' | 'kind'> | undefined;
  if (!found || !decidesIn(actor, found.network_id)) throw notFound();
  // Of a thread that is gone nothing is shown again
  const hidden = found.kind === 'hidden' && (await tx('posts as p').join('threads as t', 't.id', 'p.thread_id').where('p.id', found.post_id).whereNull('t.deleted_at').first('p.id')) as { id: string } | undefined | false;
  const place = hidden ? await lockPost(tx, actor, hidden.id) : undefined;
  const measure = (await tx('moderation_measures').where({ id }).forUpdate().first()) as MeasureRow;
  return { measure, show: async () => void (place && isHidden(place.post) && (await showAgain(tx, place.post.id, place.post.sequence, place.thread))) };
}

async function showAgain(tx: Tx, postId: string, sequence: number, thread: ThreadHead): Promise<void> {
  await tx('posts').where('id', postId).update({ deleted_at: null, deleted_by: null, delete_reason: null });
  tellChanged(tx, thread, sequence);
}

/** A moderator takes a measure back before anybody appeals, or after. @throws AppError 404; 403 on a measure against herself; 409 `measure-lifted` */
export async function liftMeasure(actor: Actor, id: string, reason: string): Promise<void> {
  await transaction(async (tx) => {
    const { measure, show } = await lockMeasure(tx, actor, id);
    if (measure.person_id === actor.id) throw forbidden('case-own');
    if (measure.lifted_at) throw conflict('measure-lifted');
    await show();
    await undo(tx, actor, measure, reason);
  });
}

/** The same, for who looks at the hidden post. @throws AppError 404, 403; 409 `post-not-hidden` */
export async function restorePost(actor: Actor, postId: string, reason: string): Promise<ThreadHead> {
  return transaction(async (tx) => {
    const { post, thread } = await lockPost(tx, actor, postId);
    if (!thread.moderates || post.author_id === actor.id) throw forbidden();
    if (!isHidden(post)) throw conflict('post-not-hidden');
    const measure = (await tx('moderation_measures').where({ post_id: postId, kind: 'hidden' }).whereNull('lifted_at').forUpdate().first()) as MeasureRow | undefined;
    await showAgain(tx, postId, post.sequence, thread);
    if (measure) await undo(tx, actor, measure, reason);
    // Removed before measures were noted
    else await audit(tx, actor, 'measure.lift', 'post', postId, { details: { before: { kind: 'hidden' }, after: null, reason } });
    return thread;
  });
}
