import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aPerson, type BuiltPerson } from '../accounts/factory.ts';
import { aDocument } from '../community/documents/factory.ts';
import { aMember, aModerator, aNetwork, aReply, aThread, type BuiltNetwork } from '../community/factory.ts';
import { aPublished } from '../community/practices/factory.ts';
import type { DocumentSearchPage, PracticeSearchPage, SearchOverview, SearchPage } from '../contract/search.ts';
import type { Problem } from '../contract/problem.ts';
import { aCourse } from '../courses/factory.ts';
import { database } from '../database/connection.ts';
import { aProvince } from '../territory/factory.ts';
import { startTestApp, type TestApp, type TestClient } from '../testing/app.ts';

let app: TestApp;
let network: BuiltNetwork;
let treviso: BuiltPerson;
let writer: TestClient;
beforeAll(async () => {
  app = await startTestApp();
  network = await aNetwork();
  treviso = await aMember(network, { person: await aPerson({ given_name: 'Nicolò', family_name: 'Dal Bò', body: await aProvince('Treviso') }) });
  writer = await app.as(treviso);
});
afterAll(() => app.close());

const asked = (query: Record<string, string | number>) => new URLSearchParams(Object.entries(query).map(([name, value]): [string, string] => [name, String(value)])).toString();
const all = async (query: Record<string, string | number>, client = app.anonymous()) => (await client.get<SearchOverview>(`search/all?${asked(query)}`)).body;
const threads = async (query: Record<string, string | number>, client = app.anonymous()) => (await client.get<SearchPage>(`search?${asked(query)}`)).body;
const numbers = (page: SearchPage) => page.items.map(({ thread }) => thread.number);

describe('one search', () => {
  it('shows the best few of each kind and counts the rest, and where only one kind has the word nothing is guessed in the others', async () => {
    const { number } = await aThread(writer, network, { title: 'Il codirosso spazzacamino nidifica' });
    for (let reply = 0; reply < 3; reply += 1) await aReply(writer, number, '<p>Anche da noi un codirosso.</p>');
    await aDocument(writer, network, { title: 'Guida al codirosso' });
    await aPublished(writer, await app.as(await aModerator(network)), network, { title: 'Una casa per il codirosso', solution: '<p>Si lascia aperto il <strong>sottotetto</strong> &amp; si aspetta.</p>' });
    await aCourse({ title: 'Riconoscere il codirosso' });
    await app.settled();
    const found = await all({ q: 'codirossi', few: 2 });
    expect([found.threads.total, found.documents.total, found.practices.total, found.courses.total]).toEqual([4, 1, 1, 1]);
    expect([found.threads.items.length, found.documents.items.length, found.practices.items.length, found.courses.items.length]).toEqual([2, 1, 1, 1]);
    expect(found).toMatchObject({ near: false, also: [], corrected: null });
    expect(await all({ q: 'codirosso', few: 0 })).toMatchObject({ threads: { total: 4, items: [] }, practices: { total: 1, items: [] } });
    expect(await all({ q: 'spazzacamino' })).toMatchObject({ near: false, threads: { total: 1 }, documents: { total: 0 }, courses: { total: 0 } });
    // A slip of the finger is forgiven in each of them
    const near = await all({ q: 'coddirosso' });
    expect(near.near).toBe(true);
    expect([near.threads.total, near.documents.total, near.practices.total].every((total) => total > 0)).toBe(true);
    const { items: [practice] } = (await app.anonymous().get<PracticeSearchPage>('search/practices?q=sottotetto')).body;
    expect(practice?.excerpt).toEqual(expect.arrayContaining([{ text: 'sottotetto', hit: true }]));
    expect(practice?.excerpt.map(({ text }) => text).join('').replaceAll(/\s+/g, ' ')).toContain('lascia aperto il sottotetto & si aspetta');
  });

  it('counts up to two hundred and then says that there are more', async () => {
    const { number } = await aThread(writer, network, { title: 'Un passeriforme ogni mattina' });
    const [post] = (await database()('posts').where('words', 'like', '%').orderBy('id', 'desc').limit(1).select('thread_id', 'author_id')) as { thread_id: string; author_id: string }[];
    await database().raw(`insert into posts (thread_id, sequence, author_id, html, words, near, search, created_at, client_id)
      select ?::uuid, 1000 + i, ?::uuid, '', 'passeriforme', 'passeriforme', to_tsvector('italian_plain', 'passeriforme'), now(), gen_random_uuid() from generate_series(1, 250) i`, [post?.thread_id ?? '', post?.author_id ?? '']);
    expect(number).toBeGreaterThan(0);
    expect((await all({ q: 'passeriforme' })).threads.total).toBe(201);
  });

  it('takes phrases and exclusions', async () => {
    const { number: together } = await aThread(writer, network, { title: 'La lucertola muraiola al sole' });
    const { number: apart } = await aThread(writer, network, { title: 'La lucertola è verde, non muraiola' });
    expect(numbers(await threads({ q: 'lucertola muraiola' })).sort()).toEqual([together, apart].sort());
    expect(numbers(await threads({ q: '"lucertola muraiola"' }))).toEqual([together]);
    expect(numbers(await threads({ q: '«lucertola muraiola»' }))).toEqual([together]);
    expect(numbers(await threads({ q: 'lucertola -sole' }))).toEqual([apart]);
  });

  it('goes on after a page by the step that found it', async () => {
    for (let thread = 0; thread < 3; thread += 1) await aThread(writer, network, { title: 'Il picchio muratore lavora' });
    const pages: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: SearchPage = await threads({ q: 'pichio', limit: 2, ...(cursor ? { cursor } : {}) });
      pages.push(`${page.items.length} ${page.near}`);
      cursor = page.next;
    }
    expect(pages).toEqual(['2 true', '1 true']);
  });
});

