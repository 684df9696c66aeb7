import type { PracticeCommentInput } from '../../contract/practices.ts';
import { transaction, type Tx } from '../../database/transaction.ts';
import { forbidden, notFound } from '../../errors.ts';
import { record } from '../../events.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import { lockPractice } from './find-practice.ts';
import { mayComment, mayReadComments } from './policy.ts';

/** Author and reviewers talk about a sheet that was handed in; sent twice it is said once. @throws AppError 404 for who may not read what they say, 403 */
export async function commentPractice(actor: Actor, number: number, input: PracticeCommentInput): Promise<void> {
  await transaction(async (tx) => {
    const sheet = await lockPractice(tx, actor, number);
    if (!mayReadComments(actor, sheet)) throw notFound();
    if (!mayComment(actor, sheet)) throw forbidden();
    const commentId = await addComment(tx, actor, sheet.id, { ...input, returned: false });
    if (commentId) await record(tx, 'practice.commented', { commentId });
  });
}

/** @returns its id; undefined for one that is there already. */
export async function addComment(tx: Tx, actor: Actor, practiceId: string, { clientId, words, returned }: PracticeCommentInput & { returned: boolean }): Promise<string | undefined> {
  const [comment] = (await tx('practice_comments')
    .insert({ practice_id: practiceId, author_id: actor.id, body_id: actor.bodyId, words, returned, created_at: clock.now(), client_id: clientId }).onConflict(['author_id', 'client_id']).ignore().returning('id')) as { id: string }[];
  return comment?.id;
}
