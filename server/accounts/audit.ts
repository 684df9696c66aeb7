import type { Tx } from '../database/transaction.ts';
import type { Actor } from '../http/actor.ts';

/**
 * Notes an act of an administrator, a moderator or a coordinator, in the transaction that does it. The entry can never be changed.
 * @param act stable name, `role.grant`; its text is in the message catalogues.
 * @param about.bodyId the body concerned: its coordinator can read the entry.
 * @param about.details what the subject alone does not tell; never a secret.
 */
export async function audit(tx: Tx, actor: Pick<Actor, 'id'>, act: string, subjectKind: string, subjectId: string, about: { bodyId?: string | null; details?: Record<string, unknown> } = {}): Promise<void> {
  await tx('audit_entries').insert({ actor_id: actor.id, act, subject_kind: subjectKind, subject_id: subjectId, body_id: about.bodyId ?? null, details: JSON.stringify(about.details ?? {}) });
}
