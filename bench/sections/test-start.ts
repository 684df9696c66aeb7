import { burst, percentiles, report } from '../measure.ts';
import { openSessions } from '../dataset.ts';
import type { Running, Stage } from '../stage.ts';

/** The people of the procurement area, all at once. */
const PEOPLE = 430;
const LANES = 50;

/** Everybody starts her test in the same minute: 30 questions drawn of the real bank. */
export async function measureTestStart({ pool, ...rest }: Stage, web: Running): Promise<void> {
  process.stdout.write(`\n${PEOPLE} people start their test together, ${LANES} requests at a time\n`);
  const edition = await pool.query<{ id: string }>(
    `insert into editions (course_id, version_id, code, starts_on, ends_on, enrol_from, enrol_until, modality, published_at)
     select id, current_version_id, 'BENCH-PROVA', current_date - 1, current_date + 30, current_date - 10, current_date + 10, 'online', now() from courses where key = 'appalti-sua' returning id`,
  );
  const enrolments = await pool.query<{ id: string; person_id: string }>(
    `insert into enrolments (edition_id, person_id, body_id, member_id, status, activated_at)
     select $1, id, body_id, body_id, 'active', now() from people where email like '%@bench.example' order by email limit ${PEOPLE} returning id, person_id`,
    [edition.rows[0]?.id],
  );
  const cookies = await openSessions({ pool, ...rest }, enrolments.rows.map(({ person_id }) => person_id));
  await pool.query('create table attempt_bench (id uuid primary key, at timestamptz, drawn jsonb)');
  const bare = await burst(enrolments.rows.map(({ id }) => async () => {
    await pool.query("insert into attempt_bench values ($1, now(), '[]')", [id]);
  }), LANES);
  report('one durable insert through pg (yardstick)', { 'p50 ms': percentiles(bare).p50, 'p99 ms': percentiles(bare).p99 });
  const started = performance.now();
  let refused = 0;
  const times = await burst(enrolments.rows.map(({ id }, i) => async () => {
    const reply = await fetch(`${web.url}/api/v1/enrolments/${id}/attempts`, { method: 'POST', headers: { 'content-type': 'application/json', cookie: cookies[i] ?? '' }, body: '{"quizKey":"prova-finale"}' });
    if (reply.status !== 201) refused += 1;
    await reply.arrayBuffer();
  }), LANES);
  report('a test started, drawn, stored and sent', { 'p50 ms': percentiles(times).p50, 'p99 ms': percentiles(times).p99, 'all in s': ((performance.now() - started) / 1000).toFixed(1), ...(refused > 0 ? { REFUSED: refused } : {}) });
}
