import type { Tx } from '../../database/transaction.ts';
import { parseFraction } from '../../contract/completion.ts';
import { assetAddress } from '../assets.ts';
import { assetType } from './asset-types.ts';
import { type CourseContent, lessonMedia } from './content.ts';
import { renderLesson } from './render-lesson.ts';
import type { QuizFile } from './schemas.ts';
import { searchColumns } from './search-columns.ts';

/** Writes a version with all that belongs to it. Rows of a version never change afterwards. */
export async function writeVersion(tx: Tx, courseId: string, number: number, content: CourseContent): Promise<{ id: string; number: number }> {
  const { manifest, lessons, quizzes, assets, digest } = content;
  const id = await newId(tx);
  await tx('course_versions').insert({
    id, course_id: courseId, number, digest,
    language: manifest.language, title: manifest.title, summary: manifest.summary, audience: manifest.audience, level: manifest.level, modality: manifest.modality,
    objectives: manifest.objectives, trainers: JSON.stringify(manifest.trainers), completion: JSON.stringify(manifest.completion),
    minutes: lessons.reduce((sum, { head }) => sum + head.minutes, 0),
    ...(await searchColumns(tx, content)),
  });
  const moduleIds = new Map<string, string>();
  for (const [index, module] of manifest.modules.entries()) {
    const moduleId = await newId(tx);
    moduleIds.set(module.id, moduleId);
    await tx('modules').insert({ id: moduleId, version_id: id, key: module.id, title: module.title, position: index + 1 });
  }
  await tx('lessons').insert(lessons.map(({ head, body, module }, index) => ({
    version_id: id, module_id: moduleIds.get(module), key: head.id, title: head.title, kind: head.kind, position: index + 1, minutes: head.minutes,
    html: renderLesson(body, manifest.language, (name) => assetAddress(id, name)), sources: head.sources, media: JSON.stringify(lessonMedia(head)),
  })));
  for (const quiz of quizzes) await writeQuiz(tx, id, quiz);
  if (assets.length > 0) {
    await tx('course_assets').insert(assets.map((asset) => ({ version_id: id, path: asset.name, digest: asset.digest, type: assetType(asset.name)?.type ?? 'application/octet-stream', bytes: asset.bytes.length })));
  }
  return { id, number };
}

async function writeQuiz(tx: Tx, versionId: string, quiz: QuizFile): Promise<void> {
  const id = await newId(tx);
  const [numerator, denominator] = parseFraction(quiz.pass);
  await tx('quizzes').insert({
    id, version_id: versionId, key: quiz.id, title: quiz.title, draw: quiz.draw, pass_numerator: numerator, pass_denominator: denominator,
    minutes: quiz.minutes, attempts: quiz.attempts, pause_minutes: quiz.pause,
  });
  await tx('questions').insert(quiz.questions.map((question) => ({
    quiz_id: id, key: question.id, lesson_key: question.lesson, text: question.text, explanation: question.explanation, source: question.source,
    options: JSON.stringify(question.options.map(({ text, correct }, index) => ({ key: 'abcd'[index], text, correct }))),
  })));
}

async function newId(tx: Tx): Promise<string> {
  const { rows } = await tx.raw<{ rows: { id: string }[] }>('select uuidv7() as id');
  if (!rows[0]) throw new Error('no id');
  return rows[0].id;
}
