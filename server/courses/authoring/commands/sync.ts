import { config } from '../../../config.ts';
import { startEmbedded } from '../../../database/embedded.ts';
import { startFoundation } from '../../../runtime.ts';
import { findingText } from '../finding.ts';
import { COURSES_FOLDER } from '../folder.ts';
import { syncCourses } from '../sync-courses.ts';

/** `npm run courses:sync`: the courses of the folder into the database; fails when one is refused. */
const embedded = config.databaseUrl ? undefined : await startEmbedded(config.dataDir);
const foundation = await startFoundation(config.databaseUrl ?? embedded?.url ?? '', 4);
try {
  for (const { key, outcome, version, findings } of await syncCourses(COURSES_FOLDER)) {
    process.stdout.write(outcome === 'refused' ? `${key}: non aggiornato, da correggere\n` : `${key}: ${outcome === 'unchanged' ? 'nessun cambiamento' : 'nuova versione'} (${version})\n`);
    for (const finding of findings) process.stdout.write(`  courses/${findingText(finding)}\n`);
    if (outcome === 'refused') process.exitCode = 1;
  }
} finally {
  await foundation.close();
  await embedded?.stop();
}
