import { transaction, type Tx } from '../database/transaction.ts';
import { conflict } from '../errors.ts';
import { record } from '../events.ts';
import { clock } from '../gateways/clock.ts';
import type { Actor } from '../http/actor.ts';
import { cutOff, roomOf } from '../sockets/publish.ts';
import { loadNetwork } from './load-network.ts';
import { requireWriting } from './moderation/suspension.ts';
import type { Membership } from './network.ts';

/**
 * Joins a network at once where it is open, or asks to. Asked twice it changes nothing.
 * @throws AppError 404; 403 `writing-suspended`; 409 `network-no-body`, `network-closed`, `network-removed`
 */
export async function joinNetwork(actor: Actor, key: string, motivation: string | undefined): Promise<void> {
  const { network, standing } = await loadNetwork(actor, key);
  if (standing.membership === 'active') return;
  requireWriting(standing);
  if (actor.bodyId === null) throw conflict('network-no-body');
  if (network.joining === 'closed' || network.archived_at) throw conflict('network-closed');
  await transaction(async (tx) => {
    const status = network.joining === 'open' ? 'active' : 'requested';
    const before = await lockMembership(tx, network.id, actor.id);
    if (before?.status === 'active' || before?.status === 'requested') return;
    if (before?.status === 'removed') throw conflict('network-removed');
    await enter(tx, { networkId: network.id, personId: actor.id, status, motivation, by: null });
  });
}

/** Leaves it, or takes the request back. */
export async function leaveNetwork(actor: Actor, key: string): Promise<void> {
  const { network } = await loadNetwork(actor, key);
  await transaction(async (tx) => {
    const before = await lockMembership(tx, network.id, actor.id);
    if (before?.status !== 'active' && before?.status !== 'requested') return;
    await tx('network_members').where('id', before.id).update({ status: 'left', decided_by: null, reason: null, decided_at: clock.now() });
    // What the members write to each other she hears no more, though she may read the rest
    cutOff(tx, roomOf.person(actor.id));
  });
}

/** Locks a person's place in a network; two who decide on it do so one after the other. The person stands for a row not yet there. */
export async function lockMembership(tx: Tx, networkId: string, personId: string): Promise<Membership | undefined> {
  await tx('people').where('id', personId).forNoKeyUpdate().first('id');
  return (await tx('network_members').where({ network_id: networkId, person_id: personId }).forUpdate().first()) as Membership | undefined;
}

/** Makes her a member, or one who asks; what was written before is not new to her. The caller holds her lock. */
export async function enter(tx: Tx, order: { networkId: string; personId: string; status: 'active' | 'requested'; motivation?: string | undefined; by: string | null }): Promise<string> {
  const now = clock.now();
  const columns = { status: order.status, motivation: order.motivation || null, requested_at: now, decided_by: order.by, reason: null, decided_at: order.status === 'active' ? now : null, read_until: order.status === 'active' ? now : null };
  const [row] = (await tx('network_members').insert({ network_id: order.networkId, person_id: order.personId, ...columns }).onConflict(['network_id', 'person_id']).merge(columns).returning('id')) as { id: string }[];
  if (!row) throw new Error('not inserted');
  await record(tx, 'membership.changed', { membershipId: row.id, to: order.status, at: now.toISOString(), byId: order.by, reason: null });
  return row.id;
}
