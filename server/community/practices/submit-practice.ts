import { missingFrom } from '../../contract/practices.ts';
import { transaction } from '../../database/transaction.ts';
import { conflict, forbidden, invalid } from '../../errors.ts';
import { record } from '../../events.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import { lockPractice } from './find-practice.ts';
import { assertEditable } from './write-practice.ts';

/**
 * Its author hands a sheet to the reviewers of its network; asked twice it is handed in once.
 * @throws AppError 404, 403; 409 `practice-changed`, `practice-superseded`, `practice-nothing-open`; 422 with everything that is missing
 */
export async function submitPractice(actor: Actor, number: number, revision: number): Promise<void> {
  await transaction(async (tx) => {
    const sheet = await lockPractice(tx, actor, number);
    if (sheet.author_id === actor.id && sheet.stage === 'review' && sheet.revision === revision) return;
    assertEditable(actor, sheet);
    if (sheet.stage === null) throw conflict('practice-nothing-open');
    if (sheet.revision !== revision) throw conflict('practice-changed');
    const missing = missingFrom({ ...sheet.content, title: sheet.title, tags: sheet.tags });
    if (missing.length > 0) throw invalid(missing.map(({ field, code }) => ({ path: `body.${field}`, code, message: code })));
    const now = clock.now();
    await tx('practices').where('id', sheet.id).update({ stage: 'review', submitted_at: now });
    await record(tx, 'practice.submitted', { practiceId: sheet.id, at: now.toISOString() });
  });
}

/** Its author takes it back to go on writing. @throws AppError 404, 403; 409 `practice-not-in-review` */
export async function takeBackPractice(actor: Actor, number: number): Promise<void> {
  await transaction(async (tx) => {
    const sheet = await lockPractice(tx, actor, number);
    if (actor.id !== sheet.author_id) throw forbidden();
    if (sheet.stage !== 'review') throw conflict('practice-not-in-review');
    await tx('practices').where('id', sheet.id).update({ stage: 'draft' });
  });
}
