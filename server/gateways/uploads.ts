import { join } from 'node:path';
import { FileStore } from '@tus/file-store';
import { config } from '../config.ts';
import { MAX_UPLOAD_BYTES } from '../contract/uploads.ts';
import { conflict, notFound } from '../errors.ts';

/** How long an upload waits for what it is for: then it is forgotten. */
const KEEP_MS = 24 * 3600_000;

const folder = join(config.dataDir, 'uploads');

/** What is being uploaded, and what arrived and has not been taken yet. With several web processes the folder is one that they share. */
export const uploadStore = new FileStore({ directory: folder, expirationPeriodInMilliseconds: KEEP_MS });

export interface Arrived {
  id: string;
  path: string;
  /** As its owner's machine called it. */
  name: string;
  bytes: number;
}

/** Whether this upload exists and is this person's. */
export async function ownsUpload(personId: string, id: string): Promise<boolean> {
  const upload = await find(id);
  return upload?.metadata?.['person'] === personId;
}

/** An upload that arrived whole. @throws AppError 404 for another's or none; 409 `upload-unfinished` */
export async function findArrived(personId: string, id: string): Promise<Arrived> {
  const upload = await find(id);
  if (!upload || upload.metadata?.['person'] !== personId) throw notFound();
  if (upload.size === undefined || upload.offset < upload.size) throw conflict('upload-unfinished');
  return { id, path: join(folder, id), name: upload.metadata['filename'] ?? 'file', bytes: upload.size };
}

/** How much this person's uploads take or will take that nothing has taken yet, in bytes. */
export async function waitingBytes(personId: string): Promise<number> {
  const ids = (await uploadStore.configstore.list?.()) ?? [];
  const sizes = await Promise.all(ids.map(async (id) => {
    const upload = await uploadStore.configstore.get(id);
    return upload?.metadata?.['person'] === personId ? (upload.size ?? MAX_UPLOAD_BYTES) : 0;
  }));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Forgets an upload that has been taken, or is not wanted. */
export async function forgetUpload(id: string): Promise<void> {
  await uploadStore.remove(id).catch(() => undefined);
}

/** Forgets what has waited too long, also what arrived whole and nobody took. */
export async function forgetOldUploads(now: Date): Promise<void> {
  for (const id of (await uploadStore.configstore.list?.()) ?? []) {
    const upload = await find(id);
    const begun = upload?.creation_date ? new Date(upload.creation_date).getTime() : 0;
    if (now.getTime() - begun > KEEP_MS) await forgetUpload(id);
  }
}

/** Ids are ours: nothing that could leave the folder. */
async function find(id: string) {
  if (!/^[0-9a-f]{32}$/.test(id)) return undefined;
  return uploadStore.getUpload(id).catch(() => undefined);
}
