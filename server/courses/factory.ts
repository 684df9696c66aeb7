import { database } from '../database/connection.ts';
import { unique } from '../testing/unique.ts';

interface CourseOverrides {
  key?: string;
  area?: 'appalti' | 'europa' | 'innovazione' | 'personale';
  title?: string;
  lessons?: number;
  /** Minutes of each lesson. */
  lessonMinutes?: number;
  /** Questions in the bank and how many are drawn. */
  bank?: number;
  draw?: number;
  pass?: [number, number];
  quizMinutes?: number;
  attempts?: number;
  pauseMinutes?: number;
  completion?: unknown;
}

export interface BuiltCourse {
  id: string;
  key: string;
  versionId: string;
  lessonIds: string[];
  quizId: string;
  questionIds: string[];
}

const idOf = async (table: string, row: Record<string, unknown>): Promise<string> => {
  const [inserted] = (await database()(table).insert(row).returning('id')) as { id: string }[];
  if (!inserted) throw new Error('not inserted');
  return inserted.id;
};

/** A published course of one module. In its quiz (key `prova-finale`) the right answer is always `a`, wherever it is shown. */
export async function aCourse(overrides: CourseOverrides = {}): Promise<BuiltCourse> {
  const number = unique();
  const { key = `corso-${number}`, area = 'appalti', title = `Corso di prova ${number}`, lessons = 2, lessonMinutes = 30, bank = 6, draw = 3, pass = [2, 3], quizMinutes = 30, attempts = 3, pauseMinutes = 0 } = overrides;
  const id = await idOf('courses', { key, area_code: area });
  const versionId = await idOf('course_versions', {
    course_id: id, number: 1, digest: `test-${number}`, title, summary: 'Un corso di prova.', audience: 'Chi prova.', level: 'base', modality: 'online', objectives: ['Provare', 'Riprovare', 'Riuscire'],
    trainers: JSON.stringify([{ name: 'Prova Docente', role: 'Docente' }]), minutes: lessons * lessonMinutes,
    completion: JSON.stringify(overrides.completion ?? { all: [{ lessons: 'all' }, { quiz: 'prova-finale' }] }),
    search: database().raw("to_tsvector('italian_plain', ?)", [title]), search_words: title.toLowerCase(),
  });
  const moduleId = await idOf('modules', { version_id: versionId, key: 'modulo', title: 'Modulo', position: 1 });
  const lessonIds: string[] = [];
  for (let i = 1; i <= lessons; i += 1) {
    lessonIds.push(await idOf('lessons', { version_id: versionId, module_id: moduleId, key: `lezione-${i}`, title: `Lezione ${i}`, kind: 'page', position: i, minutes: lessonMinutes, html: `<p>Testo ${i}</p>` }));
  }
  const quizId = await idOf('quizzes', { version_id: versionId, key: 'prova-finale', title: 'Prova finale', draw, pass_numerator: pass[0], pass_denominator: pass[1], minutes: quizMinutes, attempts, pause_minutes: pauseMinutes });
  const questionIds: string[] = [];
  for (let i = 1; i <= bank; i += 1) {
    questionIds.push(await idOf('questions', {
      quiz_id: quizId, key: `domanda-${i}`, lesson_key: 'lezione-1', text: `Domanda ${i}?`, explanation: `Spiegazione segreta ${i}`, source: 'Fonte',
      options: JSON.stringify(['a', 'b', 'c'].map((option) => ({ key: option, text: `Risposta ${option}${i}`, correct: option === 'a' }))),
    }));
  }
  await database()('courses').where({ id }).update({ current_version_id: versionId });
  return { id, key, versionId, lessonIds, quizId, questionIds };
}

interface EditionOverrides {
  code?: string;
  modality?: 'online' | 'aula' | 'misto';
  place?: string | null;
  starts_on?: string;
  ends_on?: string;
  enrol_from?: string;
  enrol_until?: string;
  seats?: number | null;
  seats_per_member?: number | null;
  approval?: 'automatic' | 'coordinator';
  published_at?: Date | null;
  cancelled_at?: Date | null;
}

export interface BuiltEdition {
  id: string;
  course: BuiltCourse;
}

/** A published edition, running today and open to enrolment, of a course of its own unless told. */
export async function anEdition(overrides: EditionOverrides & { course?: BuiltCourse } = {}): Promise<BuiltEdition> {
  const { course = await aCourse(), ...columns } = overrides;
  const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
  const id = await idOf('editions', {
    course_id: course.id, version_id: course.versionId, code: `PROVA-${unique()}`, starts_on: day(-10), ends_on: day(60), enrol_from: day(-30), enrol_until: day(30), modality: 'online',
    published_at: new Date(), ...(columns.cancelled_at ? { cancel_reason: 'Prova' } : {}), ...columns,
  });
  return { id, course };
}
