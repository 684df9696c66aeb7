import type { CourseSheet } from '../contract/courses.ts';
import { prepared } from '../database/prepared.ts';
import { notFound } from '../errors.ts';
import { romeDay } from '../gateways/clock.ts';
import type { Actor } from '../http/actor.ts';
import { COURSE_SHEET } from './course-sheet-query.ts';
import { canManageEditions } from './policy.ts';

/** The public sheet of a course, with what the actor may do there. @throws AppError 404 for a course not published or withdrawn. */
export async function findCourseSheet(actor: Actor | null, key: string): Promise<CourseSheet> {
  const [row] = await prepared<Omit<CourseSheet, 'abilities'>>('course-sheet', COURSE_SHEET, [key, romeDay()]);
  if (!row) throw notFound();
  return { ...row, abilities: { manageEditions: canManageEditions(actor, row) } };
}
