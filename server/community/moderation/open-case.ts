import type { CaseKind } from '../../contract/moderation.ts';
import type { Tx } from '../../database/transaction.ts';
import { record } from '../../events.ts';
import { clock } from '../../gateways/clock.ts';
import { publish, roomOf } from '../../sockets/publish.ts';

/** Who decides in a network, or on the whole platform: its moderators, and UPI. */
export async function decidersOf(tx: Tx, networkId: string | null): Promise<string[]> {
  const { rows } = await tx.raw<{ rows: { person_id: string }[] }>(
    `select distinct r.person_id from roles r join people p on p.id = r.person_id
      where r.revoked_at is null and p.suspended_at is null and (r.role = 'admin' or (r.role = 'moderator' and (r.scope_id is null or r.scope_id = :network::uuid)))`,
    { network: networkId },
  );
  return rows.map(({ person_id }) => person_id);
}

/** Every page of theirs that shows how much waits asks again. */
export async function hintDeciders(tx: Tx, networkId: string | null): Promise<void> {
  for (const id of await decidersOf(tx, networkId)) publish(tx, roomOf.person(id), 'moderation:changed', { network: networkId });
}

/** Puts something into the moderators' queue. @returns the case. */
export async function openCase(tx: Tx, kind: Exclude<CaseKind, 'flagged' | 'message'>, networkId: string | null): Promise<string> {
  const [row] = (await tx('moderation_cases').insert({ kind, network_id: networkId, opened_at: clock.now() }).returning('id')) as { id: string }[];
  if (!row) throw new Error('not inserted');
  await announceCase(tx, row.id, networkId);
  return row.id;
}

export async function announceCase(tx: Tx, caseId: string, networkId: string | null): Promise<void> {
  await record(tx, 'case.opened', { caseId });
  await hintDeciders(tx, networkId);
}
