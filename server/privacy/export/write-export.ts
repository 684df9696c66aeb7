import { randomUUID } from 'node:crypto';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { database } from '../../database/connection.ts';
import { transaction } from '../../database/transaction.ts';
import { digestOfFile } from '../../gateways/file-store.ts';
import { clock } from '../../gateways/clock.ts';
import { files } from '../../gateways/files.ts';
import { notify } from '../../notifications/notify.ts';
import { clearAway, FOLDER } from './delete-exports.ts';
import { type ExportRow, KEEP_MS } from './export.ts';
import { writeArchive } from './write-archive.ts';

/**
 * Makes the copy that a person asked for, puts it into the storage and tells her. Killed at any instruction it is made anew: what the attempt before may have left in
 * the storage is known by its digest and goes first.
 */
export async function writeExport({ exportId }: { exportId: string }): Promise<void> {
  const order = await openExport(exportId);
  if (!order) return;
  // Its own: a run that was taken for dead may still be writing
  const path = join(FOLDER, `${exportId}.${randomUUID()}.zip`);
  await mkdir(FOLDER, { recursive: true });
  await clearAway();
  try {
    if (order.digest) await files.remove(order.digest);
    await writeArchive(order.person_id, exportId, order.requested_at, path);
    const [digest, { size }] = [await digestOfFile(path), await stat(path)];
    await database()('data_exports').where('id', exportId).update({ digest });
    await files.keep(path);
    if (!(await deliver(exportId, size))) await files.remove(digest);
  } finally {
    await rm(path, { force: true });
  }
}

/** Where it is still wanted: not made yet, not given up, its owner still here. */
async function openExport(id: string): Promise<ExportRow | undefined> {
  return (await database()('data_exports as x').join('people as p', 'p.id', 'x.person_id').where('x.id', id).whereNull('x.ready_at').whereNull('x.deleted_at').whereNull('p.suspended_at').first('x.*')) as ExportRow | undefined;
}

/** @returns false where nobody waits for it any more. */
async function deliver(id: string, bytes: number): Promise<boolean> {
  return transaction(async (tx) => {
    const now = clock.now();
    const [ready] = (await tx('data_exports').where({ id }).whereNull('ready_at').whereNull('deleted_at').update({ bytes, ready_at: now, expires_at: new Date(now.getTime() + KEEP_MS) }).returning('person_id')) as { person_id: string }[];
    if (!ready) return false;
    await notify(tx, { personId: ready.person_id, kind: 'export-ready', key: `export:${id}`, params: {}, link: '/profilo#copia' });
    return true;
  });
}
