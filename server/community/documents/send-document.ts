import { prepared } from '../../database/prepared.ts';
import { AppError, conflict, notFound } from '../../errors.ts';
import { files } from '../../gateways/files.ts';
import type { Actor } from '../../http/actor.ts';
import { FileReply } from '../../http/route.ts';
import { findDocument } from './find-document.ts';
import { kindOf } from './kinds.ts';

/** What a browser may show in a page of ours; anything else it saves. A reader of PDF does not work in a sandbox. */
const POLICY = { image: "default-src 'none'; frame-ancestors 'self'; sandbox", pdf: "frame-ancestors 'self'" };

interface Content extends FileContent {
  id: string;
}

/** What is sent of a file. */
export interface FileContent {
  file_name: string;
  media_type: string;
  bytes: number;
  digest: string;
  scan: string;
  author_id: string;
}

/**
 * A version of a document, the newest unless told: always the same address, in parts where the browser asks for a part.
 * @param inline to be looked at in the page, which is no download: PDF and pictures only.
 * @throws AppError 404; 409 `document-waiting` until the antivirus has looked, except for who sent it; 410 `document-infected`
 */
export async function sendDocument(actor: Actor | null, number: number, version: number | undefined, inline: boolean): Promise<FileReply> {
  const document = await findDocument(actor, number);
  const [file] = await prepared<Content>('document-content',
    'select id, file_name, media_type, bytes::float8 as bytes, digest, scan, author_id from document_versions where document_id = $1 and number = $2', [document.id, version ?? document.version]);
  if (!file) throw notFound();
  const reply = contentReply(file, actor, inline);
  if (!inline) await prepared('document-downloaded', 'update document_versions set downloads = downloads + 1 where id = $1', [file.id]);
  return reply;
}

/** A file for who may have it. @throws AppError 409 `document-waiting` until the antivirus has looked, except for who sent it; 410 `document-infected` */
export function contentReply(file: FileContent, actor: Actor | null, inline: boolean): FileReply {
  if (file.scan === 'infected') throw new AppError(410, 'document-infected');
  if (file.scan === 'waiting' && file.author_id !== actor?.id) throw conflict('document-waiting');
  const kind = kindOf(file.media_type);
  const shown = inline && (kind === 'pdf' || kind === 'image') ? kind : undefined;
  return new FileReply(shown || file.media_type !== 'text/plain' ? file.media_type : 'application/octet-stream', { size: file.bytes, etag: `"${file.digest}"`, open: (range) => files.read(file.digest, range) }, {
    filename: file.file_name,
    inline: shown !== undefined,
    headers: {
      // Who may read it is asked each time; who has it need not get it again
      'Cache-Control': 'private, no-cache',
      'Content-Security-Policy': shown === 'pdf' ? POLICY.pdf : POLICY.image,
    },
  });
}
