import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { database } from '../../database/connection.ts';
import { startTestApp, type TestApp } from '../../testing/app.ts';
import { Course } from '../course.ts';
import { anEdition } from '../factory.ts';
import { type FixtureFolder, fixtureFolder } from './factory.ts';
import { syncCourses } from './sync-courses.ts';

const PAGE = 'lessons/10-prima.md';

describe('syncing courses', () => {
  let app: TestApp;
  let folder: FixtureFolder;
  beforeAll(async () => {
    app = await startTestApp({ workers: false });
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    folder = await fixtureFolder();
    await database()('courses').where({ key: 'corso-di-prova' }).update({ current_version_id: null });
    await database().raw('truncate courses cascade');
  });
  afterEach(() => folder.dispose());

  const course = async () => {
    const found = await Course.query().findOne({ key: 'corso-di-prova' }).withGraphFetched('currentVersion.[modules.lessons, quizzes.questions]');
    if (!found?.currentVersion) throw new Error('not synced');
    return { ...found, version: found.currentVersion };
  };
  const rows = async () => {
    const counted: Record<string, number> = {};
    for (const table of ['courses', 'course_versions', 'modules', 'lessons', 'quizzes', 'questions', 'course_assets']) {
      counted[table] = Number(((await database()(table).count('* as n').first()) as { n: number }).n);
    }
    return counted;
  };

  it('writes a course with all that belongs to it', async () => {
    expect(await syncCourses(folder.root)).toEqual([{ key: 'corso-di-prova', outcome: 'new-version', version: 1, findings: [] }]);
    const { version } = await course();
    expect(version).toMatchObject({ title: 'Gli appalti in Provincia', minutes: 45, level: 'base', completion: { all: [{ lessons: 'all' }, { quiz: 'prova-finale' }] }, trainers: [{ name: 'Prova Docente', role: 'Funzionario' }] });
    expect(version.modules?.map(({ key, lessons }) => [key, lessons?.map((lesson) => [lesson.key, lesson.position, lesson.kind])])).toEqual([
      ['inizio', [['prima', 1, 'page'], ['filmato', 2, 'video']]], ['seguito', [['scheda', 3, 'document']]],
    ]);
    expect(version.modules?.[0]?.lessons?.[1]?.media).toEqual({ video: 'filmato.webm', captions: 'filmato.it.vtt' });
    expect(version.quizzes?.[0]).toMatchObject({ draw: 2, pass_numerator: 2, pass_denominator: 3, pause_minutes: 60 });
    expect(version.quizzes?.[0]?.questions?.find(({ key }) => key === 'filmato-1')?.options).toEqual([
      { key: 'a', text: 'La campana', correct: false }, { key: 'b', text: 'La trombetta', correct: true }, { key: 'c', text: 'Il telefono', correct: false },
    ]);
  });

  it('renders lessons with callouts, scrollable tables, links and assets of this very version', async () => {
    await syncCourses(folder.root);
    const { version } = await course();
    const html = version.modules?.[0]?.lessons?.[0]?.html ?? '';
    expect(html).toContain('<h2>Il quadro</h2>');
    expect(html).toMatch(/<aside class="callout note" role="note" aria-label="Nota">[\s\S]*<em>centrali<\/em>[\s\S]*<\/aside>/);
    expect(html).not.toContain('[!NOTE]');
    expect(html).toContain('<blockquote>\n<p>Una citazione qualunque.</p>');
    expect(html).toContain('<div class="table-responsive" role="region" tabindex="0" aria-label="Tabella 1">');
    expect(html).toContain('<a href="https://www.normattiva.it" rel="noopener noreferrer">');
    expect(html).toContain(`<img src="/api/v1/course-versions/${version.id}/assets/passi.svg" alt="Tre passi in fila"`);
  });

  it('changes nothing the second time', async () => {
    await syncCourses(folder.root);
    const before = await rows();
    expect(before['questions']).toBe(2);
    expect(await syncCourses(folder.root)).toMatchObject([{ outcome: 'unchanged', version: 1 }]);
    // Names of files and comments are not content
    await folder.replace('course.yml', 'id: corso-di-prova', '# un commento\nid: corso-di-prova');
    expect(await syncCourses(folder.root)).toMatchObject([{ outcome: 'unchanged', version: 1 }]);
    expect(await rows()).toEqual(before);
  });

  it.each([
    ['a lesson', PAGE, 'qualificazione', 'abilitazione'],
    ['a question', 'quizzes/prova-finale.yml', 'Che cosa suona?', 'Che cosa suona, allora?'],
    ['the manifest', 'course.yml', 'level: base', 'level: avanzato'],
    ['an asset', 'assets/passi.svg', 'r="4"', 'r="3"'],
  ])('makes a new version when %s changed, and leaves running editions on theirs', async (_what, file, from, to) => {
    await syncCourses(folder.root);
    const old = await course();
    const edition = await anEdition({ course: { id: old.id, key: old.key, versionId: old.version.id, lessonIds: [], quizId: '', questionIds: [] } });
    await folder.replace(file, from, to);
    expect(await syncCourses(folder.root)).toMatchObject([{ outcome: 'new-version', version: 2 }]);
    expect((await course()).version.id).not.toBe(old.version.id);
    expect(await database()('editions').where({ id: edition.id }).first('version_id')).toEqual({ version_id: old.version.id });
    expect(await database()('lessons').where({ version_id: old.version.id }).count('* as n').first()).toEqual({ n: 3 });
  });

  it('is found by words of the area and of the lessons\' titles, with a typo too, also when only the ways of searching have changed', async () => {
    await syncCourses(folder.root);
    const keys = async (q: string) => (await app.anonymous().get<{ items: { key: string }[] }>(`courses?q=${q}`)).body.items.map(({ key }) => key);
    for (const q of ['contratti', 'contrati', 'qualificarsi', 'cualificarsi', 'trombetta']) expect(await keys(q)).toEqual(['corso-di-prova']);
    await database()('course_versions').update({ search: '', search_words: '' });
    expect(await keys('trombetta')).toEqual([]);
    expect(await syncCourses(folder.root)).toMatchObject([{ outcome: 'unchanged', version: 1 }]);
    expect(await keys('trombetta')).toEqual(['corso-di-prova']);
  });

  it('goes back to an earlier version when its content comes back', async () => {
    await syncCourses(folder.root);
    await folder.replace('course.yml', 'level: base', 'level: avanzato');
    await syncCourses(folder.root);
    await folder.replace('course.yml', 'level: avanzato', 'level: base');
    expect(await syncCourses(folder.root)).toMatchObject([{ outcome: 'new-version', version: 1 }]);
    expect((await rows())['course_versions']).toBe(2);
  });

  it('refuses a course with mistakes and keeps what stands', async () => {
    await syncCourses(folder.root);
    await folder.replace('course.yml', 'level: base', 'level: difficile');
    expect(await syncCourses(folder.root)).toEqual([{ key: 'corso-di-prova', outcome: 'refused', version: 0, findings: [expect.objectContaining({ file: 'corso-di-prova/course.yml', line: 3 })] }]);
    expect((await course()).version.level).toBe('base');
  });

  it('makes one version however many sync at once', async () => {
    const outcomes = (await Promise.all([1, 2, 3, 4].map(() => syncCourses(folder.root)))).flat();
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['new-version', 'unchanged', 'unchanged', 'unchanged']);
    expect((await rows())['course_versions']).toBe(1);
  });
});
