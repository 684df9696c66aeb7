import { CATALOGUE } from '../server/courses/catalogue-query.ts';
import { COURSE_SHEET } from '../server/courses/course-sheet-query.ts';
import { fillDataset } from './dataset.ts';
import { load, report, reportLoad } from './measure.ts';
import { measureCertificates } from './sections/certificates.ts';
import { measureTestStart } from './sections/test-start.ts';
import { openStage, startProcess } from './stage.ts';

/** `npm run bench`: every figure beside a yardstick of the same run. Nothing here passes or fails: it prints. */
const WEB = 3911;
const YARDSTICK = 3912;

const stage = await openStage();
try {
  process.stdout.write('\nPi.Co. bench: 250 courses, 5,000 editions, 20,000 people, 40,000 enrolments, 1,000,000 hours entries; durable commits; client, server and database on this machine\n\n');
  let web = await startProcess('server/main.ts', stage, WEB, { PROCESS: 'web' });
  await fillDataset(stage);
  const started = performance.now();
  const { connect, disconnect } = await import('../server/database/connection.ts');
  const { recountStatistics } = await import('../server/statistics/recount-statistics.ts');
  const knex = connect(stage.url, 2);
  const { pool } = stage;
  const { connectJobs } = await import('../server/jobs.ts');
  const { connectPublisher } = await import('../server/sockets/publish.ts');
  connectPublisher(connectJobs(pool));
  await recountStatistics();
  report('recount of all statistics from the source rows', { s: ((performance.now() - started) / 1000).toFixed(1) });
  // A fresh process: memory is measured under load alone
  await web.stop();
  web = await startProcess('server/main.ts', stage, WEB, { PROCESS: 'web' });

  const day = new Date().toISOString().slice(0, 10);
  const yardstick = await startProcess('bench/yardstick.ts', stage, YARDSTICK, {
    YARDSTICK: JSON.stringify({
      '/catalogue': { name: 'catalogue', text: CATALOGUE['catalogue-start'], values: [day, null, null, null, null, null, null, null, false, null, null, 20] },
      '/sheet': { name: 'sheet', text: COURSE_SHEET, values: ['prova-7', day] },
      '/cells': { name: 'cells', text: 'select member_id, area_code, sum(people) as people, sum(completed) as completed, sum(minutes) as minutes from statistics_cells group by 1, 2', values: [] },
    }),
  });

  process.stdout.write('Public pages, 20 kept-alive connections\n');
  const bare = await load(`${yardstick.url}/catalogue`);
  reportLoad('catalogue, bare Koa + pg, the same SQL (yardstick)', bare);
  const catalogue = await load(`${web.url}/api/v1/courses`);
  reportLoad('catalogue as JSON', catalogue);
  report('  share of the yardstick (to reach: 50 %)', { '%': Math.round((catalogue.rps / bare.rps) * 100) });
  reportLoad('catalogue as a page', await load(`${web.url}/corsi`));
  reportLoad('course sheet, bare Koa + pg, the same SQL (yardstick)', await load(`${yardstick.url}/sheet`));
  reportLoad('course sheet as JSON', await load(`${web.url}/api/v1/courses/prova-7`));
  reportLoad('course sheet as a page', await load(`${web.url}/corsi/prova-7`));

  process.stdout.write('\nDashboard of the 86 Provinces, one connection\n');
  reportLoad('cells summed, bare Koa + pg (yardstick)', await load(`${yardstick.url}/cells`, { connections: 1, seconds: 4 }));
  reportLoad('dashboard as JSON (to reach: 50 ms)', await load(`${web.url}/api/v1/statistics/members`, { connections: 1, seconds: 4 }));
  reportLoad('dashboard as a page', await load(`${web.url}/cruscotto`, { connections: 1, seconds: 4 }));

  await measureTestStart(stage, web);
  report('memory of the web process, peak (to reach: 250 MB)', { MB: await web.peakMemory() });
  await yardstick.stop();
  await web.stop();
  await measureCertificates(stage);
  const { disconnectJobs } = await import('../server/jobs.ts');
  await disconnectJobs();
  await disconnect();
  void knex;
} finally {
  await stage.close();
}
process.exit(0);
