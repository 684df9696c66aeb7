import { leavesOf } from '../../contract/completion.ts';
import { ASSET_ENDINGS, assetType } from './asset-types.ts';
import { checkMarkdown } from './check-markdown.ts';
import { checkQuiz } from './check-quiz.ts';
import { type Finding, START } from './finding.ts';
import type { CourseFolder } from './read-course.ts';

/** The largest file a course may carry. */
const MAX_ASSET_BYTES = 100 * 1024 * 1024;

/** Every mistake of one course: in its files, and between them. */
export function checkCourse(course: CourseFolder): Finding[] {
  const assets = new Set(course.assets.map(({ name }) => name));
  const texts = course.lessons.map((lesson) => checkMarkdown(lesson, assets));
  const lessons = new Set(course.lessons.flatMap(({ head }) => head.value?.id ?? []));
  return [
    ...course.strays,
    ...[course.manifest, ...course.lessons.map(({ head }) => head), ...course.quizzes].flatMap(({ findings }) => findings),
    ...texts.flatMap(({ findings }) => findings),
    ...twins(course.lessons.map(({ head }) => head), 'lezione'),
    ...twins(course.quizzes, 'prova'),
    ...checkManifest(course, lessons),
    ...course.quizzes.flatMap((quiz) => checkQuiz(quiz, lessons)),
    ...checkAssets(course, new Set([...texts.flatMap(({ used }) => used), ...course.lessons.flatMap(({ head }) => mediaOf(head.value).map(([, name]) => name))])),
    ...checkMedia(course, assets),
  ].sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column);
}

/** The files of a lesson's head: field and name. */
export function mediaOf(head: object | undefined): ['video' | 'captions' | 'poster' | 'document', string][] {
  const fields = ['video', 'captions', 'poster', 'document'] as const;
  const given: Record<string, unknown> = { ...head };
  return fields.flatMap((field) => {
    const path = given[field];
    return typeof path === 'string' ? [[field, path.replace(/^assets\//, '')] as [typeof field, string]] : [];
  });
}

function twins(files: { file: string; value: { id: string } | undefined; at: (path: PropertyKey[]) => { line: number; column: number } }[], what: string): Finding[] {
  return files.flatMap(({ file, value, at }, index) => {
    const first = files.find((other) => other.value?.id === value?.id);
    return value && first && files.indexOf(first) < index ? [{ file, ...at(['id']), message: `l'id «${value.id}» è già di un'altra ${what}: ${first.file}` }] : [];
  });
}

function checkManifest({ manifest, lessons, quizzes }: CourseFolder, known: Set<string>): Finding[] {
  const { value, at, file } = manifest;
  if (!value) return [];
  const findings: Finding[] = [];
  const report = (path: PropertyKey[], message: string) => findings.push({ file, ...at(path), message });
  const listed = new Map<string, string>();
  const moduleIds = new Set<string>();
  value.modules.forEach((module, m) => {
    if (moduleIds.has(module.id)) report(['modules', m, 'id'], `l'id «${module.id}» è già di un altro modulo`);
    moduleIds.add(module.id);
    module.lessons.forEach((lesson, l) => {
      if (!known.has(lesson)) report(['modules', m, 'lessons', l], `non c'è una lezione «${lesson}»`);
      const before = listed.get(lesson);
      if (before !== undefined) report(['modules', m, 'lessons', l], `la lezione «${lesson}» sta già nel modulo «${before}»`);
      else listed.set(lesson, module.id);
    });
  });
  for (const { head } of lessons) {
    if (head.value && !listed.has(head.value.id)) findings.push({ file: head.file, ...head.at(['id']), message: `nessun modulo di course.yml contiene la lezione «${head.value.id}»` });
  }
  for (const leaf of leavesOf(value.completion)) {
    if ('quiz' in leaf && !quizzes.some((quiz) => quiz.value?.id === leaf.quiz)) report(['completion'], `non c'è una prova «${leaf.quiz}»`);
    if ('lessons' in leaf && leaf.lessons !== 'all') {
      for (const lesson of leaf.lessons) if (!known.has(lesson)) report(['completion'], `non c'è una lezione «${lesson}»`);
    }
  }
  return findings;
}

function checkAssets({ assets }: CourseFolder, used: Set<string>): Finding[] {
  return assets.flatMap(({ name, file, bytes }) => {
    const type = assetType(name);
    const message = !type ? `tipo di file non ammesso: i tipi sono ${ASSET_ENDINGS.join(', ')}`
      : bytes.length > MAX_ASSET_BYTES ? `file troppo grande: al massimo ${MAX_ASSET_BYTES / 1024 / 1024} MB`
        : !type.looksRight(bytes) ? 'il contenuto non è quello che il nome promette (o, in un SVG, c\'è qualcosa che non è disegno)'
          : !used.has(name) ? 'nessuna lezione usa questo file' : undefined;
    return message ? [{ file, ...START, message }] : [];
  });
}

const WANTED = { video: /\.(webm|mp4)$/, captions: /\.vtt$/, poster: /\.(webp|png|jpe?g)$/, document: /\.pdf$/ };

function checkMedia({ lessons }: CourseFolder, assets: Set<string>): Finding[] {
  return lessons.flatMap(({ head }) => mediaOf(head.value).flatMap(([field, name]) => {
    const message = !assets.has(name) ? `assets/${name} non esiste` : !WANTED[field].test(name) ? `${field}: tipo di file non adatto («${name}»)` : undefined;
    return message ? [{ file: head.file, ...head.at([field]), message }] : [];
  }));
}
