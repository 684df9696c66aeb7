import { mkdir, open, rm, stat } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { config } from '../config.ts';

/** A file that grows at its end. */
export interface GrowingFile {
  /** @throws Error where the disk takes no more (`ENOSPC`), or is gone. */
  append(parts: readonly Uint8Array[]): Promise<void>;
  close(): Promise<void>;
}

const folder = join(config.dataDir, 'recordings');
export const logPath = (recording: string, segment: string): string => join(folder, recording, `${segment}.log`);

async function begin(path: string): Promise<GrowingFile> {
  await mkdir(join(path, '..'), { recursive: true });
  // Never an old one: what was torn stays the end of its own file
  const file = await open(path, 'wx');
  return {
    async append(parts) {
      let left = parts.reduce((sum, { byteLength }) => sum + byteLength, 0);
      for (let rest = [...parts]; left > 0; ) {
        const { bytesWritten } = await file.writev(rest);
        left -= bytesWritten;
        rest = without(rest, bytesWritten);
      }
    },
    close: () => file.close(),
  };
}

/** What is left when so many bytes have been written. */
function without(parts: readonly Uint8Array[], bytes: number): Uint8Array[] {
  let skip = bytes;
  return parts.flatMap((part) => {
    const gone = Math.min(skip, part.byteLength);
    skip -= gone;
    return gone === part.byteLength ? [] : [part.subarray(gone)];
  });
}

/** Where the packet logs of live rooms are: on the disk of the process that has the room. With workers elsewhere the folder is one that they share. */
export const logDisk = {
  folder,
  begin,
  read: (path: string): AsyncIterable<Buffer> => createReadStream(path, { highWaterMark: 256 * 1024 }),
  /** How long it is and when it last grew; undefined: it is not there. */
  facts: (path: string): Promise<{ bytes: number; grewAt: Date } | undefined> => stat(path).then(({ size, mtime }) => ({ bytes: size, grewAt: mtime }), () => undefined),
  /** The last so many bytes, or fewer. */
  async tail(path: string, bytes: number): Promise<Buffer> {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(bytes, size)), 0, Math.min(bytes, size), Math.max(0, size - bytes));
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  },
  remove: (recording: string): Promise<void> => rm(join(folder, recording), { recursive: true, force: true }),
};
