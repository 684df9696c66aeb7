import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { config } from '../../config.ts';
import { database } from '../../database/connection.ts';
import { clock } from '../../gateways/clock.ts';
import { files } from '../../gateways/files.ts';
import type { ExportRow } from './export.ts';

/** Where copies are written before they go into the storage. */
export const FOLDER = join(config.dataDir, 'exports');
/** Nobody writes on one for so long without a pause. */
const LEFT_MS = 30 * 60_000;

/** What runs that were killed had written of anybody's copy goes. */
export async function clearAway(): Promise<void> {
  for (const name of await readdir(FOLDER).catch(() => [])) {
    const path = join(FOLDER, name);
    const found = await stat(path).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > LEFT_MS) await rm(path, { force: true });
  }
}

/** Copies that waited for their owners for a week are deleted: first the file, then the row says so, so that a kill between the two leaves nothing behind. */
export async function deleteExports(): Promise<void> {
  await clearAway();
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
