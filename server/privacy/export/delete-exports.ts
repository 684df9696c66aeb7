import { database } from '../../database/connection.ts';
import { clock } from '../../gateways/clock.ts';
import { files } from '../../gateways/files.ts';
import type { ExportRow } from './export.ts';

/** Copies that waited for their owners for a week are deleted: first the file, then the row says so, so that a kill between the two leaves nothing behind. */
export async function deleteExports(): Promise<void> {
  await forget((await database()('data_exports').whereNull('deleted_at').where('expires_at', '<=', clock.now()).orderBy('id')) as ExportRow[]);
}

/** All of a person's, whatever their state. */
export async function deleteExportsOf(personId: string): Promise<void> {
  await forget((await database()('data_exports').where('person_id', personId).whereNull('deleted_at').orderBy('id')) as ExportRow[]);
}

async function forget(rows: ExportRow[]): Promise<void> {
  for (const { id, digest } of rows) {
    if (digest) await files.remove(digest);
    await database()('data_exports').where({ id }).update({ deleted_at: clock.now() });
  }
}