describe('other names', () => {
  it('finds who wrote the long name for the short one and the other way, and says so; in quotes or exactly, only what was typed', async () => {
    const { number: short } = await aThread(writer, network, { title: 'Chi nomina il RUP nelle gare del consorzio stradale' });
    const { number: long } = await aThread(writer, network, { title: 'Il responsabile unico del progetto del consorzio stradale' });
    const page = await threads({ q: 'RUP consorzio stradale' });
    expect(numbers(page).sort()).toEqual([short, long].sort());
    expect(page.also).toEqual(['responsabile unico del progetto', 'responsabile unico del procedimento']);
    expect(numbers(await threads({ q: 'responsabile unico del progetto consorzio stradale' })).sort()).toEqual([short, long].sort());
    expect(await threads({ q: 'RUP consorzio stradale', exact: 'true' })).toMatchObject({ also: [], items: [{ thread: { number: short } }] });
    expect(numbers(await threads({ q: '"RUP" consorzio stradale' }))).toEqual([short]);
  });

  it('are found behind a slip of the finger, and what was understood is said', async () => {
    const { number } = await aThread(writer, network, { title: 'Compiti del RUP sui ponti provinciali' });
    const page = await threads({ q: 'reponsabile unico ponti' });
    expect(page).toMatchObject({ corrected: 'responsabile unico ponti', near: false });
    expect(numbers(page)).toEqual([number]);
    expect(await all({ q: 'reponsabile unico ponti' })).toMatchObject({ corrected: 'responsabile unico ponti', threads: { total: 1 } });
  });

  it('find a stazione unica appaltante by SUA, which no index keeps', async () => {
    const { number } = await aThread(writer, network, { title: 'La stazione unica appaltante dei Comuni rivieraschi' });
    expect(numbers(await threads({ q: 'SUA rivieraschi' }))).toEqual([number]);
  });
});

describe('the filters', () => {
  const WORD = 'beccamoschino';
  let nuoro: BuiltPerson;
  let mine: number;
  let theirs: number;
  let document: number;
  beforeAll(async () => {
    nuoro = await aMember(network, { person: await aPerson({ given_name: 'Chiara', family_name: 'Serra', body: await aProvince('Nuoro') }) });
    mine = (await aThread(writer, network, { title: `Il ${WORD} di qui`, tags: ['uccelli'] })).number;
    theirs = (await aThread(await app.as(nuoro), network, { title: `Il ${WORD} di là` })).number;
    document = await aDocument(writer, network, { title: `Scheda del ${WORD}` });
    await database()('posts').where('words', 'like', '%').whereIn('thread_id', database()('threads').where('number', theirs).select('id')).update({ created_at: '2024-03-31T22:30:00Z' });
    await app.settled();
  });

  it('narrow by tag, body, author, days and documents', async () => {
    const found = async (filters: Record<string, string>) => numbers(await threads({ q: WORD, ...filters })).sort();
    expect(await found({})).toEqual([mine, theirs].sort());
    expect(await found({ tag: 'Uccelli' })).toEqual([mine]);
    expect(await found({ body: nuoro.body_id ?? '' })).toEqual([theirs]);
    expect(await found({ author: 'dal bo' })).toEqual([mine]);
    expect(await found({ author: 'nicolo' })).toEqual([mine]);
    expect(await found({ author: '%%' })).toEqual([]);
    // A day is Italian: half past midnight of the first of April
    expect(await found({ from: '2024-04-01', to: '2024-04-01' })).toEqual([theirs]);
    expect(await found({ to: '2024-03-31' })).toEqual([]);
    expect(await found({ document: 'true' })).toEqual([]);
    await database()('posts').whereIn('thread_id', database()('threads').where('number', mine).select('id')).update({ documents: 1 });
    expect(await found({ document: 'true' })).toEqual([mine]);
    expect(await found({ network: 'altrove' })).toEqual([]);
    // Near misses are narrowed too
    expect(numbers(await threads({ q: 'becamoschino', body: nuoro.body_id ?? '' }))).toEqual([theirs]);
  });

  it('leave nothing of a kind that has no such thing', async () => {
    expect(await all({ q: WORD })).toMatchObject({ threads: { total: 2 }, documents: { total: 1 } });
    expect(await all({ q: WORD, author: 'serra' })).toMatchObject({ threads: { total: 1 }, documents: { total: 0 } });
    expect(await all({ q: WORD, solved: 'false' })).toMatchObject({ threads: { total: 2 }, documents: { total: 0 } });
    expect((await app.anonymous().get<DocumentSearchPage>(`search/documents?q=${WORD}&body=${treviso.body_id}`)).body.items.map(({ number }) => number)).toEqual([document]);
  });

  it('that mean nothing are each named', async () => {
    for (const path of ['search', 'search/all', 'search/documents', 'search/practices', 'search/courses']) {
      const { status, body } = await app.anonymous().get<Problem>(`${path}?q=a&network=%21&tag=x&body=treviso&author=y&from=2026-02-30&solved=forse&document=no`);
      expect([path, status, body.errors.map(({ path: where }) => where).sort()]).toEqual([path, 422, ['author', 'body', 'document', 'from', 'network', 'q', 'solved', 'tag'].map((name) => `query.${name}`)]);
    }
    const { body } = await app.anonymous().get<Problem>('search?q=ponte&from=2026-05-02&to=2026-05-01');
    expect(body.errors).toEqual([expect.objectContaining({ path: 'query.to', message: 'Il giorno «al» viene prima del giorno «dal».' })]);
  });
});
