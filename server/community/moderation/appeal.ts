import { transaction } from '../../database/transaction.ts';
import { conflict, notFound, violates } from '../../errors.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import { openCase } from './open-case.ts';
import type { MeasureRow } from './measures.ts';

/** Whom a measure is about asks once for another look at it. @throws AppError 404 for a measure of somebody else; 409 `appeal-given`, `measure-lifted` */
export async function appeal(actor: Actor, measureId: string, text: string): Promise<void> {
  await transaction(async (tx) => {
    const measure = (await tx('moderation_measures').where({ id: measureId, person_id: actor.id }).forUpdate().first()) as MeasureRow | undefined;
    if (!measure) throw notFound();
    if (measure.lifted_at) throw conflict('measure-lifted');
    const caseId = await openCase(tx, 'appeal', measure.network_id);
    await tx('moderation_appeals').insert({ case_id: caseId, measure_id: measureId, text, at: clock.now() });
  }).catch((error: unknown) => {
    throw violates(error, 'moderation_appeals_measure_id_key') ? conflict('appeal-given') : error;
  });
}
