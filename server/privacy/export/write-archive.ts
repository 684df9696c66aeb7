import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { outsideTransaction } from '../../database/transaction.ts';
import { files } from '../../gateways/files.ts';
import { certificatePdf, certificatesOf, filesOf } from './files-of.ts';
import { leggimi } from './read-me.ts';
import { SECTIONS } from './sections.ts';
import { rowsAsJson } from './write-rows.ts';

/** What is packed already does not get smaller. */
const STORED = { compress: false };

/**
 * Writes all that is kept about a person into a ZIP: what there is in it is asked for when its turn comes, so that neither a thousand posts nor a hundred files are
 * ever in memory together.
 */
export async function writeArchive(personId: string, exportId: string, requestedAt: Date, path: string): Promise<void> {
  const { ZipFile } = await import('yazl');
  const archive = new ZipFile();
  const [certificates, sent] = await Promise.all([certificatesOf(personId), filesOf(personId)]);
  const failed = new Promise<never>((_, reject) => archive.on('error', reject));
  // Its number makes it a file that nobody else has: it can be removed
  archive.addBuffer(Buffer.from(`${leggimi(requestedAt)}\nNumero di questa copia: ${exportId}\n`), 'LEGGIMI.txt');
  for (const { file, sql } of SECTIONS) add(`dati/${file}.json`, async () => rowsAsJson(sql, { id: personId }));
  for (const { id, code } of certificates) add(`attestati/attestato-${code}.pdf`, async () => Readable.from([await certificatePdf(id)]), STORED);
  for (const { digest, name } of sent) add(`file/${digest.slice(0, 12)}-${safe(name)}`, async () => new Readable().wrap(files.read(digest)), STORED);
  archive.end();
  /** What is being read now: where the writing fails it must not wait for ever. */
  let reading: Readable | undefined;
  await Promise.race([pipeline(archive.outputStream, createWriteStream(path)), failed]).finally(() => reading?.destroy());

  // Its turn may come in the middle of what the one before it was read in
  function add(name: string, open: () => Promise<Readable>, options = {}): void {
    archive.addReadStreamLazy(name, options, (take) => void outsideTransaction(open).then((stream) => take(null, (reading = stream)), (error: Error) => take(error, Readable.from([]))));
  }
}

/** No folder of its own, nothing that a system does not take in a name. */
const safe = (name: string): string => name.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '_').slice(-100);
