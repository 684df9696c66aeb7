import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { config } from '../config.ts';

/** Files named by the SHA-256 of their content: written once, never changed. */
export interface FileStore {
  /** @returns the digest in hexadecimal. */
  put(bytes: Uint8Array): Promise<string>;
  /** Where it lies, for streaming (ranges). */
  pathOf(digest: string): string;
  read(digest: string, range?: { start: number; end: number }): NodeJS.ReadableStream;
}

/** On a local disk, below the data folder. */
export function localFiles(folder: string): FileStore {
  const pathOf = (digest: string) => {
    if (!/^[0-9a-f]{64}$/.test(digest)) throw new Error('not a digest');
    return join(folder, digest.slice(0, 2), digest);
  };
  return {
    async put(bytes) {
      const digest = createHash('sha256').update(bytes).digest('hex');
      const path = pathOf(digest);
      if (await access(path).then(() => true, () => false)) return digest;
      await mkdir(join(folder, digest.slice(0, 2)), { recursive: true });
      // Complete or not there: a crash leaves at most a stray temporary file
      const temporary = `${path}.${randomUUID()}`;
      await writeFile(temporary, bytes, { flush: true });
      await rename(temporary, path);
      return digest;
    },
    pathOf,
    read: (digest, range) => createReadStream(pathOf(digest), range),
  };
}

export const files: FileStore = localFiles(join(config.dataDir, 'files'));
