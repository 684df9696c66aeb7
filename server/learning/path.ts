import type { LessonMedia } from '../courses/lesson.ts';
import type { Completion } from '../contract/completion.ts';
import type { AreaCode } from '../contract/common.ts';
import { database } from '../database/connection.ts';
import type { Tx } from '../database/transaction.ts';
import type { Enrolment } from './enrolment.ts';
import type { Knex } from 'knex';

/** An enrolment with what is needed to judge it: its edition's dates and its version's rule. */
export interface EnrolmentPath extends Enrolment {
  edition_code: string;
  starts_on: string;
  ends_on: string;
  enrol_from: string;
  enrol_until: string;
  published_at: Date | null;
  cancelled_at: Date | null;
  version_id: string;
  completion: Completion;
  trainers: { name: string; role: string }[];
  course_id: string;
  course_key: string;
  course_title: string;
  course_summary: string;
  area_code: AreaCode;
}

const PATH = `select e.*, ed.code as edition_code, ed.starts_on, ed.ends_on, ed.enrol_from, ed.enrol_until, ed.published_at, ed.cancelled_at,
       v.id as version_id, v.completion, v.trainers, v.title as course_title, v.summary as course_summary, c.id as course_id, c.key as course_key, c.area_code
  from enrolments e
  join editions ed on ed.id = e.edition_id
  join course_versions v on v.id = ed.version_id
  join courses c on c.id = v.course_id`;

/** One enrolment, if it is this person's. */
export async function findOwnPath(personId: string, enrolmentId: string, on: Knex = database()): Promise<EnrolmentPath | undefined> {
  const { rows } = await on.raw<{ rows: EnrolmentPath[] }>(`${PATH} where e.id = ? and e.person_id = ?`, [enrolmentId, personId]);
  return rows[0];
}

/** All of a person's enrolments, newest first. */
export async function listOwnPaths(personId: string): Promise<EnrolmentPath[]> {
  const { rows } = await database().raw<{ rows: EnrolmentPath[] }>(`${PATH} where e.person_id = ? order by e.requested_at desc, e.id desc limit 500`, [personId]);
  return rows;
}

/** The same, its enrolment locked until the transaction ends: whoever changes what completion depends on takes this lock first. */
export async function lockPath(tx: Tx, enrolmentId: string): Promise<EnrolmentPath | undefined> {
  const { rows } = await tx.raw<{ rows: EnrolmentPath[] }>(`${PATH} where e.id = ? for update of e`, [enrolmentId]);
  return rows[0];
}

export interface LessonRow {
  id: string;
  key: string;
  title: string;
  kind: 'page' | 'video' | 'document';
  position: number;
  minutes: number;
  module_key: string;
  module_title: string;
  opened: boolean;
  done: boolean;
  position_seconds: number;
}

/** The lessons of a version in their order, as far as this enrolment has come. */
export async function lessonsOf(on: Knex, path: Pick<EnrolmentPath, 'id' | 'version_id'>): Promise<LessonRow[]> {
  const { rows } = await on.raw<{ rows: LessonRow[] }>(
    `select l.id, l.key, l.title, l.kind, l.position, l.minutes, m.key as module_key, m.title as module_title,
            p.lesson_id is not null as opened, p.done_at is not null as done, coalesce(p.position_seconds, 0) as position_seconds
       from lessons l join modules m on m.id = l.module_id
       left join lesson_progress p on p.lesson_id = l.id and p.enrolment_id = ?
      where l.version_id = ? order by l.position`,
    [path.id, path.version_id],
  );
  return rows;
}

export interface LessonText {
  html: string;
  sources: string[];
  media: LessonMedia;
}

export async function lessonText(lessonId: string): Promise<LessonText> {
  return (await database()('lessons').where('id', lessonId).first('html', 'sources', 'media')) as LessonText;
}

export interface QuizRow {
  id: string;
  key: string;
  title: string;
  draw: number;
  pass_numerator: number;
  pass_denominator: number;
  minutes: number;
  attempts: number;
  pause_minutes: number;
  history: AttemptRow[];
}

export interface AttemptRow {
  id: string;
  number: number;
  started_at: Date;
  due_at: Date;
  closed_at: Date | null;
  score: number | null;
  total: number;
  passed: boolean | null;
}

/** The quizzes of a version with this enrolment's attempts, oldest first. */
export async function quizzesOf(on: Knex, path: Pick<EnrolmentPath, 'id' | 'version_id'>): Promise<QuizRow[]> {
  const quizzes = (await on('quizzes').where('version_id', path.version_id).orderBy('key')) as Omit<QuizRow, 'history'>[];
  const attempts = (await on('attempts').where('enrolment_id', path.id).orderBy('number').select('id', 'quiz_id', 'number', 'started_at', 'due_at', 'closed_at', 'score', 'total', 'passed')) as (AttemptRow & { quiz_id: string })[];
  return quizzes.map((quiz) => ({ ...quiz, history: attempts.filter(({ quiz_id }) => quiz_id === quiz.id) }));
}
