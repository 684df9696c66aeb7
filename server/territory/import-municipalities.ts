import { transaction } from '../database/transaction.ts';
import { romeDay } from '../gateways/clock.ts';
import { attributeProgramme } from './attribute-programme.ts';
import { MunicipalityListError, readMunicipalities } from './read-municipalities.ts';
import { writeMunicipalities } from './write-municipalities.ts';

/** Any number, the same in every process: one import at a time. */
export const IMPORT_LOCK = 7243;

export interface ImportOutcome {
  /** Municipalities in the list. */
  municipalities: number;
  /** Rows written or changed: 0 the second time. */
  changed: number;
  /** Municipalities that we know and the list does not: merged ones, to be looked at. Nothing of theirs is touched. */
  absent: string[];
}

/**
 * Imports a whole list of municipalities, ISTAT's own or one with the columns `istat_code, name, province_code` (and, if known,
 * `istat_code_2023, population`). Can be repeated; all or nothing.
 * @throws MunicipalityListError naming every wrong line.
 */
export async function importMunicipalities(csvPath: string): Promise<ImportOutcome> {
  const rows = await readMunicipalities(csvPath);
  return transaction(async (tx) => {
    await tx.raw('select pg_advisory_xact_lock(?)', [IMPORT_LOCK]);
    const provinces = new Set((await tx('bodies').whereIn('kind', ['province', 'consortium', 'metropolitan_city', 'other']).whereNotNull('istat_code').pluck('istat_code')) as string[]);
    const strangers = rows.filter(({ province_code }) => !provinces.has(province_code));
    if (strangers.length > 0) throw new MunicipalityListError(strangers.map(({ istat_code, name, province_code }) => `${istat_code} ${name}: no Province has the code ${province_code}`), csvPath);
    const changed = await writeMunicipalities(tx, rows, romeDay());
    await attributeProgramme(tx);
    const absent = (await tx('bodies').where({ kind: 'municipality' }).whereNull('valid_to').whereNotIn('istat_code', rows.map((row) => row.istat_code)).orderBy('istat_code').pluck('name')) as string[];
    return { municipalities: rows.length, changed, absent };
  });
}
