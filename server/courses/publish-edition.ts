import { audit } from '../accounts/audit.ts';
import { transaction } from '../database/transaction.ts';
import { conflict, invalid } from '../errors.ts';
import { clock, romeDay } from '../gateways/clock.ts';
import type { Actor } from '../http/actor.ts';
import { refuseEnded } from './change-edition.ts';
import { checkEdition } from './edition-rules.ts';
import { type EditionRow, findEdition, lockManagedEdition } from './find-edition.ts';
import { toFacts } from './write-edition.ts';

/**
 * Shows an edition to everybody, on the newest version of its course from now on. Published twice is published once.
 * @throws AppError 404, 409, 422 when a draft has grown old.
 */
export async function publishEdition(actor: Actor, id: string): Promise<EditionRow> {
  await transaction(async (tx) => {
    const edition = await lockManagedEdition(tx, actor, id);
    refuseEnded(edition);
    if (edition.published_at) return;
    const mistakes = checkEdition(toFacts(edition), romeDay());
    if (mistakes.length > 0) throw invalid(mistakes);
    if (edition.enrol_until < romeDay()) throw conflict('enrolment-already-over');
    await tx('editions').where({ id }).update({ published_at: clock.now(), version_id: tx('courses').where({ id: edition.course_id }).select('current_version_id') });
    await audit(tx, actor, 'edition.publish', 'edition', id, { details: { code: edition.code } });
  });
  return findEdition(actor, id);
}
