import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aPerson } from '../accounts/factory.ts';
import type { CataloguePage } from '../contract/courses.ts';
import { database } from '../database/connection.ts';
import { startTestApp, type TestApp } from '../testing/app.ts';
import { aCourse, anEdition, type BuiltCourse } from './factory.ts';

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

describe('the catalogue', () => {
  let app: TestApp;
  let appalti: BuiltCourse;
  let europa: BuiltCourse;
  let accessibilita: BuiltCourse;

  beforeAll(async () => {
    app = await startTestApp({ workers: false });
    appalti = await describeCourse(await aCourse({ area: 'appalti', title: 'Il codice degli appalti', lessonMinutes: 120 }), { level: 'avanzato', words: 'codice appalti soglie', text: 'La soglia comunitaria e il responsabile unico' });
    europa = await describeCourse(await aCourse({ area: 'europa', title: 'Europa: fondi e bandi' }), { modality: 'misto', words: 'fondi europei bandi', text: 'La rendicontazione della spesa' });
    accessibilita = await describeCourse(await aCourse({ area: 'innovazione', title: 'Àncora accessibilità' }), { words: 'accessibilità dei documenti', text: 'Documenti per tutti' });
    await anEdition({ course: appalti, starts_on: day(20), enrol_from: day(-5), enrol_until: day(10), seats: 3, code: 'APPALTI-1' });
    await anEdition({ course: appalti, starts_on: day(5), ends_on: day(90), enrol_from: day(1), enrol_until: day(4), code: 'APPALTI-0' });
    await anEdition({ course: europa, starts_on: day(40), enrol_from: day(10), enrol_until: day(39), code: 'EUROPA-1' });
  });
  afterAll(() => app.close());

  async function describeCourse(course: BuiltCourse, { words, text, ...columns }: { words: string; text: string; level?: string; modality?: string }): Promise<BuiltCourse> {
    await database()('course_versions').where({ id: course.versionId }).update({
      ...columns, search_words: database().raw("plain(title || ' ' || ?)", [words]),
      search: database().raw("setweight(to_tsvector('italian_plain', title), 'A') || setweight(to_tsvector('italian_plain', ?), 'B') || setweight(to_tsvector('italian_plain', ?), 'D')", [words, text]),
    });
    return course;
  }
  const ask = async (query = '') => (await app.anonymous().get<CataloguePage>(`courses${query}`)).body;
  const keys = async (query: string) => (await ask(query)).items.map(({ key }) => key);

  it('shows published courses to anybody, the soonest start first, those without editions last', async () => {
    const page = await ask();
    expect(page.total).toBe(3);
    expect(page.items.map(({ key }) => key)).toEqual([appalti.key, europa.key, accessibilita.key]);
    expect(page.items[0]).toEqual({
      key: appalti.key, title: 'Il codice degli appalti', summary: 'Un corso di prova.', area: 'appalti', level: 'avanzato', modality: 'online', minutes: 240, lessons: 2,
      next: { code: 'APPALTI-0', startsOn: day(5), endsOn: day(90), enrolFrom: day(1), enrolUntil: day(4), open: false, seatsLeft: null },
    });
    expect(page.items[2]?.next).toBeNull();
  });

  it('leaves out courses never published, and withdrawn ones', async () => {
    const withdrawn = await aCourse({ title: 'Ritirato' });
    expect(await keys('?q=ritirato')).toEqual([withdrawn.key]);
    await database()('courses').where({ id: withdrawn.id }).update({ withdrawn_at: new Date() });
    await database()('courses').insert({ key: 'mai-pubblicato', area_code: 'europa' });
    expect(await keys('?q=ritirato')).toEqual([]);
    expect((await ask()).total).toBe(3);
    expect((await app.anonymous().get(`courses/${withdrawn.key}`)).status).toBe(404);
    expect((await app.anonymous().get('courses/mai-pubblicato')).status).toBe(404);
  });

  it('does not show drafts, cancelled editions and those whose enrolment is over', async () => {
    const course = await aCourse({ title: 'Solo edizioni nascoste' });
    await anEdition({ course, published_at: null });
    await anEdition({ course, cancelled_at: new Date() });
    await anEdition({ course, enrol_until: day(-2) });
    expect((await ask('?q=nascoste')).items[0]?.next).toBeNull();
    await anEdition({ course });
    expect((await ask('?q=nascoste')).items[0]?.next).not.toBeNull();
    await database()('courses').where({ id: course.id }).update({ withdrawn_at: new Date() });
  });

  it('counts the seats that are left', async () => {
    const edition = await database()('editions').where({ code: 'APPALTI-1' }).first() as { id: string };
    for (const status of ['active', 'completed', 'waiting', 'withdrawn']) {
      const person = await aPerson();
      await database()('enrolments').insert({ edition_id: edition.id, person_id: person.id, body_id: person.body_id, status });
    }
    await database()('editions').where({ code: 'APPALTI-0' }).update({ cancelled_at: new Date(), cancel_reason: 'Prova' });
    expect((await ask('?area=appalti')).items[0]?.next).toMatchObject({ code: 'APPALTI-1', open: true, seatsLeft: 1 });
  });

  it.each<[string, string, () => BuiltCourse[]]>([
    ['area', '?area=europa', () => [europa]],
    ['several areas', '?area=europa&area=appalti', () => [appalti, europa]],
    ['areas with a comma', '?area=europa,appalti', () => [appalti, europa]],
    ['level', '?level=avanzato', () => [appalti]],
    ['modality', '?modality=misto', () => [europa]],
    ['least hours', '?minHours=2', () => [appalti]],
    ['most hours', '?maxHours=3', () => [europa, accessibilita]],
    ['days of start', `?from=${day(30)}&to=${day(50)}`, () => [europa]],
    ['days of start, none', `?from=${day(50)}`, () => []],
    ['open today', '?open=1', () => [appalti]],
    ['two filters', '?area=europa&level=avanzato', () => []],
    ['empty fields of a form', '?q=&area=&level=&minHours=&maxHours=&from=&to=&sort=&cursor=', () => [appalti, europa, accessibilita]],
  ])('filters by %s', async (_name, query, expected) => {
    expect(await keys(query)).toEqual(expected().map(({ key }) => key));
  });

  it('counts each choice with the other filters as they are', async () => {
    const all = { area: { appalti: 1, europa: 1, innovazione: 1 }, level: { avanzato: 1, base: 2 }, modality: { misto: 1, online: 2 }, open: 1 };
    expect((await ask()).facets).toEqual(all);
    // Its own choice does not narrow a facet: one can still add another area
    expect((await ask('?area=europa')).facets).toEqual({ area: all.area, level: { base: 1 }, modality: { misto: 1 }, open: 0 });
    expect((await ask('?area=europa&level=avanzato')).facets).toMatchObject({ area: { appalti: 1 }, level: { base: 1 } });
  });

  it.each<[string, string, () => BuiltCourse]>([
    ['a word of the title', 'codice', () => appalti],
    ['another form of the word', 'appalto', () => appalti],
    ['a word of a lesson', 'rendicontazioni', () => europa],
    ['no accent', 'accessibilita', () => accessibilita],
    ['two words', 'fondi bandi', () => europa],
    ['a typo', 'apalti', () => appalti],
    ['a typo in a longer word', 'accesibilità', () => accessibilita],
    ['a typo in one of two words', 'codice apalti', () => appalti],
    ['typos in another order', 'apalti codise', () => appalti],
  ])('finds by %s', async (_name, q, expected) => {
    expect(await keys(`?q=${encodeURIComponent(q)}`)).toEqual([expected().key]);
  });

  it('puts the title before the text', async () => {
    expect(await keys('?q=documenti')).toEqual([accessibilita.key]);
    await describeCourse(europa, { words: 'fondi europei bandi', text: 'La rendicontazione della spesa: i documenti del codice' });
    expect(await keys('?q=codice')).toEqual([appalti.key, europa.key]);
  });

  it.each(['zucchine', '"', '&|!()', '%', "'; drop table courses; --", '<->', '\\', '   ', '*:*'])('finds nothing, or everything, for %s, without failing', async (q) => {
    const reply = await app.anonymous().get<CataloguePage>(`courses?q=${encodeURIComponent(q)}`);
    expect(reply.status).toBe(200);
  });

  it.each(['start', 'title', 'relevance'])('leafs through every course once, by %s', async (sort) => {
    const query = `?sort=${sort}&limit=1${sort === 'relevance' ? '&q=codice' : ''}`;
    const expected = await keys(query.replace('limit=1', 'limit=100'));
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: CataloguePage = await ask(`${query}&cursor=${cursor}`);
      expect(page.items).toHaveLength(1);
      expect(page.total).toBe(expected.length);
      seen.push(...page.items.map(({ key }) => key));
      cursor = page.next;
    }
    expect(expected.length).toBeGreaterThan(1);
    expect(seen).toEqual(expected);
  });

  it('sorts titles as people do, accents aside', async () => {
    expect(await keys('?sort=title')).toEqual([accessibilita.key, europa.key, appalti.key]);
  });

  it.each(['sort=start&cursor=abc', `sort=title&cursor=${Buffer.from('["start","2026-01-01","019adf00-0000-7000-8000-000000000000"]').toString('base64url')}`,
    `sort=start&cursor=${Buffer.from('["start","2026-02-31","019adf00-0000-7000-8000-000000000000"]').toString('base64url')}`,
    `q=codice&cursor=${Buffer.from('["relevance",1e300,"019adf00-0000-7000-8000-000000000000"]').toString('base64url')}`])('refuses a cursor that is not of this list: %s', async (query) => {
    expect((await app.anonymous().get(`courses?${query}`)).body).toMatchObject({ status: 400, code: 'bad-cursor' });
  });

  it('tells every mistake of the filters at once', async () => {
    const reply = await app.anonymous().get<{ errors: { path: string }[] }>('courses?area=cucina&level=x&from=2026-13-01&to=0000-01-01&minHours=-1&limit=1000&sort=price');
    expect(reply.status).toBe(422);
    expect(reply.body.errors.map(({ path }) => path).sort()).toEqual(['query.area.0', 'query.from', 'query.level.0', 'query.limit', 'query.minHours', 'query.sort', 'query.to']);
  });

  it('lists the areas', async () => {
    const { body } = await app.anonymous().get<{ items: { code: string }[] }>('areas');
    expect(body.items.map(({ code }) => code)).toEqual(['appalti', 'europa', 'innovazione', 'personale']);
  });
});
