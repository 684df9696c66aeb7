import type { Progress } from '../contract/learning.ts';

/** How far one has come: the one computation behind every bar. */
export function progressOf(lessons: readonly { minutes: number; done: boolean }[]): Progress {
  const done = lessons.filter((lesson) => lesson.done);
  const minutes = (of: readonly { minutes: number }[]) => of.reduce((sum, lesson) => sum + lesson.minutes, 0);
  return { lessons: lessons.length, lessonsDone: done.length, minutes: minutes(lessons), minutesDone: minutes(done) };
}
