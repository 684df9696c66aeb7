import type { RoleGrant } from '../contract/accounts.ts';
import { transaction, type Tx } from '../database/transaction.ts';
import { conflict, invalidField, notFound } from '../errors.ts';
import { record } from '../events.ts';
import { clock } from '../gateways/clock.ts';
import type { Actor } from '../http/actor.ts';
import { cutOff, roomOf } from '../sockets/publish.ts';
import { requireAnotherAdministrator } from './administrators.ts';
import { audit } from './audit.ts';
import { Person } from './person.ts';
import { mayGrantRoles } from './policy.ts';

/** Where each role can be held. */
const SCOPES: Record<RoleGrant['role'], RoleGrant['scope'][]> = {
  admin: ['platform'],
  coordinator: ['body'],
  trainer: ['course', 'platform'],
  moderator: ['network', 'platform'],
  agent: ['platform'],
  steward: ['platform'],
};

const TABLES: Partial<Record<RoleGrant['scope'], string>> = { body: 'bodies', course: 'courses', network: 'networks' };

/**
 * UPI gives a role to a person. Given twice it is the same one.
 * @returns the role's id.
 * @throws AppError 404 no such person; 409 she cannot sign in, or a coordinator without a body; 422 a role where it cannot be held.
 */
export async function grantRole(actor: Actor, { personId, role, scope, scopeId }: RoleGrant): Promise<string> {
  if (!SCOPES[role].includes(scope)) throw invalidField('body.scope', 'role-scope', 'scope');
  if ((scope === 'platform') !== (scopeId === null)) throw invalidField('body.scopeId', 'role-place', 'place');
  return transaction(async (tx) => {
    const person = await Person.query(tx).findById(personId).forUpdate();
    if (!person) throw notFound();
    if (!mayGrantRoles(actor, person)) throw conflict('role-not-active');
    if (role === 'coordinator' && person.body_id === null) throw conflict('role-without-body');
    await requirePlace(tx, scope, scopeId);
    const held = (await tx('roles').where({ person_id: personId, role, scope }).whereNull('revoked_at').whereRaw('scope_id is not distinct from ?', [scopeId]).first('id')) as { id: string } | undefined;
    if (held) return held.id;
    const [granted] = (await tx('roles').insert({ person_id: personId, role, scope, scope_id: scopeId, granted_by: actor.id }).returning('id')) as { id: string }[];
    if (!granted) throw new Error('not inserted');
    await audit(tx, actor, 'role.grant', 'person', personId, { bodyId: scope === 'body' ? scopeId : person.body_id, details: { role, scope, scopeId } });
    await record(tx, 'role.granted', { roleId: granted.id });
    return granted.id;
  });
}

async function requirePlace(tx: Tx, scope: RoleGrant['scope'], scopeId: string | null): Promise<void> {
  const table = TABLES[scope];
  if (table && !(await tx(table).where({ id: scopeId }).first('id'))) throw invalidField('body.scopeId', 'role-place', 'place');
}

/**
 * Takes a role back; what she may hear over the sockets is decided anew.
 * @throws AppError 404 no such role; 409 for the last administrator's.
 */
export async function revokeRole(actor: Actor, id: string): Promise<void> {
  await transaction(async (tx) => {
    const known = (await tx('roles').where({ id, role: 'admin' }).whereNull('revoked_at').first('person_id')) as { person_id: string } | undefined;
    if (known) await requireAnotherAdministrator(tx, known.person_id);
    const held = (await tx('roles').where({ id }).whereNull('revoked_at').forUpdate().first('person_id', 'role', 'scope', 'scope_id')) as { person_id: string; role: string; scope: string; scope_id: string | null } | undefined;
    if (!held) throw notFound();
    await tx('roles').where({ id }).update({ revoked_at: clock.now() });
    const person = await Person.query(tx).findById(held.person_id);
    await audit(tx, actor, 'role.revoke', 'person', held.person_id, { bodyId: held.scope === 'body' ? held.scope_id : (person?.body_id ?? null), details: { role: held.role, scope: held.scope, scopeId: held.scope_id } });
    cutOff(tx, roomOf.person(held.person_id));
  });
}
