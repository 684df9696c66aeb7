import { audit } from '../accounts/audit.ts';
import type { EditionChange } from '../contract/courses.ts';
import { transaction } from '../database/transaction.ts';
import { conflict, type FieldError, invalid } from '../errors.ts';
import { record } from '../events.ts';
import { romeDay } from '../gateways/clock.ts';
import type { Actor } from '../http/actor.ts';
import { setTrainers, strangersAmong } from './edition-trainers.ts';
import { checkEdition, type EditionFacts } from './edition-rules.ts';
import { editionState } from './edition.ts';
import { type EditionRow, findEdition, lockManagedEdition } from './find-edition.ts';
import { notATrainer, toColumns, toFacts } from './write-edition.ts';

/** Changes an edition that is neither cancelled nor over: certificates tell what those were. @throws AppError 404, 409, 422 with every mistake. */
export async function changeEdition(actor: Actor, id: string, input: EditionChange): Promise<EditionRow> {
  const { trainerIds, ...given } = input;
  await transaction(async (tx) => {
    const edition = await lockManagedEdition(tx, actor, id);
    refuseEnded(edition);
    const before = toFacts(edition);
    const after = { ...before, ...withoutUndefined(given) };
    const mistakes = [
      ...checkEdition(after, romeDay()), ...seatsBelowTaken(edition, after),
      ...(trainerIds ? notATrainer(await strangersAmong(tx, edition.course_id, trainerIds), trainerIds) : []),
    ];
    if (mistakes.length > 0) throw invalid(mistakes);
    await tx('editions').where({ id }).update(toColumns(after));
    if (trainerIds) await setTrainers(tx, id, trainerIds);
    await record(tx, 'edition.changed', { editionId: id });
    await audit(tx, actor, 'edition.change', 'edition', id, { details: { code: edition.code, before: toColumns(before), after: toColumns(after), ...(trainerIds ? { trainerIds } : {}) } });
  });
  return findEdition(actor, id);
}

/** @throws AppError 409 when the edition is cancelled or over. */
export function refuseEnded(edition: EditionRow): void {
  const state = editionState(edition, romeDay());
  if (state === 'cancelled') throw conflict('edition-cancelled');
  if (state === 'over') throw conflict('edition-over');
}

function seatsBelowTaken(edition: EditionRow, after: EditionFacts): FieldError[] {
  return after.seats !== null && after.seats < edition.seats_taken ? [{ path: 'body.seats', code: 'seats-below-taken', message: 'seats-below-taken' }] : [];
}

function withoutUndefined<T extends object>(given: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
