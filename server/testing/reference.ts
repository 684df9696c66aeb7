import { importTerritory } from '../territory/import-territory.ts';

/** What every test finds in its database: the reference data that a real installation has, no people. */
export async function importReference(): Promise<void> {
  // Features add their import here: territory, courses
  await importTerritory();
}
