import { database } from '../../database/connection.ts';
import { AppError, notFound } from '../../errors.ts';
import { clock, romeDay } from '../../gateways/clock.ts';
import { files } from '../../gateways/files.ts';
import { FileReply } from '../../http/route.ts';
import type { ExportRow } from './export.ts';

/** Hands a copy to the person whose data it is, and to nobody else whatever her role. @throws AppError 404; 410 `export-expired` */
export async function sendExport(personId: string, id: string): Promise<FileReply> {
  const row = (await database()('data_exports').where({ id, person_id: personId }).first()) as ExportRow | undefined;
  if (!row || row.digest === null || row.bytes === null || row.ready_at === null || row.expires_at === null) throw notFound();
  const { digest } = row;
  if (row.deleted_at !== null || row.expires_at <= clock.now()) throw new AppError(410, 'export-expired');
  return new FileReply('application/zip', { size: row.bytes, etag: `"${digest}"`, open: (range) => files.read(digest, range) }, { filename: `pico-i-miei-dati-${romeDay(row.requested_at)}.zip`, headers: { 'Cache-Control': 'private, no-store' } });
}
