import { config } from '../../config.ts';
import { database } from '../../database/connection.ts';
import { startEmbedded } from '../../database/embedded.ts';
import { startFoundation } from '../../runtime.ts';
import { checkStatistics, type Difference, recountStatistics } from '../recount-statistics.ts';

/** `npm run statistics:recount`: counts everything again and reports what was wrong; with `-- --check` it only reports, and fails. */
const check = process.argv.includes('--check');
const embedded = config.databaseUrl ? undefined : await startEmbedded(config.dataDir);
try {
  const foundation = await startFoundation(config.databaseUrl ?? embedded?.url ?? '', 4);
  try {
    const differences = check ? await checkStatistics() : await recountStatistics();
    const names = new Map((await database()('bodies').whereIn('id', differences.flatMap(({ memberId }) => memberId ?? [])).select('id', 'name', 'istat_code') as { id: string; name: string; istat_code: string }[])
      .map(({ id, name, istat_code }) => [id, `${istat_code} ${name}`]));
    process.stdout.write(report(differences, names));
    if (check && differences.length > 0) process.exitCode = 1;
  } finally {
    await foundation.close();
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
} finally {
  await embedded?.stop();
}

function report(differences: Difference[], names: Map<string, string>): string {
  if (differences.length === 0) return 'Every figure is what the source rows say.\n';
  const lines = differences.map(({ memberId, area, month, counter, was, is }) => `  ${memberId ? names.get(memberId) : 'outside the programme'} · ${area} · ${month.slice(0, 7)} · ${counter}: was ${was}, is ${is}`);
  return `${differences.length} ${check ? 'figures differ (those of events not followed yet are among them)' : 'figures mended'}:\n${lines.join('\n')}\n`;
}
