import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { typeOfName } from '../community/documents/kinds.ts';
import { indexDocument } from '../community/documents/index-document.ts';
import type { Tx } from '../database/transaction.ts';
import { files } from '../gateways/files.ts';
import type { Random } from './random.ts';
import { excelFile, openDocumentText, pdfFile, wordFile } from './sample-files.ts';

const Sample = z.strictObject({
  network: z.string(),
  title: z.string().min(3).max(160),
  summary: z.string().max(600),
  file: z.string(),
  attach: z.string().optional(),
  versions: z.array(z.strictObject({ note: z.string().default(''), text: z.array(z.string()).min(1) })).min(1),
});
type Sample = z.output<typeof Sample>;

const DAY = 24 * 3_600_000;

/** The libraries of the networks: documents that solutions of conversations bring, some in several versions, downloaded by many. */
export async function seedDocuments(tx: Tx, random: Random, now: Date): Promise<void> {
  const samples = z.array(Sample).parse(parse(await readFile(join(import.meta.dirname, 'documents.yml'), 'utf8')));
  for (const sample of samples) await put(tx, random, sample, now);
}

interface Place {
  network_id: string;
  author_id: string;
  body_id: string | null;
  post_id: string;
  at: Date;
}

async function put(tx: Tx, random: Random, sample: Sample, now: Date): Promise<void> {
  const { rows } = await tx.raw<{ rows: Place[] }>(
    `select n.id as network_id, p.author_id, p.body_id, p.id as post_id, p.created_at as at
       from networks n join threads t on t.network_id = n.id join posts p on p.id = coalesce(t.accepted_post_id, (select id from posts where thread_id = t.id order by sequence limit 1))
      where n.key = ? and t.title = ?`, [sample.network, sample.attach ?? '']);
  const [place] = rows;
  if (!place) throw new Error(`documents.yml: no conversation «${sample.attach}» in ${sample.network}`);
  const since = new Date(place.at);
  const [document] = (await tx('documents').insert({
    network_id: place.network_id, title: sample.title, summary: sample.summary, licence: 'cc-by-4.0', author_id: place.author_id, body_id: place.body_id, created_at: since, changed_at: since, search: '', near: '',
  }).returning('id')) as { id: string }[];
  if (!document) throw new Error('not inserted');
  for (const [index, { note, text }] of sample.versions.entries()) {
    const at = new Date(Math.min(since.getTime() + index * random.int(20, 60) * DAY, now.getTime() - DAY));
    const bytes = await draw(sample, text);
    await tx('document_versions').insert({
      document_id: document.id, number: index + 1, file_name: sample.file, media_type: typeOfName(sample.file), bytes: bytes.length, digest: await files.put(bytes), note,
      author_id: place.author_id, body_id: place.body_id, created_at: at, upload_id: randomUUID().replaceAll('-', ''), scan: 'none', downloads: random.int(3, 90), words: text.join(' '),
    });
    await tx('documents').where('id', document.id).update({ last_version: index + 1, changed_at: at });
  }
  await indexDocument(tx, document.id);
  await tx('post_documents').insert({ post_id: place.post_id, document_id: document.id, position: 0 });
  await tx('posts').where('id', place.post_id).update({ documents: 1 });
}

async function draw({ title, file }: Sample, text: string[]): Promise<Uint8Array> {
  if (file.endsWith('.docx')) return wordFile([title, ...text]);
  if (file.endsWith('.odt')) return openDocumentText([title, ...text]);
  if (file.endsWith('.xlsx')) return excelFile(text.map((row) => row.split('|').map((cell) => cell.trim())));
  return file.endsWith('.csv') ? Buffer.from(`${text.join('\n')}\n`) : pdfFile(title, text);
}
