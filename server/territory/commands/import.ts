import { config } from '../../config.ts';
import { startEmbedded } from '../../database/embedded.ts';
import { startFoundation } from '../../runtime.ts';
import { importMunicipalities } from '../import-municipalities.ts';
import { importTerritory } from '../import-territory.ts';

/** `npm run territory:import -- list.csv`: the whole list of Italian municipalities. */
const file = process.argv[2];
if (!file) {
  process.stderr.write('Usage: npm run territory:import -- list-of-municipalities.csv\n');
  process.exit(2);
}
const embedded = config.databaseUrl ? undefined : await startEmbedded(config.dataDir);
try {
  const foundation = await startFoundation(config.databaseUrl ?? embedded?.url ?? '', 4);
  try {
    await importTerritory();
    const { municipalities, changed, absent } = await importMunicipalities(file);
    process.stdout.write(`${municipalities} municipalities read, ${changed} rows changed.\n`);
    if (absent.length > 0) process.stdout.write(`Known but not in this list (left as they are): ${absent.slice(0, 30).join(', ')}${absent.length > 30 ? ` … (${absent.length})` : ''}.\n`);
  } finally {
    await foundation.close();
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await embedded?.stop();
}
