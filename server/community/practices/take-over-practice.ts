import { audit } from '../../accounts/audit.ts';
import { transaction } from '../../database/transaction.ts';
import { conflict, forbidden } from '../../errors.ts';
import type { Actor } from '../../http/actor.ts';
import { lockPractice } from './find-practice.ts';
import { mayTakeOver } from './policy.ts';

/**
 * A moderator of its network becomes the author of a sheet whose author has left: somebody keeps it up to date. It stays the sheet of its body; who wrote each version
 * is what it was. Asked twice she takes it over once.
 * @throws AppError 404, 403; 409 `practice-author-here`
 */
export async function takeOverPractice(actor: Actor, number: number): Promise<void> {
  await transaction(async (tx) => {
    const sheet = await lockPractice(tx, actor, number);
    if (sheet.author_id === actor.id) return;
    if (!sheet.moderates) throw forbidden();
    if (!mayTakeOver(actor, sheet)) throw sheet.author_gone ? forbidden() : conflict('practice-author-here');
    await tx('practices').where('id', sheet.id).update({ author_id: actor.id });
    await audit(tx, actor, 'practice.take-over', 'practice', sheet.id, { details: { number, title: sheet.title, before: sheet.author_id, after: actor.id } });
  });
}
