import type { Area, EditionDetail } from '../contract/courses.ts';
import type { CourseHit } from '../contract/search.ts';
import { romeDay } from '../gateways/clock.ts';
import type { Actor } from '../http/actor.ts';
import { partsOf } from '../words/excerpt.ts';
import { editionState } from './edition.ts';
import type { CourseHitRow } from './find-by-words.ts';
import type { EditionRow } from './find-edition.ts';
import { canManageEditions } from './policy.ts';

interface AreaRow {
  code: Area['code'];
  name_it: string;
  name_en: string;
}

export const presentArea = (row: AreaRow): Area => ({ code: row.code, nameIt: row.name_it, nameEn: row.name_en });

export const presentCourseHit = ({ key, title, area, level, modality, minutes, excerpt }: CourseHitRow): CourseHit => ({ key, title, area, level, modality, minutes, excerpt: partsOf(excerpt) });

/** An edition with what the actor may do with it today. */
export function presentEdition(actor: Actor | null, row: EditionRow): EditionDetail {
  const state = editionState(row, romeDay());
  const manages = canManageEditions(actor, { id: row.course_id }) && state !== 'cancelled' && state !== 'over';
  return {
    id: row.id, code: row.code, state, startsOn: row.starts_on, endsOn: row.ends_on, enrolFrom: row.enrol_from, enrolUntil: row.enrol_until,
    modality: row.modality, place: row.place, seats: row.seats, seatsLeft: row.seats === null ? null : Math.max(row.seats - row.seats_taken, 0), seatsPerMember: row.seats_per_member, approval: row.approval,
    course: { id: row.course_id, key: row.key, title: row.title, area: row.area }, version: row.version, seatsTaken: row.seats_taken, openEnrolments: manages ? row.open_enrolments : null, trainers: row.trainers,
    publishedAt: row.published_at?.toISOString() ?? null, cancelledAt: row.cancelled_at?.toISOString() ?? null, cancelReason: row.cancel_reason,
    abilities: { update: manages, publish: manages && state === 'draft', cancel: manages },
  };
}
