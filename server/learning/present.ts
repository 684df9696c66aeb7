import type { z } from 'zod';
import type { CompletionExplained, EnrolmentHome, EnrolmentSummary, LessonState, LessonView, QuizState } from '../contract/learning.ts';
import { assetAddress } from '../courses/assets.ts';
import { editionState } from '../courses/edition.ts';
import { romeDay } from '../gateways/clock.ts';
import { whatIsLeft } from './attempts-left.ts';
import { rightAnswersNeeded } from './explain-completion.ts';
import type { OpenedLesson } from './open-lesson.ts';
import type { EnrolmentPath, LessonRow, QuizRow } from './path.ts';
import { isRunning, mayLearn, mayRead, mayWithdraw } from './policy.ts';
import { progressOf } from './progress.ts';

export interface Standing {
  waitingPosition: number | null;
  reason: string | null;
  openQuiz: string | null;
}

export const presentCourse = (path: EnrolmentPath) => ({ key: path.course_key, title: path.course_title, summary: path.course_summary, area: path.area_code });

type EditionColumns = Pick<EnrolmentPath, 'edition_id' | 'edition_code' | 'starts_on' | 'ends_on' | 'enrol_from' | 'enrol_until' | 'published_at' | 'cancelled_at'>;

export const presentEditionOf = (row: EditionColumns, day = romeDay()): z.input<typeof EnrolmentSummary>['edition'] => ({
  id: row.edition_id, code: row.edition_code, startsOn: row.starts_on, endsOn: row.ends_on, state: editionState(row, day), running: isRunning(row, day),
});

export function presentEnrolment(path: EnrolmentPath, lessons: LessonRow[], standing: Standing): z.input<typeof EnrolmentSummary> {
  const day = romeDay();
  const next = lessons.find(({ done }) => !done);
  return {
    id: path.id,
    status: path.status,
    edition: presentEditionOf(path, day),
    course: presentCourse(path),
    progress: progressOf(lessons),
    requestedAt: path.requested_at,
    completedAt: path.completed_at,
    ...standing,
    next: next ? { key: next.key, title: next.title } : null,
    abilities: { read: mayRead(path, path, day), learn: mayLearn(path, path, day), withdraw: mayWithdraw(path) },
  };
}

export function presentHome(path: EnrolmentPath, facts: { lessons: LessonRow[]; quizzes: QuizRow[]; completion: CompletionExplained; standing: Standing }): z.input<typeof EnrolmentHome> {
  return {
    ...presentEnrolment(path, facts.lessons, facts.standing),
    modules: presentOutline(facts.lessons),
    quizzes: facts.quizzes.map((quiz) => presentQuiz(quiz, path)),
    trainers: path.trainers.map(({ name, role }) => ({ name, role })),
    completion: facts.completion,
  };
}

export function presentOutline(lessons: LessonRow[]): { key: string; title: string; lessons: z.input<typeof LessonState>[] }[] {
  const modules = new Map<string, { key: string; title: string; lessons: z.input<typeof LessonState>[] }>();
  for (const { key, title, kind, minutes, opened, done, module_key, module_title } of lessons) {
    const module = modules.get(module_key) ?? { key: module_key, title: module_title, lessons: [] };
    module.lessons.push({ key, title, kind, minutes, opened, done });
    modules.set(module_key, module);
  }
  return [...modules.values()];
}

export const passText = (quiz: Pick<QuizRow, 'pass_numerator' | 'pass_denominator'>) => `${quiz.pass_numerator}/${quiz.pass_denominator}`;
export const needOf = (quiz: Pick<QuizRow, 'pass_numerator' | 'pass_denominator'>, total: number) => rightAnswersNeeded([quiz.pass_numerator, quiz.pass_denominator], total);

export function presentQuiz(quiz: QuizRow, path: EnrolmentPath): z.input<typeof QuizState> {
  const open = quiz.history.find(({ closed_at }) => closed_at === null);
  const left = whatIsLeft(quiz);
  return {
    key: quiz.key, title: quiz.title, draw: quiz.draw, pass: passText(quiz), need: needOf(quiz, quiz.draw), minutes: quiz.minutes, attempts: quiz.attempts, attemptsUsed: quiz.history.length, pauseMinutes: quiz.pause_minutes,
    passed: left.passed,
    openAttemptId: open?.id ?? null,
    nextAttemptAt: left.nextAttemptAt,
    history: quiz.history.map(({ id, number, started_at, closed_at, score, total, passed }) => ({ id, number, startedAt: started_at, closedAt: closed_at, score, total, passed })),
    abilities: { start: mayLearn(path, path, romeDay()) && !left.passed && (open !== undefined || (left.attemptsLeft > 0 && left.nextAttemptAt === null)) },
  };
}

export function presentLesson({ path, lessons, lesson, text }: OpenedLesson): z.input<typeof LessonView> {
  const at = lessons.indexOf(lesson);
  const link = (row: LessonRow | undefined) => (row ? { key: row.key, title: row.title } : null);
  const address = (name: string | undefined) => (name ? assetAddress(path.version_id, name) : null);
  return {
    key: lesson.key, title: lesson.title, kind: lesson.kind, minutes: lesson.minutes, module: lesson.module_title,
    html: text.html,
    sources: text.sources,
    media: { video: address(text.media.video), captions: address(text.media.captions), poster: address(text.media.poster), document: address(text.media.document) },
    position: lesson.position,
    done: lesson.done,
    positionSeconds: lesson.position_seconds,
    previous: link(lessons[at - 1]),
    next: link(lessons[at + 1]),
    enrolment: { id: path.id, status: path.status },
    course: presentCourse(path),
    outline: presentOutline(lessons),
    progress: progressOf(lessons),
    abilities: { complete: !lesson.done && mayLearn(path, path, romeDay()) },
  };
}
