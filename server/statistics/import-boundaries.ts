import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { transaction } from '../database/transaction.ts';
import { BoundariesError, drawBoundaries } from './draw-boundaries.ts';

export interface BoundariesOutcome {
  shapes: number;
  /** Members of the programme for which no unit of the file counts: the map would leave them out. */
  missing: string[];
}

/**
 * Replaces the map's boundaries by those of a TopoJSON file.
 * @throws BoundariesError when the file is not one, or names units that we do not know.
 */
export async function importBoundaries(file: string): Promise<BoundariesOutcome> {
  const text = await readFile(file, 'utf8');
  const { width, height, shapes } = drawBoundaries(text);
  const codes = shapes.map(({ istatCode }) => istatCode);
  return transaction(async (tx) => {
    const known = new Set((await tx('bodies').whereIn('istat_code', codes).pluck('istat_code')) as string[]);
    const strangers = codes.filter((code) => !known.has(code));
    if (strangers.length > 0) throw new BoundariesError(`no body has these ISTAT codes: ${strangers.join(', ')}`);
    const row = { one: true, file_name: basename(file), sha256: createHash('sha256').update(text).digest('hex'), width, height, shapes: JSON.stringify(shapes), imported_at: new Date() };
    await tx('boundaries').insert(row).onConflict('one').merge();
    const missing = (await tx('programme_members as m').join('bodies as b', 'b.id', 'm.body_id')
      .whereNotExists(tx('programme_attributions as a').join('bodies as unit', 'unit.id', 'a.body_id').whereRaw('a.member_id = m.body_id and a.programme_id = m.programme_id').whereIn('unit.istat_code', codes).select(tx.raw('1')))
      .orderBy('b.istat_code').pluck('b.name')) as string[];
    return { shapes: shapes.length, missing };
  });
}
