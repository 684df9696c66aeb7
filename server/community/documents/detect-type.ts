import { open, readFile } from 'node:fs/promises';
import { invalidField } from '../../errors.ts';
import { KINDS } from './kinds.ts';

/**
 * What a file is, by its content: its name must say the same.
 * @returns the media type and the name, with an extension where it had none.
 * @throws AppError 422 `document-type` for what a library does not take, `document-extension` where name and content differ, `document-empty`.
 */
export async function detectType(path: string, name: string): Promise<{ mediaType: string; name: string }> {
  const extension = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase();
  const mediaType = await typeOf(path, extension);
  const kind = KINDS.find((candidate) => candidate.mediaType === mediaType);
  if (!kind) throw invalidField('body.uploadId', 'document-type', 'document-type');
  if (extension && !kind.extensions.includes(extension)) throw invalidField('body.uploadId', 'document-extension', 'document-extension');
  return { mediaType: kind.mediaType, name: extension ? name : `${name}.${kind.extensions[0]}` };
}

async function typeOf(path: string, extension: string | undefined): Promise<string | undefined> {
  const { fileTypeFromFile } = await import('file-type');
  const found = await fileTypeFromFile(path);
  if (found) return found.mime;
  const head = await headOf(path);
  if (head.length === 0) throw invalidField('body.uploadId', 'document-empty', 'document-empty');
  if (isSigned(head)) return 'application/pkcs7-mime';
  // Text has no mark of its own: it is what can be read as such, and what its name says
  if (extension !== 'csv' && extension !== 'txt') return undefined;
  return isText(await readFile(path)) ? (extension === 'csv' ? 'text/csv' : 'text/plain') : undefined;
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** A CAdES envelope (`.p7m`): a DER or BER sequence that begins with the name "signed data" of PKCS #7, 1.2.840.113549.1.7.2. */
const SIGNED_DATA = Buffer.from('06092a864886f70d010702', 'hex');
const isSigned = (head: Buffer): boolean => head[0] === 0x30 && head.includes(SIGNED_DATA);

/** UTF-8, or the Windows encoding that spreadsheets in Italy still write: in neither is there a zero. */
const isText = (bytes: Buffer): boolean => !bytes.includes(0);
