import { audit } from '../../accounts/audit.ts';
import type { DocumentChange } from '../../contract/documents.ts';
import { transaction } from '../../database/transaction.ts';
import { forbidden, notFound } from '../../errors.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import { type DocumentHead, findDocument } from './find-document.ts';
import { indexDocument } from './index-document.ts';
import { mayKeep } from './policy.ts';

/** Its author or a moderator says better what it is. @throws AppError 404, 403 */
export async function changeDocument(actor: Actor, number: number, change: DocumentChange): Promise<void> {
  const document = await requireKept(actor, number);
  const columns = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  if (Object.keys(columns).length === 0) return;
  await transaction(async (tx) => {
    const changed = await tx('documents').where('id', document.id).whereNull('deleted_at').update(columns);
    if (changed === 0) throw notFound();
    await indexDocument(tx, document.id);
    if (document.author_id !== actor.id) {
      const before = { title: document.title, summary: document.summary, licence: document.licence };
      await audit(tx, actor, 'document.change', 'document', document.id, { details: { number, before, after: columns } });
    }
  });
}

/** Its author takes it back, or a moderator removes it: nobody gets it any more, wherever it was attached. @throws AppError 404, 403 */
export async function removeDocument(actor: Actor, number: number, reason: string): Promise<void> {
  const document = await requireKept(actor, number);
  await transaction(async (tx) => {
    const removed = await tx('documents').where('id', document.id).whereNull('deleted_at').update({ deleted_at: clock.now(), deleted_by: actor.id, delete_reason: reason });
    if (removed === 0) throw notFound();
    if (document.author_id !== actor.id) await audit(tx, actor, 'document.remove', 'document', document.id, { details: { number, title: document.title, reason } });
  });
}

async function requireKept(actor: Actor, number: number): Promise<DocumentHead> {
  const document = await findDocument(actor, number);
  if (!mayKeep(actor, document, document, document)) throw forbidden();
  return document;
}
