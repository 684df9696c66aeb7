import type { z } from 'zod';
import { coveredBodies } from '../accounts/covered-bodies.ts';
import type { AreaCode } from '../contract/common.ts';
import type { EnrolmentOutcome, EnrolmentStatus } from '../contract/learning.ts';
import { database } from '../database/connection.ts';
import { notFound } from '../errors.ts';
import { type Actor, holds } from '../http/actor.ts';
import type { BodyKind } from '../territory/body.ts';
import { mayDecide, mayFollowEdition } from './policy.ts';
import { presentEditionOf } from './present.ts';

export interface OutcomeRow {
  id: string;
  person_id: string;
  given_name: string;
  family_name: string;
  body_id: string;
  body_name: string;
  body_kind: BodyKind;
  course_key: string;
  course_title: string;
  area_code: AreaCode;
  edition_id: string;
  edition_code: string;
  starts_on: string;
  ends_on: string;
  enrol_from: string;
  enrol_until: string;
  published_at: Date | null;
  cancelled_at: Date | null;
  status: EnrolmentStatus;
  motivation: string | null;
  requested_at: Date;
  /** As PostgreSQL writes it, with its microseconds: a cursor must not lose them. */
  requested_key: string;
  completed_at: Date | null;
  lessons: number;
  lessons_done: number;
  minutes: number;
  minutes_done: number;
  attempts_used: number;
  passed: boolean | null;
}

export interface OutcomeFilter {
  status?: EnrolmentStatus | undefined;
  after?: { requestedAt: string; id: string } | undefined;
  limit: number;
}

/** Outcomes of the people of the bodies that the actor coordinates (UPI: of all), newest request first, one row too many. */
export async function listOutcomes(actor: Actor, filter: OutcomeFilter): Promise<OutcomeRow[]> {
  if (holds(actor, 'admin')) return select('true', [], filter);
  return select('e.body_id = any(?)', [await coveredBodies(actor)], filter);
}

/** Outcomes of an edition for who trains in it. @throws AppError 404 where it is not hers. */
export async function listEditionOutcomes(actor: Actor, editionId: string, filter: OutcomeFilter): Promise<OutcomeRow[]> {
  const edition = (await database()('editions').where('id', editionId).first('course_id')) as { course_id: string } | undefined;
  const trainers = (await database()('edition_trainers').where('edition_id', editionId).select('person_id')) as { person_id: string }[];
  if (!edition || !mayFollowEdition(actor, edition, trainers.map(({ person_id }) => person_id))) throw notFound();
  return select('e.edition_id = ?', [editionId], filter, REGISTERED);
}

/** People as everybody knows them now. */
const CURRENT = 'p.given_name, p.family_name';
/** The register of an edition proves who was trained: who has left since stands in it with her name, where there is something to prove. */
const REGISTERED = `coalesce((select x.given_name from account_closures x where x.person_id = p.id), p.given_name) as given_name, coalesce((select x.family_name from account_closures x where x.person_id = p.id), p.family_name) as family_name`;

async function select(where: string, bindings: (string | string[])[], { status, after, limit }: OutcomeFilter, names = CURRENT): Promise<OutcomeRow[]> {
  const conditions = [where];
  const values: (string | number | string[])[] = [...bindings];
  if (status) {
    conditions.push('e.status = ?');
    values.push(status);
  }
  if (after) {
    conditions.push('(e.requested_at, e.id) < (?::timestamptz, ?::uuid)');
    values.push(after.requestedAt, after.id);
  }
  const { rows } = await database().raw<{ rows: OutcomeRow[] }>(
    // The page first, what is counted for each of its rows afterwards
    `with page as (select e.id from enrolments e where ${conditions.join(' and ')} order by e.requested_at desc, e.id desc limit ?)
     select e.id, e.person_id, ${names}, e.body_id, b.name as body_name, b.kind as body_kind, c.key as course_key, v.title as course_title, c.area_code, e.edition_id, ed.code as edition_code,
            ed.starts_on, ed.ends_on, ed.enrol_from, ed.enrol_until, ed.published_at, ed.cancelled_at,
            e.status, e.motivation, e.requested_at, e.requested_at::text as requested_key, e.completed_at, total.lessons, total.minutes, done.lessons_done, done.minutes_done, tests.attempts_used, tests.passed
       from page join enrolments e using (id)
       join people p on p.id = e.person_id
       join bodies b on b.id = e.body_id
       join editions ed on ed.id = e.edition_id
       join course_versions v on v.id = ed.version_id
       join courses c on c.id = v.course_id
       join lateral (select count(*)::int as lessons, coalesce(sum(l.minutes), 0)::int as minutes from lessons l where l.version_id = v.id) total on true
       join lateral (select count(*)::int as lessons_done, coalesce(sum(l.minutes), 0)::int as minutes_done from lesson_progress d join lessons l on l.id = d.lesson_id where d.enrolment_id = e.id and d.done_at is not null) done on true
       join lateral (select count(*)::int as attempts_used, bool_or(t.passed) as passed from attempts t where t.enrolment_id = e.id) tests on true
      order by e.requested_at desc, e.id desc`,
    [...values, limit + 1],
  );
  return rows;
}

/** @param decides the coordinator who may decide on requests; null where nobody does. */
export function presentOutcome(row: OutcomeRow, decides: Actor | null): z.input<typeof EnrolmentOutcome> {
  return {
    id: row.id,
    person: { id: row.person_id, givenName: row.given_name, familyName: row.family_name },
    body: { id: row.body_id, name: row.body_name, kind: row.body_kind },
    course: { key: row.course_key, title: row.course_title, area: row.area_code },
    edition: presentEditionOf(row),
    status: row.status,
    motivation: row.motivation,
    requestedAt: row.requested_at,
    completedAt: row.completed_at,
    progress: { lessons: row.lessons, lessonsDone: row.lessons_done, minutes: row.minutes, minutesDone: row.minutes_done },
    attemptsUsed: row.attempts_used,
    passed: row.passed,
    abilities: { decide: decides !== null && row.status === 'requested' && mayDecide(decides, row) },
  };
}
