import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, copyFile, mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { config } from '../config.ts';
import { digestOfFile, type FileStore, requireDigest } from './file-store.ts';
import { objectFiles } from './object-storage.ts';

/** On a local disk, below the data folder. */
export function localFiles(folder: string): FileStore {
  const pathOf = (digest: string) => join(folder, requireDigest(digest).slice(0, 2), digest);
  /** Complete or not there: a crash leaves at most a stray temporary file. */
  const store = async (digest: string, write: (temporary: string) => Promise<void>): Promise<string> => {
    const path = pathOf(digest);
    if (await access(path).then(() => true, () => false)) return digest;
    await mkdir(join(folder, digest.slice(0, 2)), { recursive: true });
    const temporary = `${path}.${randomUUID()}`;
    await write(temporary);
    await rename(temporary, path);
    return digest;
  };
  return {
    put: (bytes) => store(createHash('sha256').update(bytes).digest('hex'), (temporary) => writeFile(temporary, bytes, { flush: true })),
    keep: async (from) => store(await digestOfFile(from), async (temporary) => {
      await copyFile(from, temporary);
      const copy = await open(temporary, 'r+');
      await copy.sync().finally(() => copy.close());
    }),
    read: (digest, range) => createReadStream(pathOf(digest), range),
    remove: (digest) => rm(pathOf(digest), { force: true }),
  };
}

/** A stored file, whole, in memory: for what is at most as large as an upload may be. */
export const bytesOf = (digest: string): Promise<Buffer> => buffer(files.read(digest));

/** Where this installation keeps its files: in an object storage where one is configured, else below the data folder. */
export const files: FileStore = config.objectStorage ? objectFiles(config.objectStorage) : localFiles(join(config.dataDir, 'files'));
