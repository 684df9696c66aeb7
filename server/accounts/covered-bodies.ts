import { database } from '../database/connection.ts';
import type { Tx } from '../database/transaction.ts';
import { romeDay } from '../gateways/clock.ts';
import { type Actor, holds } from '../http/actor.ts';

/** The bodies where she holds the coordinator's role herself. */
const coordinated = (actor: Actor): string[] => actor.roles.flatMap(({ role, scopeId }) => (role === 'coordinator' && scopeId ? [scopeId] : []));

/**
 * The ids of every body whose people a coordinator follows: her own, those that count for it in the programme (its successors and
 * municipalities), those that belong to it today. Empty for who coordinates nothing; an administrator's reach is not told here.
 */
export async function coveredBodies(actor: Actor): Promise<string[]> {
  const own = coordinated(actor);
  if (own.length === 0) return [];
  const { rows } = await database().raw<{ rows: { id: string }[] }>(
    `select id from bodies where id = any(?)
     union select body_id from programme_attributions where member_id = any(?)
     union select body_id from body_memberships where parent_id = any(?) and (valid_to is null or valid_to >= ?)`,
    [own, own, own, romeDay()],
  );
  return rows.map(({ id }) => id);
}

/** Whether the body's people are hers to follow: its coordinator, its Province's coordinator, or UPI. */
export async function coordinates(actor: Actor, bodyId: string): Promise<boolean> {
  return holds(actor, 'admin') || (await coveredBodies(actor)).includes(bodyId);
}

/** Who coordinates a body: the other way round of `coveredBodies`. */
export async function coordinatorsOf(tx: Tx, bodyId: string): Promise<string[]> {
  const { rows } = await tx.raw<{ rows: { person_id: string }[] }>(
    `select distinct r.person_id from roles r join people p on p.id = r.person_id
      where r.role = 'coordinator' and r.scope = 'body' and r.revoked_at is null and p.suspended_at is null
        and r.scope_id in (select ?::uuid union select member_id from programme_attributions where body_id = ?
                           union select parent_id from body_memberships where body_id = ? and (valid_to is null or valid_to >= ?))`,
    [bodyId, bodyId, bodyId, romeDay()],
  );
  return rows.map((row) => row.person_id);
}

/** Where a body has no coordinator yet, UPI answers. */
export async function coordinatorsOrAdministrators(tx: Tx, bodyId: string): Promise<string[]> {
  const coordinators = await coordinatorsOf(tx, bodyId);
  if (coordinators.length > 0) return coordinators;
  return (await tx('roles').where({ role: 'admin' }).whereNull('revoked_at').distinct().pluck('person_id')) as string[];
}
