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

/** The last part of a path, without what no system has in a name. */
const tidyName = (name: string): string => (name.normalize('NFC').split(/[\\/]/).at(-1) ?? '').replaceAll(/[\p{Cc}\p{Cf}<>:"|?*]/gu, '').trim().slice(-120) || 'documento';
