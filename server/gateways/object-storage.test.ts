import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FileStore } from './file-store.ts';
import { localFiles } from './files.ts';
import { objectFiles } from './object-storage.ts';

/** As much of S3 as a store of files needs: it keeps what is signed and is what it says to be. */
function bucket(): { server: Server; objects: Map<string, Buffer>; puts: () => number } {
  const objects = new Map<string, Buffer>();
  let puts = 0;
  const server = createServer((request, response) => {
    void (async () => {
      const { method = '', url = '', headers } = request;
      const signed = /^AWS4-HMAC-SHA256 Credential=key\/\d{8}\/eu-south-1\/s3\/aws4_request, SignedHeaders=\S+, Signature=[0-9a-f]{64}$/.test(headers.authorization ?? '');
      const body = await buffer(request);
      const object = objects.get(url);
      if (!signed) return response.writeHead(403).end('unsigned');
      if (method === 'PUT') {
        puts += 1;
        if (headers['x-amz-content-sha256'] !== createHash('sha256').update(body).digest('hex')) return response.writeHead(400).end('another content');
        objects.set(url, body);
        return response.writeHead(200).end();
      }
      if (!object) return response.writeHead(404).end();
      if (method === 'DELETE') {
        objects.delete(url);
        return response.writeHead(204).end();
      }
      const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '') ?? [];
      return start === undefined ? response.writeHead(200).end(object) : response.writeHead(206).end(object.subarray(Number(start), Number(end) + 1));
    })();
  });
  return { server, objects, puts: () => puts };
}

describe('the two stores of files', () => {
  const storage = bucket();
  let folder: string;
  const stores: Record<string, FileStore> = {};
  const options = { bucket: 'pico', region: 'eu-south-1', accessKeyId: 'key', secretAccessKey: 'secret' };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pico-files-'));
    await new Promise<void>((resolve) => storage.server.listen(0, '127.0.0.1', resolve));
    stores['on disk'] = localFiles(folder);
    stores['in a bucket'] = objectFiles({ ...options, endpoint: `http://127.0.0.1:${(storage.server.address() as AddressInfo).port}/` });
  });
  afterAll(async () => {
    storage.server.close();
    await rm(folder, { recursive: true });
  });

  const text = 'Perché sì: è così';
  const digest = createHash('sha256').update(text).digest('hex');

  it.each(['on disk', 'in a bucket'])('keep %s what they are given, under its digest, whole and in parts', async (which) => {
    const store = stores[which] as FileStore;
    expect(await store.put(Buffer.from(text))).toBe(digest);
    expect((await buffer(store.read(digest))).toString()).toBe(text);
    expect(await buffer(store.read(digest, { start: 2, end: 5 }))).toEqual(Buffer.from(text).subarray(2, 6));
    const path = join(folder, `upload-${which}`);
    await writeFile(path, 'un altro');
    const other = await store.keep(path);
    expect((await buffer(store.read(other))).toString()).toBe('un altro');
    expect(await readFile(path, 'utf8')).toBe('un altro');
    await store.remove(other);
    await expect(buffer(store.read(other))).rejects.toThrow();
    // Gone is gone, asked once more too; the other file is still there
    await store.remove(other);
    expect((await buffer(store.read(digest))).toString()).toBe(text);
  });

  it.each(['on disk', 'in a bucket'])('say %s that a file is not there, and take no path for a digest', async (which) => {
    const store = stores[which] as FileStore;
    await expect(buffer(store.read('0'.repeat(64)))).rejects.toThrow();
    expect(() => store.read('../../etc/passwd')).toThrow('not a digest');
  });

  it('send to a bucket nothing twice', async () => {
    const before = storage.puts();
    await stores['in a bucket']?.put(Buffer.from('due volte'));
    await stores['in a bucket']?.put(Buffer.from('due volte'));
    expect(storage.puts()).toBe(before + 1);
    expect([...storage.objects.keys()].every((key) => /^\/pico\/[0-9a-f]{2}\/[0-9a-f]{64}$/.test(key))).toBe(true);
  });

  it('say why a bucket refuses', async () => {
    const wrong = objectFiles({ ...options, accessKeyId: 'another', endpoint: `http://127.0.0.1:${(storage.server.address() as AddressInfo).port}` });
    await expect(wrong.put(Buffer.from('rifiutato'))).rejects.toThrow(/403 unsigned/);
  });
});
