import { readFile } from 'node:fs/promises';
import { CsvError, parse } from 'csv-parse/sync';

export interface MunicipalityRow {
  istat_code: string;
  /** Its code before Sardinia's reform; null where unknown. */
  former_code: string | null;
  name: string;
  province_code: string;
  population: number | null;
}

/** A list of municipalities that cannot be imported: every mistake with its line. */
export class MunicipalityListError extends Error {
  override name = 'MunicipalityListError';
  constructor(readonly mistakes: string[], file: string) {
    const shown = mistakes.slice(0, 20).join('\n  ');
    super(`${file} cannot be imported:\n  ${shown}${mistakes.length > 20 ? `\n  … and ${mistakes.length - 20} more` : ''}`);
  }
}

/** Our own headings, and those of the list that ISTAT publishes. */
const HEADINGS: Record<keyof MunicipalityRow, RegExp> = {
  istat_code: /^(istat_code|codice comune formato alfanumerico)$/i,
  former_code: /^istat_code_2023$/i,
  name: /^(name|denominazione in italiano)$/i,
  province_code: /^(province_code|codice provincia \(storico\).*)$/i,
  population: /^population(_\d{4})?$/i,
};
const REQUIRED = ['istat_code', 'name', 'province_code'] as const;

/**
 * Reads a list of municipalities: commas or semicolons, UTF-8 or the Latin alphabet of ISTAT's own file.
 * @throws MunicipalityListError naming every line that is wrong.
 */
export async function readMunicipalities(file: string): Promise<MunicipalityRow[]> {
  const text = decode(await readFile(file));
  const mistakes: string[] = [];
  const [header, ...records] = parseLines(text, file);
  const columns = new Map((header?.record ?? []).map((heading, index) => [(Object.keys(HEADINGS) as (keyof MunicipalityRow)[]).find((key) => HEADINGS[key].test(heading.replace(/\s+/g, ' ').trim())), index]));
  const missing = REQUIRED.filter((key) => !columns.has(key));
  if (missing.length > 0) throw new MunicipalityListError([`line 1: no column ${missing.join(', ')}`], file);
  const lines = new Map<string, number>();
  const rows = records.map(({ record, line }) => {
    const cell = (key: keyof MunicipalityRow) => record[columns.get(key) ?? -1]?.trim() ?? '';
    const row = { istat_code: cell('istat_code'), former_code: cell('former_code') || null, name: cell('name'), province_code: cell('province_code').padStart(3, '0'), population: cell('population') ? Number(cell('population')) : null };
    mistakes.push(...mistakesOf(row).map((mistake) => `line ${line}: ${mistake}`));
    const twin = lines.get(row.istat_code);
    if (twin) mistakes.push(`line ${line}: the code ${row.istat_code} is already on line ${twin}`);
    lines.set(row.istat_code, line);
    return row;
  });
  if (rows.length === 0) mistakes.push('line 2: no municipality');
  if (mistakes.length > 0) throw new MunicipalityListError(mistakes, file);
  return rows;
}

function mistakesOf({ istat_code, former_code, name, province_code, population }: MunicipalityRow): string[] {
  const mistakes: string[] = [];
  if (!/^\d{6}$/.test(istat_code)) mistakes.push(`"${istat_code}" is not a code of six digits`);
  if (former_code !== null && !/^\d{6}$/.test(former_code)) mistakes.push(`"${former_code}" is not a former code of six digits`);
  if (name === '' || name.length > 100) mistakes.push('the name is missing or too long');
  if (!/^\d{3}$/.test(province_code)) mistakes.push(`"${province_code}" is not a Province's code of three digits`);
  if (population !== null && !(Number.isInteger(population) && population >= 0)) mistakes.push('the population is not a whole number');
  return mistakes;
}

function parseLines(text: string, file: string): { record: string[]; line: number }[] {
  const heading = text.slice(0, text.indexOf('\n'));
  const delimiter = heading.split(';').length > heading.split(',').length ? ';' : ',';
  try {
    const numbered: { record: string[]; line: number }[] = [];
    parse(text, {
      delimiter, skip_empty_lines: true,
      on_record: (record: string[], { lines }) => {
        numbered.push({ record, line: lines });
        return null;
      },
    });
    return numbered;
  } catch (error) {
    if (error instanceof CsvError) throw new MunicipalityListError([error.message], file);
    throw error;
  }
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
