import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { files } from '../../gateways/files.ts';
import { findArrived } from '../../gateways/uploads.ts';
import { detectType } from './detect-type.ts';

export interface TakenFile {
  uploadId: string;
  name: string;
  mediaType: string;
  bytes: number;
  digest: string;
}

/** Looks at an upload and keeps its content. The upload itself stays until the rows that use it are written. @throws AppError 404, 409, 422 */
export async function takeFile(personId: string, uploadId: string): Promise<TakenFile> {
  const arrived = await findArrived(personId, uploadId);
  const { mediaType, name } = await detectType(arrived.path, tidyName(arrived.name));
  return { uploadId, name, mediaType, bytes: arrived.bytes, digest: await files.keep(arrived.path) };
}

/**
 * The same for what came with a mail. @param key of this one file, so that the mail that comes twice brings it once.
 * @throws AppError 422
 */
export async function takeBytes(key: string, name: string, bytes: Uint8Array): Promise<TakenFile> {
  const folder = await mkdtemp(join(tmpdir(), 'pico-file-'));
  try {
    const path = join(folder, 'file');
    await writeFile(path, bytes);
    const found = await detectType(path, tidyName(name));
    return { uploadId: createHash('sha256').update(key).digest('hex').slice(0, 32), ...found, bytes: bytes.length, digest: await files.put(bytes) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The last part of a path, without what no system has in a name. */
const tidyName = (name: string): string => (name.normalize('NFC').split(/[\\/]/).at(-1) ?? '').replaceAll(/[\p{Cc}\p{Cf}<>:"|?*]/gu, '').trim().slice(-120) || 'documento';
