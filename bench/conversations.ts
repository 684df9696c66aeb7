import { openSessions } from './dataset.ts';
import type { Stage } from './stage.ts';

const MEMBERS = 500;
export const WORDS = ['convenzione', 'gara', 'affidamento', 'comune', 'provincia', 'bando', 'rendicontazione', 'fabbisogno', 'piano', 'delibera', 'accessibilità', 'qualificazione', 'piattaforma', 'contratto', 'graduatoria', 'fondo', 'spesa', 'ufficio', 'dirigente', 'soglia'];

/** Texts repeat after so many posts: making a million different ones would take longer than everything that is measured. */
const TEXTS = 20_000;

/** Sixty words each; two of them of the trade, so that one word is in about one post of ten. */
const MAKE_TEXTS = `
  insert into bench_texts
    select i, words, plain(words) as near, to_tsvector('italian_plain', words) as search from (
      select t * 10 + s as i, (select string_agg(case when w % 30 = 0 then ($1::text[])[1 + (t * 7 + s * 3 + w) % 20] else 'parola' || (t * 31 + s * 17 + w * 13) % 3000 end, ' ') from generate_series(1, 60) w) as words
        from generate_series(0, ${TEXTS / 10 - 1}) t, generate_series(0, 9) s) made`;

const FILL = `
  with made as (
    insert into threads (network_id, title, tags, author_id, body_id, created_at, last_sequence, last_post_at, last_author_id)
    select n.id, 'Domanda di prova numero ' || t, array[($1::text[])[1 + t % 20]], p.id, p.body_id, now() - make_interval(mins => t), 10, now() - make_interval(mins => t) + interval '30 seconds', p.id
      from generate_series($2::int, $3::int) t join people p on p.email = 'persona' || (1 + t % ${MEMBERS}) || '@bench.example', networks n where n.key = 'sua'
    returning id, title, author_id, body_id, created_at)
  insert into posts (thread_id, sequence, author_id, body_id, html, words, near, search, created_at, client_id)
  select m.id, s, m.author_id, m.body_id, '<p>' || x.words || '</p>', x.words, x.near, x.search, m.created_at + make_interval(secs => s), gen_random_uuid()
    from made m, generate_series(1, 10) s, bench_texts x
   where x.i = (split_part(m.title, ' ', 5)::int * 10 + s - 1) % ${TEXTS}
   order by m.created_at desc, s`;

/** Members of a network who were there before everything was written, as their cookies. */
export async function prepareMembers(stage: Stage): Promise<string[]> {
  const { pool } = stage;
  await pool.query(
    `insert into people (given_name, family_name, email, body_id, confirmed_at)
       select 'Nome' || i, 'Cognome' || i, 'persona' || i || '@bench.example', b.id, now() from generate_series(1, ${MEMBERS}) i, lateral (select id from bodies where kind = 'province' order by istat_code offset i % 80 limit 1) b`);
  await pool.query(
    `insert into network_members (network_id, person_id, status, requested_at, decided_at, read_until) select n.id, p.id, 'active', now() - interval '2 years', now(), now() - interval '2 years' from networks n, people p where n.key = 'sua' and p.email like '%@bench.example'`);
  // Known to the moderators: somebody new may write twelve times an hour, and a fast machine has each of them write more
  await pool.query(`insert into trust_grants (person_id, granted_by, at) select id, id, now() from people where email like '%@bench.example'`);
  const { rows } = await pool.query<{ id: string }>(`select id from people where email like '%@bench.example' order by email`);
  return openSessions(stage, rows.map(({ id }) => id));
}

async function makeTexts(pool: Stage['pool']): Promise<void> {
  await pool.query('create unlogged table bench_texts (i int primary key, words text, near text, search tsvector)');
  await pool.query(MAKE_TEXTS, [WORDS]);
  await pool.query('analyze bench_texts');
}

/** Threads of ten posts, so many minutes old as their number. The two large indexes are made anew afterwards, as who loads a million rows does. */
export async function fillThreads({ pool }: Stage, from: number, to: number): Promise<void> {
  if (!(await pool.query("select to_regclass('bench_texts') as made")).rows[0].made) await makeTexts(pool);
  const { rows } = await pool.query<{ indexname: string; indexdef: string }>("select indexname, indexdef from pg_indexes where tablename = 'posts' and indexdef like '%USING gin%'");
  for (const { indexname } of rows) await pool.query(`drop index ${indexname}`);
  for (let first = from; first <= to; first += 10_000) await pool.query(FILL, [WORDS, first, Math.min(to, first + 9999)]);
  for (const { indexdef } of rows) await pool.query(`begin; set local maintenance_work_mem = '512MB'; ${indexdef}; commit`);
  await pool.query('vacuum analyze');
}
