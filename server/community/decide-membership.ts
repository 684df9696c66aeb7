import { audit } from '../accounts/audit.ts';
import { transaction, type Tx } from '../database/transaction.ts';
import { conflict, forbidden, notFound } from '../errors.ts';
import { record } from '../events.ts';
import { clock } from '../gateways/clock.ts';
import { type Actor, holds } from '../http/actor.ts';
import { cutOff, roomOf } from '../sockets/publish.ts';
import type { Membership } from './network.ts';

/** A moderator accepts or refuses who asks to join. @throws AppError 404 where she moderates nothing, 403 on her own, 409 `membership-decided` */
export async function decideMembership(actor: Actor, id: string, { decision, reason }: { decision: 'approved' | 'refused'; reason?: string | undefined }): Promise<void> {
  await transaction(async (tx) => {
    const membership = await lockModerated(tx, actor, id);
    if (membership.status !== 'requested') throw conflict('membership-decided');
    const now = clock.now();
    const status = decision === 'approved' ? 'active' : 'refused';
    await tx('network_members').where({ id }).update({ status, decided_by: actor.id, reason: reason ?? null, decided_at: now, ...(status === 'active' ? { read_until: now } : {}) });
    await record(tx, 'membership.changed', { membershipId: id, to: status, at: now.toISOString(), byId: actor.id, reason: reason ?? null });
    await audit(tx, actor, `membership.${decision}`, 'membership', id, { details: reason ? { reason } : {} });
  });
}

/** A moderator removes a member, with a reason: within the second she hears nothing more. @throws AppError 404, 403, 409 `membership-ended` */
export async function removeMember(actor: Actor, id: string, reason: string): Promise<void> {
  await transaction(async (tx) => {
    const membership = await lockModerated(tx, actor, id);
    if (membership.status !== 'active') throw conflict('membership-ended');
    const now = clock.now();
    await tx('network_members').where({ id }).update({ status: 'removed', decided_by: actor.id, reason, decided_at: now });
    await record(tx, 'membership.changed', { membershipId: id, to: 'removed', at: now.toISOString(), byId: actor.id, reason });
    await audit(tx, actor, 'membership.removed', 'membership', id, { details: { reason } });
    cutOff(tx, roomOf.person(membership.person_id));
  });
}

async function lockModerated(tx: Tx, actor: Actor, id: string): Promise<Membership> {
  const membership = (await tx('network_members').where({ id }).forUpdate().first()) as Membership | undefined;
  if (!membership || !(holds(actor, 'admin') || holds(actor, 'moderator', membership.network_id))) throw notFound();
  if (membership.person_id === actor.id && !holds(actor, 'admin')) throw forbidden();
  return membership;
}
