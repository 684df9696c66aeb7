import { createHash } from 'node:crypto';
import { mediaOf } from './check-course.ts';
import type { AssetFile, CourseFolder } from './read-course.ts';
import type { LessonHead, Manifest, QuizFile } from './schemas.ts';

/** A course without mistakes, in the order of its programme. */
export interface CourseContent {
  manifest: Manifest;
  lessons: { head: LessonHead; body: string; module: string }[];
  quizzes: QuizFile[];
  assets: AssetFile[];
  /** SHA-256 of all of it; the names of files and the layout of the YAML count for nothing. */
  digest: string;
}

/** What a folder says. Undefined when a part of it could not be understood. */
export function contentOf(course: CourseFolder): CourseContent | undefined {
  const manifest = course.manifest.value;
  if (!manifest) return undefined;
  const byId = new Map(course.lessons.flatMap(({ head, body }) => (head.value ? [[head.value.id, { head: head.value, body: body.trim() }] as const] : [])));
  const lessons = manifest.modules.flatMap(({ id, lessons: keys }) => keys.flatMap((key) => {
    const lesson = byId.get(key);
    return lesson ? [{ ...lesson, module: id }] : [];
  }));
  const quizzes = course.quizzes.flatMap(({ value }) => value ?? []).sort((a, b) => (a.id < b.id ? -1 : 1));
  const assets = [...course.assets].sort((a, b) => (a.name < b.name ? -1 : 1));
  const digest = createHash('sha256').update(JSON.stringify({ manifest, lessons, quizzes, assets: assets.map(({ name, digest: bytes }) => [name, bytes]) })).digest('hex');
  return { manifest, lessons, quizzes, assets, digest };
}

/** The media of a lesson as the database keeps them: `{ video: 'nome.webm', … }`. */
export const lessonMedia = (head: LessonHead): Record<string, string> => Object.fromEntries(mediaOf(head));
