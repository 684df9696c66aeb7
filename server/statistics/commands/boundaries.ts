import { config } from '../../config.ts';
import { startEmbedded } from '../../database/embedded.ts';
import { startFoundation } from '../../runtime.ts';
import { importTerritory } from '../../territory/import-territory.ts';
import { importBoundaries } from '../import-boundaries.ts';

/** `npm run territory:boundaries -- file.topo.json`: the map's true boundaries, from a TopoJSON file of ISTAT's units. */
const file = process.argv[2];
if (!file) {
  process.stderr.write('Usage: npm run territory:boundaries -- boundaries.topo.json\n');
  process.exit(2);
}
const embedded = config.databaseUrl ? undefined : await startEmbedded(config.dataDir);
try {
  const foundation = await startFoundation(config.databaseUrl ?? embedded?.url ?? '', 4);
  try {
    await importTerritory();
    const { shapes, missing } = await importBoundaries(file);
    process.stdout.write(`${shapes} units drawn.\n`);
    if (missing.length > 0) process.stdout.write(`No unit of this file counts for these members of the programme: ${missing.join(', ')}.\n`);
  } finally {
    await foundation.close();
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await embedded?.stop();
}
