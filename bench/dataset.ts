import type { Stage } from './stage.ts';

const EDITIONS = 5_000;
const COURSES = 250;
const PEOPLE = 20_000;
const ENROLMENTS = 40_000;
const HOURS = 1_000_000;

/** The system at its full size, beside the real courses and territory: made by the database itself, in seconds. */
export async function fillDataset({ pool }: Stage): Promise<void> {
  await pool.query(`
    insert into courses (key, area_code)
      select 'prova-' || i, (array['appalti', 'europa', 'innovazione', 'personale'])[1 + i % 4] from generate_series(1, ${COURSES}) i;
    insert into course_versions (course_id, number, digest, title, summary, audience, level, modality, objectives, trainers, minutes, completion, search, search_words)
      select c.id, 1, 'bench', 'Corso di ' || c.key, 'Un riassunto lungo come quelli veri, che dice di che cosa si parla e a chi serve, in due frasi piene.', 'Chi lavora in Provincia', 'base', 'online', array['Capire', 'Fare', 'Verificare'],
             '[{"name": "Prova Docente", "role": "Docente"}]', 240, '{"all": [{"lessons": "all"}, {"quiz": "prova-finale"}]}', to_tsvector('italian_plain', c.key), c.key
        from courses c where c.key like 'prova-%';
    insert into modules (version_id, key, title, position) select v.id, 'modulo', 'Modulo', 1 from course_versions v where v.digest = 'bench';
    insert into lessons (version_id, module_id, key, title, kind, position, minutes, html)
      select m.version_id, m.id, 'lezione-' || i, 'Lezione ' || i, 'page', i, 30, '<p>Testo</p>' from modules m join course_versions v on v.id = m.version_id and v.digest = 'bench', generate_series(1, 8) i;
    insert into quizzes (version_id, key, title, draw, pass_numerator, pass_denominator, minutes, attempts, pause_minutes)
      select v.id, 'prova-finale', 'Prova finale', 30, 2, 3, 45, 3, 60 from course_versions v where v.digest = 'bench';
    update courses c set current_version_id = v.id from course_versions v where v.course_id = c.id and v.digest = 'bench';
    insert into editions (course_id, version_id, code, starts_on, ends_on, enrol_from, enrol_until, modality, seats, seats_per_member, approval, published_at)
      select c.id, c.current_version_id, 'BENCH-' || i, current_date + (i % 300) - 200, current_date + (i % 300) - 100, current_date - 230, current_date + (i % 300) - 190, 'online', case when i % 2 = 0 then 100 end, 5, 'automatic', now()
        from generate_series(1, ${EDITIONS}) i join lateral (select * from courses where key = 'prova-' || (1 + i % ${COURSES})) c on true;
  `);
  await pool.query(`
    insert into people (given_name, family_name, email, body_id, confirmed_at)
      select 'Nome' || i, 'Cognome' || i, 'persona' || i || '@bench.example', b.id, now()
        from generate_series(1, ${PEOPLE}) i join (select id, row_number() over (order by istat_code) as n from bodies where kind in ('province', 'consortium') and id in (select body_id from programme_members)) b on b.n = 1 + i % 86;
    insert into enrolments (edition_id, person_id, body_id, member_id, status, activated_at)
      select e.id, p.id, p.body_id, p.body_id, 'active', now()
        from generate_series(1, ${ENROLMENTS}) i
        join (select id, row_number() over (order by code) as n from editions where code like 'BENCH-%') e on e.n = 1 + (i * 7) % ${EDITIONS}
        join (select id, body_id, row_number() over (order by email) as n from people where email like '%@bench.example') p on p.n = 1 + i % ${PEOPLE}
      on conflict do nothing;
    insert into hours_entries (person_id, body_id, member_id, area_code, modality, minutes, day, source, source_key)
      select p.id, p.body_id, p.body_id, (array['appalti', 'europa', 'innovazione', 'personale'])[1 + i % 4], 'online', 10 + i % 50, current_date - (i % 700), 'correction', 'bench:' || i
        from generate_series(1, ${HOURS}) i join (select id, body_id, row_number() over (order by email) as n from people where email like '%@bench.example') p on p.n = 1 + i % ${PEOPLE};
  `);
  await pool.query('analyze');
}

/** Sessions for so many people, as their cookies. */
export async function openSessions({ pool }: Stage, personIds: string[]): Promise<string[]> {
  const secrets = personIds.map((id) => `bench-${id}`);
  await pool.query(
    `insert into sessions (person_id, digest, ip, user_agent, expires_at) select id, sha256(secret::bytea), '127.0.0.1', 'bench', now() + interval '1 hour' from unnest($1::uuid[], $2::text[]) as s(id, secret)`,
    [personIds, secrets],
  );
  return secrets.map((secret) => `pico_session=${secret}`);
}
