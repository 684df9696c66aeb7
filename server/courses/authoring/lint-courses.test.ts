import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findingText } from './finding.ts';
import { COURSES_FOLDER } from './folder.ts';
import { type FixtureFolder, fixtureFolder } from './factory.ts';
import { lintCourses } from './lint-courses.ts';
import { jsonSchemas } from './schemas.ts';

const MANIFEST = 'course.yml';
const PAGE = 'lessons/10-prima.md';
const VIDEO = 'lessons/20-filmato.md';
const QUIZ = 'quizzes/prova-finale.yml';

describe('the linter of courses', () => {
  let folder: FixtureFolder;
  beforeEach(async () => {
    folder = await fixtureFolder();
  });
  afterEach(() => folder.dispose());

  it('finds nothing in a good course', async () => {
    expect(await lintCourses(folder.root)).toEqual([]);
  });

  // file, what is spoilt, what it becomes, where the linter must point (text of the spoilt file), what it must say
  it.each<[name: string, file: string, from: string, to: string, at: string, says: RegExp]>([
    ['an unknown field of the manifest', MANIFEST, 'level: base', 'level: base\nlivello: base', 'livello: base', /campo sconosciuto: «livello»/],
    ['a level that does not exist', MANIFEST, 'level: base', 'level: facile', 'level: facile', /level/],
    ['a summary too long', MANIFEST, 'summary: Un corso breve', `summary: ${'a'.repeat(301)}`, 'summary:', /summary/],
    ['too few objectives', MANIFEST, '  - Pubblicare documenti accessibili\n', '', 'objectives:', /objectives/],
    ['an id with capitals', MANIFEST, 'id: seguito', 'id: Seguito', 'id: Seguito', /lettere minuscole/],
    ['a module listed twice', MANIFEST, 'id: seguito', 'id: inizio', 'id: inizio\n    title: Il seguito', /altro modulo/],
    ['a lesson that does not exist', MANIFEST, '[scheda]', '[scheda, fantasma]', 'fantasma', /non c'è una lezione «fantasma»/],
    ['a lesson listed twice', MANIFEST, '[scheda]', '[scheda, prima]', 'lessons: [scheda, prima]', /sta già nel modulo «inizio»/],
    ['a rule about a quiz that does not exist', MANIFEST, 'quiz: prova-finale', 'quiz: altra-prova', 'completion:', /non c'è una prova «altra-prova»/],
    ['a rule about a lesson that does not exist', MANIFEST, 'lessons: all', 'lessons: [fantasma]', 'completion:', /fantasma/],
    ['a rule that is none', MANIFEST, '- quiz: prova-finale', '- survey: mia', '- survey', /non è una regola/],
    ['an attendance above one', MANIFEST, '- quiz: prova-finale', '- attendance: 5/4', 'attendance', /non può superare 1/],
    ['broken YAML', MANIFEST, 'title: Gli appalti in Provincia', 'title: Appalti: la guida', 'title: Appalti: la guida', /YAML/],
    ['a field written twice', MANIFEST, 'area: appalti', 'area: appalti\narea: europa', 'area: europa', /YAML/],
    ['an unknown field of a lesson', PAGE, 'minutes: 20', 'minutes: 20\ndurata: 20', 'durata: 20', /campo sconosciuto: «durata»/],
    ['minutes that are no number', PAGE, 'minutes: 20', 'minutes: venti', 'minutes: venti', /minutes/],
    ['raw HTML in a block', PAGE, '## Il quadro', '## Il quadro\n\n<div class="x">ciao</div>', '<div', /HTML non ammesso/],
    ['raw HTML in a line', PAGE, 'Una citazione qualunque', 'Una <u>citazione</u>', 'Una <u>', /HTML non ammesso/],
    ['an image without alternative text', PAGE, '![Tre passi in fila]', '![]', '![]', /testo alternativo/],
    ['an image that does not exist', PAGE, 'assets/passi.svg', 'assets/niente.svg', 'assets/niente.svg', /assets\/niente.svg non esiste/],
    ['an image from another site', PAGE, '../assets/passi.svg', 'https://example.org/x.svg', 'https://example.org/x.svg', /stanno in assets/],
    ['a link to a missing asset', PAGE, 'assets/scheda.pdf', 'assets/altra.pdf', 'assets/altra.pdf', /assets\/altra.pdf non esiste/],
    ['a link to nowhere we allow', PAGE, 'https://www.normattiva.it', '20-filmato.md', '20-filmato.md', /collegamento non ammesso/],
    ['a link that is not even one', PAGE, 'https://www.normattiva.it', 'file:///etc/passwd', '](file:', /collegamento non valido/],
    ['a first-level heading', PAGE, '## Il quadro', '# Il quadro', '# Il quadro', /secondo livello/],
    ['a skipped level of headings', PAGE, '## Il quadro', '## Il quadro\n\n#### Sotto', '#### Sotto', /se ne salta uno/],
    ['an unknown callout', PAGE, '[!NOTE]', '[!DANGER]', '[!DANGER]', /riquadro sconosciuto/],
    ['a video without captions', VIDEO, 'captions: assets/filmato.it.vtt\n', '', 'id: filmato', /captions/],
    ['captions that do not exist', VIDEO, 'filmato.it.vtt', 'filmato.en.vtt', 'captions:', /filmato.en.vtt non esiste/],
    ['a video that is none', VIDEO, 'assets/filmato.webm', 'assets/scheda.pdf', 'video:', /tipo di file non adatto/],
    ['two right answers', QUIZ, '- text: Il cittadino', '- text: Il cittadino\n        correct: true', 'options:', /risposte giuste sono 2/],
    ['no right answer', QUIZ, '        correct: true\n', '', 'options:', /risposte giuste sono 0/],
    ['two options', QUIZ, '      - text: La vicina di casa\n', '', 'options:', /options/],
    ['two equal options', QUIZ, 'La vicina di casa', 'Il cittadino', '- text: Il cittadino\n    explanation', /due risposte sono uguali/],
    ['an option that needs an order', QUIZ, 'La vicina di casa', 'Tutte le precedenti', 'Tutte le precedenti', /mescolate/],
    ['more drawn than there are', QUIZ, 'draw: 2', 'draw: 3', 'draw: 3', /banca di 2/],
    ['a pass above one', QUIZ, 'pass: 2/3', 'pass: 4/3', 'pass: 4/3', /non può superare 1/],
    ['a percentage to pass', QUIZ, 'pass: 2/3', 'pass: 67%', 'pass: 67%', /frazione/],
    ['a question twice', QUIZ, 'id: filmato-1', 'id: qualificazione-1', 'id: qualificazione-1\n    lesson: filmato', /è già della domanda 1/],
    ['a question about no lesson', QUIZ, 'lesson: filmato', 'lesson: fantasma', 'lesson: fantasma', /non c'è una lezione «fantasma»/],
    ['a question without source', QUIZ, '    source: Il filmato\n', '', 'id: filmato-1', /source/],
  ])('reports %s, on its line', async (_name, file, from, to, at, says) => {
    await folder.replace(file, from, to);
    const findings = await lintCourses(folder.root);
    const line = await folder.lineOf(file, at);
    expect(findings.map(findingText).join('\n')).toMatch(says);
    expect(findings).toContainEqual(expect.objectContaining({ file: `corso-di-prova/${file}`, line, message: expect.stringMatching(says) }));
  });

  it('tells the column too', async () => {
    await folder.replace(PAGE, '[alla scheda](../assets/scheda.pdf)', '[alla scheda](../assets/nessuna.pdf)');
    const findings = (await lintCourses(folder.root)).filter(({ file }) => file.endsWith(PAGE));
    const text = await readFile(join(folder.root, 'corso-di-prova', PAGE), 'utf8');
    const column = (text.split('\n').find((line) => line.includes('nessuna.pdf'))?.indexOf('../assets/nessuna.pdf') ?? 0) + 1;
    expect(column).toBeGreaterThan(50);
    expect(findings).toEqual([expect.objectContaining({ column, message: 'assets/nessuna.pdf non esiste' })]);
  });

  it('reports assets that nobody uses, of an unknown type, or not what they promise', async () => {
    await folder.write('assets/orfano.png', Uint8Array.from([0x89, 0x50, 0x4e, 0x47]));
    await folder.write('assets/programma.exe', 'MZ');
    await folder.write('assets/passi.svg', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"></svg>');
    const findings = await lintCourses(folder.root);
    expect(findings.map(({ file, message }) => `${file}: ${message}`)).toEqual([
      'corso-di-prova/assets/orfano.png: nessuna lezione usa questo file',
      expect.stringMatching(/passi.svg: il contenuto non è quello/),
      expect.stringMatching(/programma.exe: tipo di file non ammesso/),
    ]);
  });

  it('reports a lesson that no module lists, and one without a head', async () => {
    await folder.write('lessons/40-sola.md', '---\nid: sola\ntitle: Sola\nkind: page\nminutes: 5\n---\n\nTesto.\n');
    await folder.write('lessons/50-nuda.md', 'Testo.\n');
    expect((await lintCourses(folder.root)).map(findingText)).toEqual([
      expect.stringMatching(/40-sola.md:2:1 .*nessun modulo/),
      expect.stringMatching(/50-nuda.md:1:1 .*intestazione/),
    ]);
  });

  it('reports the same id in two lessons, two quizzes, two courses', async () => {
    await folder.write('lessons/40-doppia.md', '---\nid: prima\ntitle: Doppia\nkind: page\nminutes: 5\n---\n\nTesto.\n');
    await folder.write('quizzes/seconda.yml', await readFile(join(folder.root, 'corso-di-prova', QUIZ)));
    await folder.write('../altro/course.yml', await readFile(join(folder.root, 'corso-di-prova', MANIFEST)));
    const messages = (await lintCourses(folder.root)).map(findingText).join('\n');
    expect(messages).toMatch(/40-doppia.md:2:1 .*«prima» è già di un'altra lezione/);
    expect(messages).toMatch(/seconda.yml:1:1 .*«prova-finale» è già di un'altra prova/);
    expect(messages).toMatch(/corso-di-prova\/course.yml:1:1 .*è già del corso in altro\//);
  });

  it('reports a bank whose right answers are told by their length', async () => {
    const question = (index: number) => `  - id: d-${index}\n    lesson: prima\n    text: Domanda ${index}?\n    options:\n      - text: Risposta molto più lunga\n        correct: true\n      - text: Corta\n      - text: Breve\n    explanation: Sì.\n    source: Qui.\n`;
    await folder.write(QUIZ, `id: prova-finale\ntitle: Prova\ndraw: 2\npass: 2/3\nminutes: 20\nattempts: 3\nquestions:\n${Array.from({ length: 20 }, (_, i) => question(i)).join('')}`);
    expect((await lintCourses(folder.root)).map(findingText)).toEqual([expect.stringMatching(/in 20 domande su 20 la risposta giusta è la più lunga/)]);
  });
});

describe('the courses of the platform', () => {
  it('have no mistake', async () => {
    expect((await lintCourses(COURSES_FOLDER)).map(findingText)).toEqual([]);
  });

  it.each(Object.entries(jsonSchemas()))('publish a current %s', async (name, text) => {
    expect(await readFile(join(COURSES_FOLDER, 'schema', name), 'utf8')).toBe(text);
  });
});
