import type { Tx } from '../../database/transaction.ts';
import { record } from '../../events.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import { hintDeciders } from './open-case.ts';

export type Outcome = 'upheld' | 'dismissed' | 'approved' | 'refused' | 'granted' | 'rejected';

/** It waits no more, and who is concerned is told. The caller holds the case's lock. */
export async function closeCase(tx: Tx, actor: Actor, { id, network_id }: { id: string; network_id: string | null }, outcome: Outcome, reason: string): Promise<void> {
  await tx('moderation_cases').where({ id }).update({ outcome, reason: reason || null, decided_at: clock.now(), decided_by: actor.id });
  await record(tx, 'case.decided', { caseId: id });
  await hintDeciders(tx, network_id);
}
