import { database } from '../database/connection.ts';
import { conflict, notFound } from '../errors.ts';
import { clock, romeDay } from '../gateways/clock.ts';
import type { Actor } from '../http/actor.ts';
import { type EnrolmentPath, findOwnPath, type LessonRow, type LessonText, lessonsOf, lessonText } from './path.ts';
import { mayLearn, mayRead } from './policy.ts';

export interface OpenedLesson {
  path: EnrolmentPath;
  lessons: LessonRow[];
  lesson: LessonRow;
  text: LessonText;
}

/** A lesson of one's own enrolment; that it was opened is noted while progress counts. @throws AppError 404, 409 `lesson-not-open`. */
export async function openLesson(actor: Actor, enrolmentId: string, lessonKey: string): Promise<OpenedLesson> {
  const path = await findOwnPath(actor.id, enrolmentId);
  if (!path) throw notFound();
  const lessons = await lessonsOf(database(), path);
  const lesson = lessons.find(({ key }) => key === lessonKey);
  if (!lesson) throw notFound();
  if (!mayRead(path, path, romeDay())) throw conflict('lesson-not-open');
  if (!lesson.opened && mayLearn(path, path, romeDay())) {
    await database()('lesson_progress').insert({ enrolment_id: enrolmentId, lesson_id: lesson.id, opened_at: clock.now() }).onConflict(['enrolment_id', 'lesson_id']).ignore();
    lesson.opened = true;
  }
  return { path, lessons, lesson, text: await lessonText(lesson.id) };
}

/** Where a video was left, so that it resumes there on any device. @throws AppError 404. */
export async function savePosition(actor: Actor, enrolmentId: string, lessonKey: string, positionSeconds: number): Promise<void> {
  const path = await findOwnPath(actor.id, enrolmentId);
  const lesson = path && (await lessonsOf(database(), path)).find(({ key }) => key === lessonKey);
  if (!path || !lesson) throw notFound();
  if (!mayRead(path, path, romeDay())) throw conflict('lesson-not-open');
  await database()('lesson_progress').insert({ enrolment_id: enrolmentId, lesson_id: lesson.id, position_seconds: positionSeconds, opened_at: clock.now() }).onConflict(['enrolment_id', 'lesson_id']).merge({ position_seconds: positionSeconds });
}
