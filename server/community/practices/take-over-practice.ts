import { audit } from '../../accounts/audit.ts';
import { transaction, type Tx } from '../../database/transaction.ts';
import { conflict, forbidden } from '../../errors.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import { lockPractice } from './find-practice.ts';
import { mayTakeOver } from './policy.ts';
import type { PracticeHead, PracticeVersion } from './practice.ts';

/**
 * A moderator of its network becomes the author of a sheet whose author has left: somebody keeps it up to date. It stays the sheet of its body; who wrote each version
 * is what it was, and what she had begun and handed in to nobody stays unread: the work begins from what is published. Asked twice she takes it over once.
 * @throws AppError 404, 403; 409 `practice-author-here`
 */
export async function takeOverPractice(actor: Actor, number: number): Promise<void> {
  await transaction(async (tx) => {
    const sheet = await lockPractice(tx, actor, number);
    if (sheet.author_id === actor.id) return;
    if (!sheet.moderates) throw forbidden();
    if (!mayTakeOver(actor, sheet)) throw sheet.author_gone ? forbidden() : conflict('practice-author-here');
    await tx('practices').where('id', sheet.id).update({ author_id: actor.id, ...(await publishedWork(tx, sheet)) });
    await audit(tx, actor, 'practice.take-over', 'practice', sheet.id, { details: { number, title: sheet.title, before: sheet.author_id, after: actor.id } });
  });
}

/** In place of a draft that only its author may read: the sheet as it is published. */
async function publishedWork(tx: Tx, { stage, version_id, revision }: Pick<PracticeHead, 'stage' | 'version_id' | 'revision'>): Promise<object> {
  if (stage !== 'draft' || version_id === null) return {};
  const { title, tags, content, files } = (await tx('practice_versions').where('id', version_id).first('title', 'tags', 'content', 'files')) as PracticeVersion;
  return { title, tags, content: JSON.stringify(content), files, changed_at: clock.now(), revision: revision + 1, stage: null };
}
