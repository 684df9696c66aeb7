import { database } from '../database/connection.ts';
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
