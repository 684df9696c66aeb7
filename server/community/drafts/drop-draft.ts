import { database } from '../../database/connection.ts';
import type { Tx } from '../../database/transaction.ts';
import { notFound } from '../../errors.ts';
import type { Actor } from '../../http/actor.ts';
import { type DraftPlace, lockDraft, othersOf } from './draft.ts';

/** Its author throws a draft away, with all that is kept beside it. @throws AppError 404 for anybody else */
export async function dropDraft(actor: Actor, id: string): Promise<void> {
  if ((await database()('drafts').where({ id, person_id: actor.id }).delete()) === 0) throw notFound();
}

/** She needs the words of another window no longer. @throws AppError 404 for anybody else */
export async function dropOther(actor: Actor, id: string, otherId: string): Promise<void> {
  const mine = database()('drafts').where({ id, person_id: actor.id }).select('id');
  if ((await database()('draft_others').where('id', otherId).whereIn('draft_id', mine).delete()) === 0) throw notFound();
}

/**
 * What was sent is no draft any more. What another window saved since then stays, and so does what it wrote beside: that becomes the draft.
 * @param version the one that was sent.
 */
export async function sentDraft(tx: Tx, actor: Pick<Actor, 'id'>, place: DraftPlace, version: number): Promise<void> {
  const draft = await lockDraft(tx, actor.id, place);
  if (draft?.version !== version) return;
  const [other] = await othersOf(tx, draft.id);
  if (!other) {
    await tx('drafts').where('id', draft.id).delete();
    return;
  }
  // With the window that wrote it
  const { id, ...words } = other;
  await tx('draft_others').where({ id }).delete();
  await tx('drafts').where('id', draft.id).update({ ...words, version: version + 1 });
}
