import { z } from 'zod';
import { AreaCode } from '../../contract/common.ts';
import { Completion, Fraction, Key } from '../../contract/completion.ts';

/** The files that authors write (courses/README.md). Strict everywhere: a misspelt field is a mistake, never ignored. */
const line = (most: number) => z.string().trim().min(1).max(most);
const minutes = z.int().min(1).max(2000);
const asset = z.string().regex(/^assets\/[\w.-]+$/, { error: 'bad-asset-path' });
const sources = z.array(line(300)).max(60).default([]);

export const Manifest = z.strictObject({
  id: Key,
  area: AreaCode,
  level: z.enum(['base', 'intermedio', 'avanzato']),
  modality: z.enum(['online', 'aula', 'misto']),
  language: z.enum(['it', 'en']),
  title: line(150),
  summary: line(300),
  audience: line(500),
  objectives: z.array(line(300)).min(3).max(20),
  trainers: z.array(z.strictObject({ name: line(120), role: line(200) })).min(1).max(20),
  modules: z.array(z.strictObject({ id: Key, title: line(150), lessons: z.array(Key).min(1).max(100) })).min(1).max(50),
  completion: Completion,
}).meta({ title: 'course.yml', description: 'Il manifesto di un corso di Pi.Co.' });
export type Manifest = z.output<typeof Manifest>;

const head = { id: Key, title: line(150), minutes, sources };
export const LessonHead = z.discriminatedUnion('kind', [
  z.strictObject({ ...head, kind: z.literal('page') }),
  z.strictObject({ ...head, kind: z.literal('video'), video: asset, captions: asset, poster: asset.optional() }),
  z.strictObject({ ...head, kind: z.literal('document'), document: asset }),
]).meta({ title: 'lessons/*.md', description: "L'intestazione di una lezione." });
export type LessonHead = z.output<typeof LessonHead>;

const Option = z.strictObject({ text: line(600), correct: z.boolean().default(false) });
export const QuizFile = z.strictObject({
  id: Key,
  title: line(150),
  draw: z.int().min(1).max(200),
  pass: Fraction,
  minutes: z.int().min(1).max(600),
  attempts: z.int().min(1).max(100),
  /** Minutes between an attempt and the next. */
  pause: z.int().min(0).max(100_000).default(0),
  questions: z.array(z.strictObject({
    id: Key, lesson: Key, text: line(1500), options: z.array(Option).min(3).max(4), explanation: line(2000), source: line(300),
  })).min(1).max(1000),
}).meta({ title: 'quizzes/*.yml', description: 'Una banca di domande e le regole della prova.' });
export type QuizFile = z.output<typeof QuizFile>;

/** The JSON Schemas in courses/schema, by file name: completion and checks in editors. */
export function jsonSchemas(): Record<string, string> {
  const of = (schema: z.ZodType) => `${JSON.stringify(z.toJSONSchema(schema, { io: 'input', target: 'draft-7' }), null, 2)}\n`;
  return { 'course.schema.json': of(Manifest), 'lesson.schema.json': of(LessonHead), 'quiz.schema.json': of(QuizFile) };
}
