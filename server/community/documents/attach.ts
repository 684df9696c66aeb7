import type { Attachment } from '../../contract/files.ts';
import { database } from '../../database/connection.ts';
import type { Tx } from '../../database/transaction.ts';
import { forgetUpload } from '../../gateways/uploads.ts';
import type { Actor } from '../../http/actor.ts';
import { insertDocument } from './add-document.ts';
import { takeFile, type TakenFile } from './take-file.ts';

export interface TakenAttachment {
  title: string;
  file: TakenFile;
}

/** Puts what is attached to a post into the library of its network, in the post's own transaction: either both are there or neither. */
export async function attachDocuments(tx: Tx, actor: Pick<Actor, 'id' | 'bodyId'>, post: { id: string }, networkId: string, taken: TakenAttachment[]): Promise<void> {
  for (const [position, { title, file }] of taken.entries()) {
    // Open unless it says otherwise: so does the law for what an administration publishes (D.Lgs. 82/2005, art. 52, c. 2)
    const document = await insertDocument(tx, actor, { title, summary: '', licence: 'cc-by-4.0', networkId }, file);
    await tx('post_documents').insert({ post_id: post.id, document_id: document.id, position });
  }
  await tx('posts').where('id', post.id).update({ documents: taken.length });
}

/**
 * Does what writes a post with its attachments, and forgets their uploads once it stands. Where the post was sent before, its uploads
 * are gone and nothing is left to do with them.
 */
export async function withFiles<T>(actor: Pick<Actor, 'id'>, { clientId, attachments }: { clientId: string; attachments: Attachment[] }, work: (taken: TakenAttachment[]) => Promise<T>): Promise<T> {
  if (attachments.length === 0) return work([]);
  const isSent = async () => (await database()('posts').where({ author_id: actor.id, client_id: clientId }).first('id')) !== undefined;
  if (await isSent()) return work([]);
  const taken = await takeAttachments(actor, attachments).catch(async (error: unknown) => {
    // Sent twice at once: the other one was faster
    if (await isSent()) return [];
    throw error;
  });
  const outcome = await work(taken);
  await Promise.all(taken.map(({ file }) => forgetUpload(file.uploadId)));
  return outcome;
}

/** Looks at what is to be attached to a post, before its transaction begins. @throws AppError 404, 409, 422 */
async function takeAttachments(actor: Pick<Actor, 'id'>, attachments: Attachment[]): Promise<TakenAttachment[]> {
  return Promise.all(attachments.map(async ({ uploadId, title }) => {
    const file = await takeFile(actor.id, uploadId);
    return { ...attachedAs(file), ...(title === undefined ? {} : { title }) };
  }));
}

/** What is attached, by the name of its file. */
export const attachedAs = (file: TakenFile): TakenAttachment => ({ title: titleOf(file.name), file });

/** A file's name as a title: without its extension, underscores as spaces. */
function titleOf(name: string): string {
  const words = name.replace(/(\.[a-z0-9]{1,5})+$/i, '').replaceAll('_', ' ').trim();
  return words.length < 3 ? name.padEnd(3, '.') : words.slice(0, 160);
}
