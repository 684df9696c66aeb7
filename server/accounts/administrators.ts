import type { Tx } from '../database/transaction.ts';
import { conflict } from '../errors.ts';

/**
 * The platform never remains without somebody who can administer it. Call it before anything else is locked: all administrators are locked
 * as a whole and in one order, so that of two who remove each other the second finds what the first has left.
 * @param personId who is about to be one no more; somebody who is none passes.
 * @throws AppError 409 `role-last-administrator`
 */
export async function requireAnotherAdministrator(tx: Tx, personId: string): Promise<void> {
  const active = (await tx('roles').join('people', 'people.id', 'roles.person_id').where({ 'roles.role': 'admin' }).whereNull('roles.revoked_at').whereNull('people.suspended_at').whereNotNull('people.confirmed_at')
    .orderBy('roles.id').forUpdate('roles', 'people').select('roles.person_id')) as { person_id: string }[];
  const isOne = active.some((administrator) => administrator.person_id === personId);
  if (isOne && !active.some((administrator) => administrator.person_id !== personId)) throw conflict('role-last-administrator');
}
