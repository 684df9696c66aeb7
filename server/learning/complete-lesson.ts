import type { z } from 'zod';
import type { LessonDone } from '../contract/learning.ts';
import { transaction, type Tx } from '../database/transaction.ts';
import { conflict, notFound } from '../errors.ts';
import { record } from '../events.ts';
import { clock, romeDay } from '../gateways/clock.ts';
import type { Actor } from '../http/actor.ts';
import { evaluateCompletion, explainPath } from './evaluate-completion.ts';
import { type EnrolmentPath, type LessonRow, lessonsOf, lockPath } from './path.ts';
import { mayLearn } from './policy.ts';
import { progressOf } from './progress.ts';

/**
 * Marks a lesson as done and credits its minutes, once. Done twice it changes nothing.
 * @throws AppError 404 where it is not hers, 409 `edition-not-running` when progress no longer counts.
 */
export async function completeLesson(actor: Actor, enrolmentId: string, lessonKey: string): Promise<z.input<typeof LessonDone>> {
  return transaction(async (tx) => {
    const path = await lockPath(tx, enrolmentId);
    if (path?.person_id !== actor.id) throw notFound();
    const lessons = await lessonsOf(tx, path);
    const lesson = lessons.find(({ key }) => key === lessonKey);
    if (!lesson) throw notFound();
    if (lesson.done) return { progress: progressOf(lessons), status: path.status, completion: await explainPath(tx, path, { lessons }) };
    if (!mayLearn(path, path, romeDay())) throw conflict('edition-not-running');
    await tx('lesson_progress').insert({ enrolment_id: enrolmentId, lesson_id: lesson.id, done_at: clock.now() }).onConflict(['enrolment_id', 'lesson_id']).merge({ done_at: clock.now() });
    await creditLesson(tx, path, lesson);
    lesson.done = true;
    const { completion, status } = await evaluateCompletion(tx, path);
    return { progress: progressOf(lessons), status, completion };
  });
}

/**
 * The lesson's planned minutes enter the ledger, for the body for which she learns now; once in a calendar year, in whichever edition of the
 * course she does it: who begins again elsewhere after a cancelled edition has not learnt for twice as long.
 */
async function creditLesson(tx: Tx, path: EnrolmentPath, lesson: LessonRow): Promise<void> {
  const { rows } = await tx.raw<{ rows: object[] }>(
    `select from hours_entries h join enrolments e on e.id = h.enrolment_id join editions ed on ed.id = e.edition_id
       join lessons l on l.id = split_part(h.source_key, ':', 3)::uuid
      where h.person_id = :person and h.source = 'lesson' and h.enrolment_id <> :enrolment and l.key = :key
        and ed.course_id = (select course_id from editions where id = :edition) and date_trunc('year', h.day) = date_trunc('year', :day::date) limit 1`,
    { person: path.person_id, enrolment: path.id, key: lesson.key, edition: path.edition_id, day: romeDay() },
  );
  if (rows.length > 0) return;
  const [entry] = (await tx('hours_entries')
    .insert({
      person_id: path.person_id, body_id: path.body_id, member_id: path.member_id, area_code: path.area_code, enrolment_id: path.id, modality: 'online', minutes: lesson.minutes, day: romeDay(),
      source: 'lesson', source_key: `lesson:${path.id}:${lesson.id}`, recorded_at: clock.now(),
    })
    .onConflict('source_key').ignore().returning('id')) as { id: string }[];
  if (entry) await record(tx, 'hours.credited', { hoursEntryId: entry.id });
}
