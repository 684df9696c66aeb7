import type { DocumentInput, Licence, VersionInput } from '../../contract/documents.ts';
import { config } from '../../config.ts';
import { transaction, type Tx } from '../../database/transaction.ts';
import { forbidden, notFound } from '../../errors.ts';
import { clock } from '../../gateways/clock.ts';
import { forgetUpload } from '../../gateways/uploads.ts';
import type { Actor } from '../../http/actor.ts';
import { enqueue } from '../../jobs.ts';
import { loadWritable } from '../load-network.ts';
import { findDocument } from './find-document.ts';
import { indexDocument } from './index-document.ts';
import { mayKeep } from './policy.ts';
import { takeFile, type TakenFile } from './take-file.ts';

interface NewDocument {
  title: string;
  summary: string;
  licence: Licence;
  networkId: string;
}

/**
 * Puts a file into a network's library; the same upload sent twice is one document.
 * @returns the document's number.
 * @throws AppError 404; 403 `network-not-member`; 409 `upload-unfinished`; 422 for a file that a library does not take.
 */
export async function addDocument(actor: Actor, key: string, { uploadId, ...facts }: DocumentInput): Promise<number> {
  const { network } = await loadWritable(actor, key);
  return onceTaken(actor, uploadId, async (file) => {
    const document = await transaction((tx) => insertDocument(tx, actor, { ...facts, networkId: network.id }, file));
    return document.number;
  });
}

/** A new version of a document, which everybody gets from now on; the old ones stay. @throws AppError 404, 403, 409, 422 */
export async function addVersion(actor: Actor, number: number, { uploadId, note }: VersionInput): Promise<void> {
  const document = await findDocument(actor, number);
  if (!mayKeep(actor, document, document, document)) throw forbidden();
  await onceTaken(actor, uploadId, (file) => transaction(async (tx) => {
    await insertVersion(tx, actor, document.id, file, note);
    return number;
  }));
}

/** Writes a document with its first version, in the transaction of what it belongs to. */
export async function insertDocument(tx: Tx, actor: Pick<Actor, 'id' | 'bodyId'>, { title, summary, licence, networkId }: NewDocument, file: TakenFile): Promise<{ id: string; number: number }> {
  const now = clock.now();
  const [document] = (await tx('documents')
    .insert({ network_id: networkId, title, summary, licence, author_id: actor.id, body_id: actor.bodyId, created_at: now, changed_at: now, search: '', near: '' })
    .returning(['id', 'number'])) as { id: string; number: number }[];
  if (!document) throw new Error('not inserted');
  await insertVersion(tx, actor, document.id, file, '');
  return document;
}

async function insertVersion(tx: Tx, actor: Pick<Actor, 'id' | 'bodyId'>, documentId: string, file: TakenFile, note: string): Promise<void> {
  const now = clock.now();
  const [document] = (await tx('documents').where('id', documentId).whereNull('deleted_at')
    .update({ last_version: tx.raw('last_version + 1'), changed_at: now }).returning('last_version')) as { last_version: number }[];
  if (!document) throw notFound();
  const [version] = (await tx('document_versions')
    .insert({
      document_id: documentId, number: document.last_version, file_name: file.name, media_type: file.mediaType, bytes: file.bytes, digest: file.digest, note,
      author_id: actor.id, body_id: actor.bodyId, created_at: now, upload_id: file.uploadId, scan: config.clamd ? 'waiting' : 'none',
    }).returning('id')) as { id: string }[];
  if (!version) throw new Error('not inserted');
  await indexDocument(tx, documentId);
  await enqueue(tx, 'examine-document', { versionId: version.id });
}

/** Takes the upload and does the work with it; where it was taken before, or is being taken at this moment, there is nothing left to do. */
async function onceTaken(actor: Actor, uploadId: string, work: (file: TakenFile) => Promise<number>): Promise<number> {
  const before = await takenAs(actor, uploadId);
  if (before !== undefined) return before;
  try {
    const number = await work(await takeFile(actor.id, uploadId));
    await forgetUpload(uploadId);
    return number;
  } catch (error) {
    // Whatever it stumbled over, the other one has done it
    const meanwhile = await takenAs(actor, uploadId);
    if (meanwhile === undefined) throw error;
    return meanwhile;
  }
}

async function takenAs(actor: Actor, uploadId: string): Promise<number | undefined> {
  return transaction(async (tx) => {
    const row = (await tx('document_versions as v').join('documents as d', 'd.id', 'v.document_id').where({ 'v.upload_id': uploadId, 'v.author_id': actor.id }).first('d.number')) as { number: number } | undefined;
    return row?.number;
  });
}
