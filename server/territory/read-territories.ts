import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { BodyKind } from './body.ts';

const FOLDER = join(import.meta.dirname, 'data');
export const MUNICIPALITIES_FILE = join(FOLDER, 'comuni-demo.csv');

/** What ISTAT calls a unit, as the platform sees it: a unit without a Province's administration employs nobody. */
const KINDS: Record<string, BodyKind> = {
  provincia: 'province',
  provincia_autonoma: 'province',
  libero_consorzio: 'consortium',
  citta_metropolitana: 'metropolitan_city',
  regione_con_funzioni_provinciali: 'other',
  unita_non_amministrativa: 'other',
};

export interface TerritoryRow {
  istat_code: string;
  kind: BodyKind;
  name: string;
  abbreviation: string;
  region: string;
  region_code: string;
  statute: string;
  nuts3: string | null;
  capitals: string[];
  population: number | null;
  area_km2: number | null;
  valid_from: string | null;
  valid_to: string | null;
}

export interface SuccessionRow {
  predecessor: string;
  successor: string;
  municipalities: number;
}

export interface Territories {
  bodies: TerritoryRow[];
  successions: SuccessionRow[];
  members: { istat_code: string; phase: number }[];
}

const rowsOf = (file: string): Record<string, string>[] => parse(readFileSync(join(FOLDER, file)), { columns: true, skip_empty_lines: true });
const orNull = (value: string | undefined): string | null => value || null;
const numberOrNull = (value: string | undefined): number | null => (value ? Number(value) : null);

/** The bodies between region and municipality, of today and of yesterday, as the files of `data/` tell them. */
export function readTerritories(): Territories {
  const territories = rowsOf('territori.csv');
  return {
    bodies: territories.map(toBody),
    successions: successionsOf(territories),
    members: rowsOf('province-86.csv').map(({ istat_code = '', phase }) => ({ istat_code, phase: Number(phase) })),
  };
}

function toBody(row: Record<string, string>): TerritoryRow {
  const { istat_code = '', name = '', kind = '', abbr = '', region = '', region_code = '', statute = '' } = row;
  const known = KINDS[kind];
  if (!known) throw new Error(`territori.csv: ${istat_code} ${name} is of an unknown kind, "${kind}"`);
  return {
    istat_code, kind: known, name, abbreviation: abbr, region, region_code, statute,
    // Of a unit that spans two, the first is where its capital is
    nuts3: orNull(row['nuts3_2024']?.split('|')[0]),
    capitals: row['capitals']?.split('|').filter(Boolean) ?? [],
    population: numberOrNull(row['population_2023']),
    area_km2: numberOrNull(row['area_km2']),
    valid_from: orNull(row['valid_from']),
    valid_to: orNull(row['valid_to']),
  };
}

/** Sardinia's of 2026 with the municipalities that went each way; the older ones are known without that figure. */
function successionsOf(territories: Record<string, string>[]): SuccessionRow[] {
  const counted = new Map(rowsOf('sardegna-raccordo.csv').map((row) => [`${row['old_istat_code']}>${row['new_istat_code']}`, Number(row['municipalities'])]));
  return territories.flatMap(({ istat_code: predecessor = '', successors = '' }) =>
    successors.split('|').filter(Boolean).map((successor) => ({ predecessor, successor, municipalities: counted.get(`${predecessor}>${successor}`) ?? 0 })),
  );
}
