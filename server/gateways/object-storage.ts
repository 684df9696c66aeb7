import { createHash } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { AwsClient } from 'aws4fetch';
import { digestOfFile, type FileStore, requireDigest } from './file-store.ts';

export interface ObjectStorage {
  /** `https://s3.eu-south-1.amazonaws.com`, or that of any storage that speaks S3. */
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** In a bucket that speaks S3, addressed by path, which every such storage understands. */
export function objectFiles({ endpoint, bucket, region, accessKeyId, secretAccessKey }: ObjectStorage): FileStore {
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3' });
  const addressOf = (digest: string) => `${endpoint.replace(/\/+$/, '')}/${bucket}/${requireDigest(digest).slice(0, 2)}/${digest}`;
  const put = async (digest: string, content: Blob): Promise<string> => {
    const address = addressOf(digest);
    if ((await client.fetch(address, { method: 'HEAD' })).ok) return digest;
    const reply = await client.fetch(address, { method: 'PUT', body: content, headers: { 'x-amz-content-sha256': digest } });
    if (!reply.ok) throw new Error(`The storage refused a file: ${reply.status} ${(await reply.text()).slice(0, 300)}`);
    return digest;
  };
  return {
    put: (bytes) => put(createHash('sha256').update(bytes).digest('hex'), new Blob([new Uint8Array(bytes)])),
    // Read twice, for its name and to be sent, and never whole in memory
    keep: async (path) => put(await digestOfFile(path), await openAsBlob(path)),
    read(digest, range) {
      const address = addressOf(digest);
      const through = new PassThrough();
      const fetching = async () => {
        const reply = await client.fetch(address, range ? { headers: { Range: `bytes=${range.start}-${range.end}` } } : {});
        if (!reply.ok || !reply.body) throw new Error(`The storage has no file ${digest}: ${reply.status}`);
        await pipeline(Readable.fromWeb(reply.body as ReadableStream), through);
      };
      fetching().catch((error: unknown) => through.destroy(error instanceof Error ? error : new Error(String(error))));
      return through;
    },
    async remove(digest) {
      const reply = await client.fetch(addressOf(digest), { method: 'DELETE' });
      if (!reply.ok && reply.status !== 404) throw new Error(`The storage kept a file: ${reply.status} ${(await reply.text()).slice(0, 300)}`);
    },
  };
}
