import { z } from 'zod';
import { Day, Id } from '../contract/common.ts';
import type { EditionState, EditionsQuery, ManagedCourses } from '../contract/courses.ts';
import { database } from '../database/connection.ts';
import { romeDay } from '../gateways/clock.ts';
import { type Actor, holds } from '../http/actor.ts';
import { decodeCursor, toPage } from '../http/pagination.ts';
import { TRAINERS_OF } from './edition-trainers.ts';
import { type EditionRow, selectEditions } from './find-edition.ts';

/** The same states as `editionState`, over `editions e` and the day as `:day`. */
const PUBLISHED = 'e.published_at is not null and e.cancelled_at is null';
const IN_STATE: Record<EditionState, string> = {
  cancelled: 'e.cancelled_at is not null',
  draft: 'e.published_at is null and e.cancelled_at is null',
  over: `${PUBLISHED} and e.ends_on < :day`,
  scheduled: `${PUBLISHED} and e.enrol_from > :day and e.ends_on >= :day`,
  open: `${PUBLISHED} and e.enrol_from <= :day and e.enrol_until >= :day`,
  closed: `${PUBLISHED} and e.enrol_until < :day and e.ends_on >= :day`,
};

/** The editions that the actor manages, the latest start first. */
export async function listEditions(actor: Actor, query: EditionsQuery): Promise<{ items: EditionRow[]; next: string | null }> {
  const own = managedCourseIds(actor);
  const [startsOn, id] = query.cursor ? decodeCursor(query.cursor, z.tuple([Day, Id])) : [];
  const where = [
    ...(own ? ['e.course_id = any(:own)'] : []),
    ...(query.course ? ['c.key = :course'] : []),
    ...(query.state ? [IN_STATE[query.state]] : []),
    ...(startsOn && id ? ['(e.starts_on, e.id) < (:startsOn, :id)'] : []),
  ];
  const rows = await selectEditions(`${where.length > 0 ? `where ${where.join(' and ')}` : ''} order by e.starts_on desc, e.id desc limit :most`, {
    own, course: query.course ?? null, day: romeDay(), startsOn: startsOn ?? null, id: id ?? null, most: query.limit + 1,
  });
  return toPage(rows, query.limit, (last) => [last.starts_on, last.id]);
}

/** The published courses whose editions the actor manages, by title, each with those who may train in it. */
export async function listManagedCourses(actor: Actor): Promise<ManagedCourses> {
  const { rows } = await database().raw<{ rows: ManagedCourses['items'] }>(
    `select c.id, c.key, v.title, v.modality, v.minutes,
            coalesce((select json_agg(json_build_object('id', t.id, 'name', t.name) order by t.family_name, t.given_name) from (${TRAINERS_OF('c.id')}) t), '[]') as trainers
       from courses c join course_versions v on v.id = c.current_version_id
      where c.withdrawn_at is null and (:own::uuid[] is null or c.id = any(:own)) order by v.sort_title, c.id`,
    { own: managedCourseIds(actor) },
  );
  return { items: rows };
}

/** null: every course. */
function managedCourseIds(actor: Actor): string[] | null {
  if (holds(actor, 'admin') || holds(actor, 'trainer')) return null;
  return actor.roles.flatMap(({ role, scopeId }) => (role === 'trainer' && scopeId ? [scopeId] : []));
}
