import { audit } from '../../accounts/audit.ts';
import { transaction, type Tx } from '../../database/transaction.ts';
import { conflict, forbidden, invalidField } from '../../errors.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import { lockPractice } from './find-practice.ts';
import { mayRemove, maySupersede } from './policy.ts';
import type { PracticeHead } from './practice.ts';

/**
 * Another published sheet of the same network takes the place of this one, which stays readable and says so.
 * @throws AppError 404, 403; 409 `practice-superseded`; 422 `practice-successor` where the other one cannot take its place
 */
export async function supersedePractice(actor: Actor, number: number, by: number): Promise<void> {
  await transaction(async (tx) => {
    // Both locked in the order of their numbers, so that two who do the opposite at once do not wait for each other
    await tx('practices').whereIn('number', [number, by]).orderBy('number').forUpdate().select('id');
    const sheet = await lockSuperseding(tx, actor, number);
    if (sheet.superseded_by) throw conflict('practice-superseded');
    const successor = (await tx('practices').where({ number: by, network_id: sheet.network_id }).whereNotNull('version_id').whereNull('superseded_by').whereNull('deleted_at').first('id', 'title')) as { id: string; title: string } | undefined;
    if (!successor || successor.id === sheet.id) throw invalidField('body.by', 'practice-successor', 'practice-successor');
    await tx('practices').where('id', sheet.id).update({ superseded_by: successor.id, superseded_at: clock.now(), superseded_by_person: actor.id });
    await audit(tx, actor, 'practice.supersede', 'practice', sheet.id, { details: { number, title: sheet.title, by } });
  });
}

/** It is good again. @throws AppError 404, 403 */
export async function restorePractice(actor: Actor, number: number): Promise<void> {
  await transaction(async (tx) => {
    const sheet = await lockSuperseding(tx, actor, number);
    if (!sheet.superseded_by) return;
    await tx('practices').where('id', sheet.id).update({ superseded_by: null, superseded_at: null, superseded_by_person: null });
    await audit(tx, actor, 'practice.restore', 'practice', sheet.id, { details: { number, title: sheet.title } });
  });
}

/** A moderator removes a published sheet, with a reason: nobody finds it any more. @throws AppError 404, 403 */
export async function removePractice(actor: Actor, number: number, reason: string): Promise<void> {
  await transaction(async (tx) => {
    const sheet = await lockPractice(tx, actor, number);
    if (!mayRemove(sheet)) throw forbidden();
    await tx('practices').where('id', sheet.id).update({ deleted_at: clock.now(), deleted_by: actor.id, delete_reason: reason });
    // What it had taken the place of is good again: nobody is led to a sheet that is gone
    await tx('practices').where('superseded_by', sheet.id).update({ superseded_by: null, superseded_at: null, superseded_by_person: null });
    await audit(tx, actor, 'practice.remove', 'practice', sheet.id, { details: { number, title: sheet.title, reason } });
  });
}

async function lockSuperseding(tx: Tx, actor: Actor, number: number): Promise<PracticeHead> {
  const sheet = await lockPractice(tx, actor, number);
  if (!maySupersede(actor, sheet)) throw forbidden();
  return sheet;
}
