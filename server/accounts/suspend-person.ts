import { transaction } from '../database/transaction.ts';
import { conflict, notFound } from '../errors.ts';
import { clock } from '../gateways/clock.ts';
import type { Actor } from '../http/actor.ts';
import { requireAnotherAdministrator } from './administrators.ts';
import { audit } from './audit.ts';
import { Person } from './person.ts';
import { mayReinstate, maySuspend } from './policy.ts';
import { revokeSessions } from './revoke-sessions.ts';

/** UPI shuts a person out, at once and everywhere. @throws AppError 404; 409 for oneself, who is suspended already, or the last administrator. */
export async function suspendPerson(actor: Actor, id: string, reason: string): Promise<void> {
  await transaction(async (tx) => {
    if (id !== actor.id) await requireAnotherAdministrator(tx, id);
    const person = await Person.query(tx).findById(id).forUpdate();
    if (!person) throw notFound();
    if (!maySuspend(actor, person)) throw conflict(person.id === actor.id ? 'suspension-own' : 'suspension-same');
    await tx('people').where({ id }).update({ suspended_at: clock.now() });
    await revokeSessions(tx, id, 'all');
    await audit(tx, actor, 'person.suspend', 'person', id, { bodyId: person.body_id, details: { reason } });
  });
}

/** Lets her in again. @throws AppError 404; 409 for who is not suspended. */
export async function reinstatePerson(actor: Actor, id: string): Promise<void> {
  await transaction(async (tx) => {
    const person = await Person.query(tx).findById(id).forUpdate();
    if (!person) throw notFound();
    if (!mayReinstate(actor, person)) throw conflict('suspension-same');
    await tx('people').where({ id }).update({ suspended_at: null });
    await audit(tx, actor, 'person.reinstate', 'person', id, { bodyId: person.body_id });
  });
}
