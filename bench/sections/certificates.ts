import { drawCertificate } from '../../server/certificates/draw-certificate.ts';
import type { CertificateSnapshot } from '../../server/contract/certificates.ts';
import { report } from '../measure.ts';
import { type Stage, startProcess } from '../stage.ts';

/** Everybody whom the programme must train, finishing at once. */
const COMPLETIONS = 1_290;

/** From the completions to certificates, mails, notices and statistics, by one worker process. */
export async function measureCertificates(stage: Stage): Promise<void> {
  const { pool } = stage;
  process.stdout.write(`\n${COMPLETIONS} completions at once, one worker process\n`);
  const rows = await pool.query<{ id: string }>(
    `with chosen as (
       select id from enrolments where status = 'active' and edition_id <> all (select id from editions where code = 'BENCH-PROVA') order by id limit ${COMPLETIONS}),
     done as (update enrolments set status = 'completed', completed_at = now() where id in (select id from chosen) returning id)
     insert into completions (enrolment_id, evidence) select id, '{}' from done returning enrolment_id as id`,
  );
  const { transaction } = await import('../../server/database/transaction.ts');
  const { record } = await import('../../server/events.ts');
  await transaction(async (tx) => {
    for (const { id } of rows.rows) await record(tx, 'completion.reached', { enrolmentId: id });
  });
  const worker = await startProcess('server/main.ts', stage, 0, { PROCESS: 'worker' });
  const count = async (sql: string) => (await pool.query<{ n: number }>(sql)).rows[0]?.n ?? 0;
  const certificates = () => count('select count(*)::int as n from certificates');
  while ((await certificates()) === 0) await pause(50);
  const started = performance.now();
  const atStart = await certificates();
  while ((await certificates()) < COMPLETIONS) await pause(100);
  const seconds = (performance.now() - started) / 1000;
  report('certificates (to reach: all in 120 s)', { 'all in s': seconds.toFixed(1), 'a second': ((COMPLETIONS - atStart) / seconds).toFixed(1) });
  while ((await count("select count(*)::int as n from bullmq.job where state in ('waiting', 'active', 'delayed') and scheduler_id is null")) > 0) await pause(100);
  report('  and their mails, notices and statistics', { 'all in s': ((performance.now() - started) / 1000).toFixed(1), mails: await count("select count(*)::int as n from mails where key like 'certificate:%'") });
  report('  memory of the worker process, peak', { MB: await worker.peakMemory() });
  await worker.stop();
  const snapshot = (await pool.query<{ snapshot: CertificateSnapshot; signed: string }>('select snapshot, signed from certificates limit 1')).rows[0];
  if (!snapshot) return;
  const drawn = performance.now();
  for (let i = 0; i < 20; i += 1) await drawCertificate(snapshot.snapshot, 'https://pico.example/verifica/X', `https://pico.example/verifica/X#${snapshot.signed}`);
  report('one PDF drawn and nothing else (yardstick)', { ms: Math.round((performance.now() - drawn) / 20) });
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
