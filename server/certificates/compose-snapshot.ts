import { bodyTitle } from '../contract/body-name.ts';
import type { CertificateSnapshot } from '../contract/certificates.ts';
import type { AreaCode } from '../contract/common.ts';
import type { BodyKind } from '../contract/territory.ts';
import { database } from '../database/connection.ts';
import { romeDay } from '../gateways/clock.ts';

interface Facts {
  person_id: string;
  given_name: string;
  family_name: string;
  body_id: string;
  member_id: string | null;
  body_name: string;
  kind: BodyKind;
  istat_code: string | null;
  course_key: string;
  title: string;
  version: number;
  version_id: string;
  area_code: AreaCode;
  area_name: string;
  trainers: { name: string; role: string }[];
  edition_code: string;
  starts_on: string;
  ends_on: string;
  activated_at: Date | null;
  requested_at: Date;
  completed_at: Date;
  minutes: number;
  score: number | null;
  total: number | null;
  pass: string | null;
  programme: CertificateSnapshot['programme'];
}

export interface Composition {
  personId: string;
  bodyId: string;
  memberId: string | null;
  snapshot: CertificateSnapshot;
}

/**
 * Gathers what the certificate of a completed enrolment will say for ever. The result is the best one of the longest test passed: the
 * final one, where a course has several.
 * @returns undefined when the enrolment is not completed.
 */
export async function composeSnapshot(enrolmentId: string, code: string, issuedAt: Date): Promise<Composition | undefined> {
  const { rows } = await database().raw<{ rows: Facts[] }>(
    `select e.person_id, p.given_name, p.family_name, e.body_id, e.member_id, b.name as body_name, b.kind, b.istat_code,
            c.key as course_key, v.title, v.number as version, v.id as version_id, c.area_code, a.name_it as area_name, v.trainers,
            ed.code as edition_code, ed.starts_on, ed.ends_on, e.activated_at, e.requested_at, done.completed_at,
            -- What she did here, also where the ledger had credited the same lesson in another edition
            (coalesce((select sum(h.minutes) from hours_entries h where h.enrolment_id = e.id), 0)
             + coalesce((select sum(l.minutes) from lesson_progress d join lessons l on l.id = d.lesson_id where d.enrolment_id = e.id and d.done_at is not null
                           and not exists (select from hours_entries h where h.source_key = 'lesson:' || e.id || ':' || l.id)), 0))::int as minutes,
            best.score, best.total, best.pass,
            (select json_agg(json_build_object('title', m.title, 'lessons',
               (select json_agg(json_build_object('title', l.title, 'minutes', l.minutes) order by l.position) from lessons l where l.module_id = m.id)) order by m.position)
               from modules m where m.version_id = v.id) as programme
       from enrolments e
       join completions done on done.enrolment_id = e.id
       join people p on p.id = e.person_id
       join bodies b on b.id = e.body_id
       join editions ed on ed.id = e.edition_id
       join course_versions v on v.id = ed.version_id
       join courses c on c.id = v.course_id
       join areas a on a.code = c.area_code
       left join lateral (
         select t.score, t.total, q.pass_numerator || '/' || q.pass_denominator as pass
           from attempts t join quizzes q on q.id = t.quiz_id
          where t.enrolment_id = e.id and t.passed order by t.total desc, t.score desc, t.number limit 1) best on true
      where e.id = ?`,
    [enrolmentId],
  );
  const facts = rows[0];
  if (!facts) return undefined;
  return {
    personId: facts.person_id,
    bodyId: facts.body_id,
    memberId: facts.member_id,
    snapshot: {
      code,
      person: { givenName: facts.given_name, familyName: facts.family_name },
      body: { name: bodyTitle({ kind: facts.kind, name: facts.body_name }), istatCode: facts.istat_code },
      course: { key: facts.course_key, title: facts.title, version: facts.version },
      area: { code: facts.area_code, name: facts.area_name },
      edition: { code: facts.edition_code, startsOn: facts.starts_on, endsOn: facts.ends_on },
      minutes: facts.minutes,
      startedOn: romeDay(facts.activated_at ?? facts.requested_at),
      completedOn: romeDay(facts.completed_at),
      issuedOn: romeDay(issuedAt),
      result: facts.score !== null && facts.total !== null && facts.pass !== null ? { score: facts.score, total: facts.total, pass: facts.pass } : null,
      programme: facts.programme ?? [],
      trainers: facts.trainers.map(({ name, role }) => ({ name, role })),
    },
  };
}
