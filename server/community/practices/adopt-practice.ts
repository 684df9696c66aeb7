import { transaction } from '../../database/transaction.ts';
import { conflict, forbidden } from '../../errors.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import { lockPractice } from './find-practice.ts';

/**
 * Says that the actor's body has adopted a sheet: once per body, whoever of it says so; what a colleague has said already stays as it is.
 * @throws AppError 404; 403 `practice-no-body`; 409 `practice-own-body`, `practice-not-published`, `practice-superseded`
 */
export async function adoptPractice(actor: Actor, number: number, note: string | undefined): Promise<void> {
  await transaction(async (tx) => {
    const sheet = await lockPractice(tx, actor, number);
    if (actor.bodyId === null) throw forbidden('practice-no-body');
    if (sheet.version_id === null) throw conflict('practice-not-published');
    if (sheet.superseded_by) throw conflict('practice-superseded');
    if (sheet.body_id === actor.bodyId) throw conflict('practice-own-body');
    await tx('practice_adoptions').insert({ practice_id: sheet.id, body_id: actor.bodyId, person_id: actor.id, note: note || null, at: clock.now() })
      .onConflict(tx.raw('(practice_id, body_id) where withdrawn_at is null')).ignore();
  });
}

/** Takes it back for her body, also when a colleague had said it. @throws AppError 404; 403 `practice-no-body` */
export async function withdrawAdoption(actor: Actor, number: number): Promise<void> {
  await transaction(async (tx) => {
    const sheet = await lockPractice(tx, actor, number);
    if (actor.bodyId === null) throw forbidden('practice-no-body');
    await tx('practice_adoptions').where({ practice_id: sheet.id, body_id: actor.bodyId }).whereNull('withdrawn_at').update({ withdrawn_at: clock.now(), withdrawn_by: actor.id });
  });
}
