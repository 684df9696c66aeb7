import type { Tx } from '../database/transaction.ts';
import { record } from '../events.ts';
import { clock } from '../gateways/clock.ts';
import { declaredByDomain } from '../territory/declared-domain.ts';
import type { Affiliation } from './affiliation.ts';
import type { Person } from './person.ts';

/** A confirmed person's wish: granted at once when her address is of a domain that the body has declared, else for the coordinators. */
export async function settleAffiliation(tx: Tx, wish: Affiliation, person: Pick<Person, 'email'>): Promise<void> {
  if (await declaredByDomain(tx, wish.body_id, person.email)) await approveAffiliation(tx, wish, null);
  else await record(tx, 'affiliation.requested', { affiliationId: wish.id });
}

/**
 * She now works for the body. Who worked for another one has moved: her enrolments follow, what she coordinated there she no longer does.
 * @param decidedBy null: the domain of her address.
 */
export async function approveAffiliation(tx: Tx, wish: Pick<Affiliation, 'id' | 'person_id' | 'body_id'>, decidedBy: string | null, reason: string | null = null): Promise<void> {
  const at = clock.now();
  const before = (await tx('people').where({ id: wish.person_id }).forUpdate().first('body_id')) as { body_id: string | null } | undefined;
  await tx('affiliations').where({ id: wish.id }).update({ status: 'approved', decided_by: decidedBy, decided_at: at, reason });
  await tx('people').where({ id: wish.person_id }).update({ body_id: wish.body_id });
  await record(tx, 'affiliation.approved', { affiliationId: wish.id });
  if (before?.body_id && before.body_id !== wish.body_id) {
    await tx('roles').where({ person_id: wish.person_id, role: 'coordinator', scope: 'body', scope_id: before.body_id }).whereNull('revoked_at').update({ revoked_at: at });
    await record(tx, 'person.moved', { personId: wish.person_id, fromBodyId: before.body_id, toBodyId: wish.body_id });
  }
}
