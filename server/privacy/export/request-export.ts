import { transaction } from '../../database/transaction.ts';
import { conflict, tooMany } from '../../errors.ts';
import { clock } from '../../gateways/clock.ts';
import { enqueue } from '../../jobs.ts';
import type { ExportRow } from './export.ts';
import { DAY_MS, nextAt } from './export.ts';

/**
 * A person asks for a copy of all that is kept about her (Art. 15 GDPR, access; Art. 20, portability): a worker makes it and she is told. One at a time, and one a
 * day: it is a lot of work, and her data of this morning are her data.
 * @throws AppError 409 `export-running`; 429 where she had one less than a day ago
 */
export async function requestExport(personId: string): Promise<void> {
  await transaction(async (tx) => {
    // Her own row stands for the one that is not there yet: asked twice at once, the second finds the first
    await tx('people').where('id', personId).forNoKeyUpdate().first('id');
    const newest = (await tx('data_exports').where('person_id', personId).orderBy('id', 'desc').first()) as ExportRow | undefined;
    const now = clock.now();
    if (newest && newest.ready_at === null && newest.deleted_at === null) {
      // What a worker could not make in a whole day it will not make
      if (now.getTime() - newest.requested_at.getTime() < DAY_MS) throw conflict('export-running');
      await tx('data_exports').where('id', newest.id).update({ deleted_at: now });
    } else {
      const next = newest && nextAt(newest, now);
      if (next) throw tooMany(Math.ceil((next.getTime() - now.getTime()) / 1000));
    }
    const [row] = (await tx('data_exports').insert({ person_id: personId, requested_at: now }).returning('id')) as { id: string }[];
    if (!row) throw new Error('not inserted');
    await enqueue(tx, 'write-export', { exportId: row.id });
  });
}
