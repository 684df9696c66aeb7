/** Files named by the SHA-256 of their content: written once, never changed. */
export interface FileStore {
  /** @returns the digest in hexadecimal. */
  put(bytes: Uint8Array): Promise<string>;
  /** The same for a file of this machine, which stays where it is. */
  keep(path: string): Promise<string>;
  /** @param range the last byte included. */
  read(digest: string, range?: { start: number; end: number }): NodeJS.ReadableStream;
}

/** @throws Error for what is no digest: it becomes part of a path. */
export function requireDigest(digest: string): string {
  if (!/^[0-9a-f]{64}$/.test(digest)) throw new Error('not a digest');
  return digest;
}
