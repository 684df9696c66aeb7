import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** Files named by the SHA-256 of their content: written once, never changed. */
export interface FileStore {
  /** @returns the digest in hexadecimal. */
  put(bytes: Uint8Array): Promise<string>;
  /** The same for a file of this machine, which stays where it is. */
  keep(path: string): Promise<string>;
  /** @param range the last byte included. */
  read(digest: string, range?: { start: number; end: number }): NodeJS.ReadableStream;
  /** Forgets a file that nothing else has: what two people uploaded is one file. What is not there is forgotten already. */
  remove(digest: string): Promise<void>;
}

/** @throws Error for what is no digest: it becomes part of a path. */
export function requireDigest(digest: string): string {
  if (!/^[0-9a-f]{64}$/.test(digest)) throw new Error('not a digest');
  return digest;
}

export async function digestOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
