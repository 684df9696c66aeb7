import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { database } from '../database/connection.ts';
import { furnish } from '../furnish.ts';
import { startTestApp, type TestApp } from '../testing/app.ts';
import { composeRegister } from '../webinars/read-register.ts';
import type { Webinar } from '../webinars/webinar.ts';

describe('the demonstration', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ workers: false });
    await furnish(true);
  });
  afterAll(() => app.close());

  const select = async <Row>(sql: string): Promise<Row[]> => (await database().raw<{ rows: Row[] }>(sql)).rows;

  it('tells many histories, of every kind', async () => {
    const statuses = await select<{ status: string; count: number }>('select status, count(*)::int as count from enrolments group by status order by status');
    expect(statuses.map(({ status }) => status)).toEqual(['active', 'completed', 'withdrawn']);
    expect(statuses.every(({ count }) => count > 10)).toBe(true);
    expect(await select(`select e.id from enrolments e join people p on p.id = e.person_id where p.email like 'chiara.serra@%' and e.status = 'active'`)).not.toHaveLength(0);
  });

  it('has nobody in two editions of the same course', async () => {
    expect(await select('select e.person_id, d.course_id from enrolments e join editions d on d.id = e.edition_id group by 1, 2 having count(*) > 1')).toEqual([]);
  });

  it('dates every lesson, hour and test between the first and the last day of its edition, and none after the enrolment ended', async () => {
    const dated = `select 'lesson' as what, enrolment_id, done_at as at from lesson_progress union all select 'hours', enrolment_id, recorded_at from hours_entries union all select 'test', enrolment_id, closed_at from attempts`;
    expect((await select(`select * from (${dated}) x limit 1`)).length).toBe(1);
    const outside = await select(
      `select x.what, d.code, x.at, e.status from (${dated}) x join enrolments e on e.id = x.enrolment_id join editions d on d.id = e.edition_id
        where (x.at at time zone 'Europe/Rome')::date not between d.starts_on and d.ends_on or x.at > now() or x.at > e.ended_at limit 5`,
    );
    expect(outside).toEqual([]);
  });

  it('has five living networks, solved and unsolved, in which nothing is told before it was asked', async () => {
    const networks = await select<{ key: string; threads: number; solved: number; unanswered: number }>(
      `select n.key, count(*)::int as threads, count(t.accepted_post_id)::int as solved, (count(*) filter (where t.last_sequence = 1))::int as unanswered
         from networks n join threads t on t.network_id = n.id group by n.key order by n.key`);
    expect(networks.map(({ key }) => key)).toEqual(['personale', 'piao', 'sape', 'sit', 'sua']);
    for (const { threads, solved, unanswered } of networks) {
      expect(threads).toBeGreaterThanOrEqual(20);
      expect(solved).toBeGreaterThan(5);
      expect(unanswered).toBeGreaterThan(0);
    }
    expect(await select('select p.id from posts p join posts before on before.thread_id = p.thread_id and before.sequence = p.sequence - 1 where p.created_at < before.created_at or p.created_at > now()')).toEqual([]);
    expect(await select('select t.id from threads t where t.last_sequence <> (select count(*) from posts p where p.thread_id = t.id)')).toEqual([]);
  });

  it('has what happens in threads besides: quotes with their source, a side question that went its own way, replies that are not finished', async () => {
    const [{ quotes = 0 } = {}] = await select<{ quotes: number }>(`select count(distinct t.network_id)::int as quotes from posts p join threads t on t.id = p.thread_id where p.html like '%<blockquote data-post="%"><cite><a href="/reti/%' and p.words like '%: «%»%'`);
    expect(quotes).toBe(5);
    expect(await select("select x.kind from thread_notes x join threads t on t.id = x.thread_id join posts p on p.thread_id = x.from_thread_id and p.moved_id is not null where t.title like 'Censimento%'")).toHaveLength(2);
    expect(await select("select d.id from drafts d join people p on p.id = d.person_id where p.email like 'chiara.serra@%'")).toHaveLength(2);
  });

  it('has some forty people from many Provinces who show what they know, each something, and nobody who did not say so', async () => {
    const [directory] = await select<{ people: number; bodies: number; certificates: number }>(
      `select count(distinct e.person_id)::int as people, count(distinct p.body_id)::int as bodies, (count(*) filter (where e.what = 'certificates'))::int as certificates from expertise_consents e join people p on p.id = e.person_id`);
    expect(directory?.people).toBeGreaterThanOrEqual(35);
    expect(directory?.bodies).toBeGreaterThan(15);
    expect(directory?.certificates).toBeGreaterThan(5);
    expect(await select(`select person_id from expertise_consents e where not exists (select from competences c where c.person_id = e.person_id)`)).toEqual([]);
    expect((await select('select from answer_counts where answers > 0')).length).toBeGreaterThan(20);
  });

  it('tells best practices of every network at every point of their life, adopted by other Provinces, and none before it was written', async () => {
    const states = await select<{ state: string; count: number }>(
      `select coalesce(case when superseded_by is not null then 'superseded' end, stage, 'published') as state, count(*)::int as count from practices group by 1 order by 1`);
    expect(states.map(({ state }) => state)).toEqual(['draft', 'published', 'returned', 'review', 'superseded']);
    expect(states.find(({ state }) => state === 'published')?.count).toBeGreaterThanOrEqual(10);
    expect(await select('select n.key from networks n where not exists (select from practices p join practice_versions v on v.id = p.version_id where p.network_id = n.id)')).toEqual([]);
    const [{ bodies = 0 } = {}] = await select<{ bodies: number }>('select count(distinct body_id)::int as bodies from practice_adoptions');
    expect(bodies).toBeGreaterThan(15);
    expect(await select('select d.id from practice_adoptions d join practices p on p.id = d.practice_id join practice_versions v on v.id = p.version_id where d.body_id = p.body_id or d.at < (select min(published_at) from practice_versions f where f.practice_id = p.id) or d.at > now()')).toEqual([]);
    expect(await select('select v.id from practice_versions v join practices p on p.id = v.practice_id where v.published_at < p.created_at or v.published_at > now()')).toEqual([]);
  });

  it('has webinars at every point of their life, one of them on air, and a register that is what its log says', async () => {
    const [counts] = await select<Record<string, number>>(
      `select (count(*) filter (where opened_at is not null and closed_at is null and now() between starts_at and ends_at))::int as live, (count(*) filter (where closed_at is not null))::int as past,
              (count(*) filter (where starts_at > now() and starts_at < now() + interval '90 minutes'))::int as soon, (count(*) filter (where series_id is not null))::int as series from webinars`);
    expect(counts).toEqual({ live: 1, past: 2, soon: 1, series: 3 });
    expect(await select(`select id from webinar_seats where status = 'waiting'`)).not.toEqual([]);
    const locked = (await database()('webinars').whereNotNull('register_locked_at').first()) as Webinar;
    const register = await composeRegister(database(), locked);
    expect(register.log.whole).toBe(true);
    const credited = new Map((await select<{ person_id: string; minutes: number }>(`select person_id, minutes from hours_entries where source = 'attendance'`)).map(({ person_id, minutes }) => [person_id, minutes]));
    expect(credited.size).toBeGreaterThan(20);
    for (const { personId, minutes } of register.people) if (credited.has(personId)) expect(credited.get(personId)).toBe(minutes);
  });

  it('has a queue for who moderates: flags of members, never of one’s own words', async () => {
    const flags = await select<{ key: string; own: boolean; member: boolean; elena: boolean }>(
      `select n.key, f.person_id = p.author_id as own, exists (select from network_members m where m.network_id = n.id and m.person_id = f.person_id and m.status = 'active') as member,
              exists (select from roles r join people e on e.id = r.person_id where r.role = 'moderator' and r.scope_id = n.id and e.email = 'elena.conti@pico.example') as elena
         from post_flags f join moderation_cases c on c.id = f.case_id and c.outcome is null join posts p on p.id = f.post_id join threads t on t.id = p.thread_id join networks n on n.id = t.network_id order by n.key`);
    expect(flags).toEqual(['personale', 'sit', 'sua', 'sua'].map((key) => ({ key, own: false, member: true, elena: true })));
  });
});
