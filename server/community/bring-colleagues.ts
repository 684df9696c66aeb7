import { audit } from '../accounts/audit.ts';
import { coveredBodies } from '../accounts/covered-bodies.ts';
import type { MembershipStatus } from '../contract/community.ts';
import { transaction } from '../database/transaction.ts';
import { conflict, forbidden } from '../errors.ts';
import { type Actor, holdsSomewhere } from '../http/actor.ts';
import { enter, lockMembership } from './join-network.ts';
import { loadNetwork } from './load-network.ts';
import { mayInvite } from './policy.ts';

interface Outcome {
  personId: string;
  status: MembershipStatus | null;
  /** Why not, as an error's code. */
  code: string | null;
}

/**
 * A coordinator brings people of her bodies into a network: into an open one at once, into one that asks as requests; who moderates it invites
 * anybody, at once. All of them or, where
 * something breaks, none; who cannot come does not stop the others.
 * @throws AppError 404; 403 for who does neither; 409 `network-closed`
 */
export async function bringColleagues(actor: Actor, key: string, personIds: string[]): Promise<Outcome[]> {
  const { network, standing } = await loadNetwork(actor, key);
  if (!standing.moderates && !holdsSomewhere(actor, 'coordinator')) throw forbidden();
  if (!mayInvite(actor, network, standing)) throw conflict('network-closed');
  const covered = new Set(await coveredBodies(actor));
  const status = network.joining === 'open' || standing.moderates ? 'active' : 'requested';
  return transaction(async (tx) => {
    const outcomes: Outcome[] = [];
    // In one order for everybody, so that two coordinators do not wait for each other
    for (const personId of [...new Set(personIds)].sort()) {
      const person = (await tx('people').where('id', personId).whereNull('suspended_at').whereNotNull('body_id').first('body_id')) as { body_id: string } | undefined;
      if (!person || !(covered.has(person.body_id) || standing.moderates)) {
        outcomes.push({ personId, status: null, code: 'colleague-not-yours' });
        continue;
      }
      const before = await lockMembership(tx, network.id, personId);
      if (before?.status === 'removed' && !standing.moderates) outcomes.push({ personId, status: null, code: 'network-removed' });
      else if (before?.status === 'active' || before?.status === status) outcomes.push({ personId, status: before.status, code: null });
      else {
        const membershipId = await enter(tx, { networkId: network.id, personId, status, by: actor.id });
        await audit(tx, actor, 'membership.bring', 'membership', membershipId, { bodyId: person.body_id });
        outcomes.push({ personId, status, code: null });
      }
    }
    return personIds.flatMap((id, index) => (personIds.indexOf(id) === index ? outcomes.filter(({ personId }) => personId === id) : []));
  });
}
