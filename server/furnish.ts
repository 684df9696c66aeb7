import { join } from 'node:path';
import { seedNetworks } from './community/seed-networks.ts';
import { syncCourses } from './courses/authoring/sync-courses.ts';
import { seedDemonstration } from './demonstration/seed-demonstration.ts';
import { importTerritory } from './territory/import-territory.ts';

/** The courses of this installation. */
const COURSES = join(import.meta.dirname, '../courses');

/** Brings in the bodies, the first networks, the courses and, where it is asked for and nobody is there yet, the demonstration. Idempotent. */
export async function furnish(demonstration: boolean): Promise<void> {
  await importTerritory();
  await seedNetworks();
  await syncCourses(COURSES);
  if (demonstration) await seedDemonstration();
}
