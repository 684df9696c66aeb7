import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Finding, START } from './finding.ts';
import { type Parsed, parseYaml } from './parse-yaml.ts';
import { LessonHead, Manifest, QuizFile } from './schemas.ts';

export interface LessonFile {
  head: Parsed<LessonHead>;
  body: string;
  /** The line of the file on which the body begins. */
  bodyLine: number;
}

export interface AssetFile {
  name: string;
  file: string;
  bytes: Buffer;
  digest: string;
}

/** A course's folder as it was read; each part says whether it could be understood. */
export interface CourseFolder {
  name: string;
  manifest: Parsed<Manifest>;
  lessons: LessonFile[];
  quizzes: Parsed<QuizFile>[];
  assets: AssetFile[];
  /** What lies where nothing should. */
  strays: Finding[];
}

/** Folders below `courses/` that are no course. */
const OTHER_FOLDERS = new Set(['schema']);

/** The names of the course folders, in order. */
export async function courseFolders(root: string): Promise<string[]> {
  const entries = await readdir(root, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !OTHER_FOLDERS.has(entry.name)).map(({ name }) => name).sort();
}

/** Reads one course's folder; mistakes are in its parts. */
export async function readCourse(root: string, name: string): Promise<CourseFolder> {
  const strays: Finding[] = [];
  const namesIn = async (folder: string, ending: RegExp, wanted: string): Promise<string[]> => {
    const entries = await readdir(join(root, name, folder), { withFileTypes: true }).catch(() => []);
    const good = entries.filter((entry) => entry.isFile() && ending.test(entry.name)).map((entry) => entry.name).sort();
    for (const entry of entries) {
      if (!good.includes(entry.name) && !entry.name.startsWith('.')) strays.push({ file: `${name}/${folder}/${entry.name}`, ...START, message: `in ${folder}/ stanno soltanto ${wanted}` });
    }
    return good;
  };
  const readText = (file: string) => readFile(join(root, file), 'utf8');
  const lessonNames = await namesIn('lessons', /\.md$/, 'file .md');
  const quizNames = await namesIn('quizzes', /\.yml$/, 'file .yml');
  const assetNames = await namesIn('assets', /^[\w.-]+$/, 'file, con nomi di lettere senza accenti, cifre, punti e trattini');
  const manifestFile = `${name}/course.yml`;
  const manifestText = await readText(manifestFile).catch(() => undefined);
  if (manifestText === undefined) strays.push({ file: manifestFile, ...START, message: 'manca il manifesto course.yml' });
  return {
    name,
    manifest: manifestText === undefined ? { file: manifestFile, value: undefined, findings: [], at: () => START } : parseYaml(manifestFile, manifestText, Manifest),
    lessons: await Promise.all(lessonNames.map(async (lesson) => parseLesson(`${name}/lessons/${lesson}`, await readText(`${name}/lessons/${lesson}`)))),
    quizzes: await Promise.all(quizNames.map(async (quiz) => parseYaml(`${name}/quizzes/${quiz}`, await readText(`${name}/quizzes/${quiz}`), QuizFile))),
    assets: await Promise.all(assetNames.map((asset) => readAsset(root, `${name}/assets/${asset}`, asset))),
    strays,
  };
}

async function readAsset(root: string, file: string, name: string): Promise<AssetFile> {
  const bytes = await readFile(join(root, file));
  return { name, file, bytes, digest: createHash('sha256').update(bytes).digest('hex') };
}

/** Splits the head between two lines `---` from the text below it. */
export function parseLesson(file: string, text: string): LessonFile {
  const found = /^---\r?\n([\s\S]*?)^---[ \t]*(?:\r?\n|$)/m.exec(text);
  if (!found || found.index !== 0) {
    const message = "la lezione comincia con un'intestazione fra due righe «---»";
    return { head: { file, value: undefined, findings: [{ file, ...START, message }], at: () => START }, body: text, bodyLine: 1 };
  }
  return {
    head: parseYaml(file, found[1] ?? '', LessonHead, 2),
    body: text.slice(found[0].length),
    bodyLine: found[0].split('\n').length,
  };
}
