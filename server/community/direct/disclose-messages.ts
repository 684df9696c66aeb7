import { audit } from '../../accounts/audit.ts';
import type { BodyKind } from '../../contract/territory.ts';
import { transaction } from '../../database/transaction.ts';
import { notFound } from '../../errors.ts';
import type { Actor } from '../../http/actor.ts';
import { decidesIn } from '../moderation/lift-measure.ts';

/** So many before the reported one, to understand it. */
const BEFORE = 3;

export interface DisclosedRow {
  author_id: string;
  author_name: string;
  author_body: string | null;
  author_kind: BodyKind | null;
  text: string;
  created_at: Date;
  reported: boolean;
}

/**
 * Shows a reported message and three before it to somebody who decides on it. Who looked is in the record, once for each.
 * @throws AppError 404 for who does not decide on the whole platform, for another case, and once it is decided
 */
export async function discloseMessages(actor: Actor, caseId: string): Promise<DisclosedRow[]> {
  if (!decidesIn(actor, null)) throw notFound();
  return transaction(async (tx) => {
    const found = (await tx('moderation_cases as c').join('direct_messages as x', 'x.id', 'c.message_id').where('c.id', caseId).whereNull('c.outcome').forUpdate('c').first('x.conversation_id', 'x.sequence', 'x.author_id')) as { conversation_id: string; sequence: number; author_id: string } | undefined;
    if (!found) throw notFound();
    const looked = await tx('audit_entries').where({ act: 'message.disclose', actor_id: actor.id, subject_id: found.author_id }).whereRaw("details ->> 'case' = ?", [caseId]).first('id');
    if (!looked) await audit(tx, actor, 'message.disclose', 'person', found.author_id, { details: { case: caseId } });
    const { rows } = await tx.raw<{ rows: DisclosedRow[] }>(
      `select x.author_id, a.given_name || ' ' || a.family_name as author_name, b.name as author_body, b.kind as author_kind, x.text, x.created_at, x.sequence = :sequence as reported
         from direct_messages x join people a on a.id = x.author_id left join bodies b on b.id = a.body_id
        where x.conversation_id = :conversation and x.sequence between :sequence - ${BEFORE} and :sequence order by x.sequence`,
      { conversation: found.conversation_id, sequence: found.sequence },
    );
    return rows;
  });
}
