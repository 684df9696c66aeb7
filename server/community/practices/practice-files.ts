import { config } from '../../config.ts';
import { database } from '../../database/connection.ts';
import { transaction, type Tx } from '../../database/transaction.ts';
import { conflict, notFound } from '../../errors.ts';
import { scanForViruses } from '../../gateways/antivirus.ts';
import { clock } from '../../gateways/clock.ts';
import { files } from '../../gateways/files.ts';
import { forgetUpload } from '../../gateways/uploads.ts';
import type { Actor } from '../../http/actor.ts';
import type { FileReply } from '../../http/route.ts';
import { enqueue } from '../../jobs.ts';
import { attachedAs } from '../documents/attach.ts';
import { contentReply } from '../documents/send-document.ts';
import { takeFile } from '../documents/take-file.ts';
import { findPractice, lockPractice } from './find-practice.ts';
import { mayReadWork } from './policy.ts';
import type { PracticeHead } from './practice.ts';
import { assertEditable } from './write-practice.ts';

/** So many documents make a sheet better than more. */
const MOST = 10;

export interface PracticeFileRow {
  id: string;
  title: string;
  file_name: string;
  media_type: string;
  bytes: number;
  scan: string;
}

interface Attaching {
  uploadId: string;
  title?: string | undefined;
  revision: number;
}

/**
 * Its author adds a document to the working copy; the same upload sent twice is one.
 * @throws AppError 404, 403; 409 `practice-changed`, `practice-files-most`, and what `assertEditable` refuses; 422 for a file that nobody takes
 */
export async function attachToPractice(actor: Actor, number: number, { uploadId, title, revision }: Attaching): Promise<void> {
  const sheet = await findPractice(actor, number);
  assertEditable(actor, sheet);
  if (await isTaken(sheet.id, uploadId)) return;
  const { file, title: fromName } = attachedAs(await takeFile(actor.id, uploadId).catch(async (error: unknown) => {
    // Sent twice at once: the other one was faster
    if (await isTaken(sheet.id, uploadId)) throw conflict('practice-changed');
    throw error;
  }));
  await transaction(async (tx) => {
    const locked = await lockWork(tx, actor, number, revision);
    if (locked.files.length >= MOST) throw conflict('practice-files-most', { most: MOST });
    const [row] = (await tx('practice_files').insert({
      practice_id: locked.id, title: title ?? fromName, file_name: file.name, media_type: file.mediaType, bytes: file.bytes, digest: file.digest, author_id: actor.id, created_at: clock.now(), upload_id: uploadId, scan: config.clamd ? 'waiting' : 'none',
    }).onConflict('upload_id').ignore().returning('id')) as { id: string }[];
    if (!row) return;
    await keepFiles(tx, locked, [...locked.files, row.id]);
    if (config.clamd) await enqueue(tx, 'examine-practice-file', { fileId: row.id });
  });
  await forgetUpload(uploadId);
}

/** Takes it out of the working copy; versions that were published with it keep it. @throws AppError 404, 403, 409 */
export async function detachFromPractice(actor: Actor, number: number, fileId: string, revision: number): Promise<void> {
  await transaction(async (tx) => {
    const sheet = await lockWork(tx, actor, number, revision);
    if (!sheet.files.includes(fileId)) throw notFound();
    await keepFiles(tx, sheet, sheet.files.filter((id) => id !== fileId));
  });
}

/** A document of a sheet for whom the sheet is: of what was published for who may read that, of the working copy for author and reviewers. @throws AppError 404; 409 `document-waiting`; 410 `document-infected` */
export async function sendPracticeFile(actor: Actor | null, number: number, fileId: string, inline: boolean): Promise<FileReply> {
  const sheet = await findPractice(actor, number);
  const published = (await database()('practice_versions').where('practice_id', sheet.id).whereRaw('? = any(files)', [fileId]).first('id')) !== undefined;
  if (!published && !(sheet.files.includes(fileId) && mayReadWork(actor, sheet))) throw notFound();
  const file = (await database()('practice_files').where({ id: fileId, practice_id: sheet.id }).first('file_name', 'media_type', 'bytes', 'digest', 'scan', 'author_id')) as Parameters<typeof contentReply>[0] | undefined;
  if (!file) throw notFound();
  return contentReply(file, actor, inline);
}

/** What a worker does with a new one where an antivirus is configured. Done twice it is the same. @throws Error while it does not answer */
export async function examinePracticeFile({ fileId }: { fileId: string }): Promise<void> {
  const file = (await database()('practice_files').where({ id: fileId, scan: 'waiting' }).first('digest')) as { digest: string } | undefined;
  if (!file) return;
  const infection = await scanForViruses(files.read(file.digest));
  await database()('practice_files').where({ id: fileId, scan: 'waiting' }).update({ scan: infection === null ? 'clean' : 'infected' });
}

/** These files in their order. */
export async function listPracticeFiles(practiceId: string, ids: string[]): Promise<PracticeFileRow[]> {
  if (ids.length === 0) return [];
  return (await database()('practice_files').where('practice_id', practiceId).whereRaw('id = any(?)', [ids]).orderByRaw('array_position(?::uuid[], id)', [ids]).select('id', 'title', 'file_name', 'media_type', 'bytes', 'scan')) as PracticeFileRow[];
}

async function isTaken(practiceId: string, uploadId: string): Promise<boolean> {
  return (await database()('practice_files').where({ practice_id: practiceId, upload_id: uploadId }).first('id')) !== undefined;
}

async function lockWork(tx: Tx, actor: Actor, number: number, revision: number): Promise<PracticeHead> {
  const sheet = await lockPractice(tx, actor, number);
  assertEditable(actor, sheet);
  if (sheet.revision !== revision) throw conflict('practice-changed');
  return sheet;
}

const keepFiles = (tx: Tx, sheet: PracticeHead, ids: string[]) =>
  tx('practices').where('id', sheet.id).update({ files: ids, changed_at: clock.now(), revision: sheet.revision + 1, stage: sheet.stage ?? 'draft' });
