import type { PracticeInput, PracticeWork } from '../../contract/practices.ts';
import { transaction } from '../../database/transaction.ts';
import { conflict, forbidden } from '../../errors.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import { mayWrite } from '../policy.ts';
import { loadWritable } from '../load-network.ts';
import { cleanSheet } from './clean-content.ts';
import { lockPractice } from './find-practice.ts';
import { mayDiscard, mayEdit } from './policy.ts';
import type { PracticeHead, PracticeVersion } from './practice.ts';

/**
 * Begins a sheet as a draft that its author alone sees; sent twice it is one.
 * @returns its number.
 * @throws AppError 404; 403 `network-not-member`, `practice-no-body`; 422
 */
export async function startPractice(actor: Actor, key: string, { clientId, ...input }: PracticeInput): Promise<number> {
  const { network } = await loadWritable(actor, key);
  if (actor.bodyId === null) throw forbidden('practice-no-body');
  const { title, tags, content } = cleanSheet(input);
  const mine = { author_id: actor.id, client_id: clientId };
  return transaction(async (tx) => {
    const now = clock.now();
    await tx('practices').insert({ ...mine, network_id: network.id, body_id: actor.bodyId, created_at: now, changed_at: now, title, tags, content: JSON.stringify(content) }).onConflict(['author_id', 'client_id']).ignore();
    const { number } = (await tx('practices').where(mine).first('number')) as { number: number };
    return number;
  });
}

/**
 * Its author saves the working copy; of a published sheet that begins a new version, while everybody goes on reading the published one.
 * @throws AppError 404, 403; 409 `practice-changed`, `practice-in-review`, `practice-superseded`; 422
 */
export async function savePractice(actor: Actor, number: number, { revision, ...input }: PracticeWork): Promise<void> {
  const { title, tags, content } = cleanSheet(input);
  await transaction(async (tx) => {
    const sheet = await lockPractice(tx, actor, number);
    assertEditable(actor, sheet);
    if (sheet.revision !== revision) throw conflict('practice-changed');
    await tx('practices').where('id', sheet.id).update({ title, tags, content: JSON.stringify(content), changed_at: clock.now(), revision: revision + 1, stage: sheet.stage ?? 'draft' });
  });
}

/** Why its author may not write in it now, in words that help. @throws AppError 403; 409 `practice-in-review`, `practice-superseded` */
export function assertEditable(actor: Actor, sheet: PracticeHead): void {
  if (mayEdit(actor, sheet)) return;
  if (actor.id !== sheet.author_id) throw forbidden();
  if (!mayWrite(sheet, sheet)) throw forbidden('network-not-member');
  if (actor.bodyId === null) throw forbidden('practice-no-body');
  throw conflict(sheet.stage === 'review' ? 'practice-in-review' : 'practice-superseded');
}

/**
 * Its author throws away what was not published: a first draft altogether, of a published sheet the new version. @returns whether the sheet is still there.
 * @throws AppError 404, 403; 409 `practice-changed`, `practice-in-review`, `practice-nothing-open`
 */
export async function discardWork(actor: Actor, number: number, revision: number): Promise<boolean> {
  return transaction(async (tx) => {
    const sheet = await lockPractice(tx, actor, number);
    if (actor.id !== sheet.author_id) throw forbidden();
    if (!mayDiscard(actor, sheet)) throw conflict(sheet.stage === 'review' ? 'practice-in-review' : 'practice-nothing-open');
    if (sheet.revision !== revision) throw conflict('practice-changed');
    const now = clock.now();
    if (sheet.version_id === null) {
      await tx('practices').where('id', sheet.id).update({ deleted_at: now, deleted_by: actor.id });
      return false;
    }
    const { title, tags, content, files } = (await tx('practice_versions').where('id', sheet.version_id).first('title', 'tags', 'content', 'files')) as PracticeVersion;
    await tx('practices').where('id', sheet.id).update({ title, tags, content: JSON.stringify(content), files, changed_at: now, revision: revision + 1, stage: null });
    return true;
  });
}
