import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { unzipSync } from 'fflate';
import sharp from 'sharp';
import { anAdministrator, aPerson, type BuiltPerson } from '../../accounts/factory.ts';
import { aCertificate } from '../../certificates/factory.ts';
import { aDocument, anUpload } from '../../community/documents/factory.ts';
import { aMember, aModerator, aNetwork, aReply, aThread } from '../../community/factory.ts';
import { aPublished } from '../../community/practices/factory.ts';
import type { DataExportState } from '../../contract/privacy.ts';
import { database } from '../../database/connection.ts';
import { anEnrolment, completeLessons, takeTest } from '../../learning/factory.ts';
import { clock } from '../../gateways/clock.ts';
import { files } from '../../gateways/files.ts';
import { startTestApp, type TestApp, type TestClient } from '../../testing/app.ts';
import { deleteExports, FOLDER } from './delete-exports.ts';
import { DAY_MS, KEEP_MS } from './export.ts';
import { NOT_EXPORTED, SECTIONS } from './sections.ts';
import { writeExport } from './write-export.ts';
import { rowsAsJson } from './write-rows.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
afterEach(() => clock.reset());

const ask = (client: TestClient) => client.post<DataExportState>('me/data-exports');
const state = async (client: TestClient) => (await client.get<DataExportState>('me/data-exports')).body;

/** The archive as she downloads it: each file's text, the binary ones by their length. */
async function download(client: TestClient): Promise<{ names: string[]; text: (name: string) => string; rows: (file: string) => Record<string, unknown>[]; bytes: (name: string) => number }> {
  const { newest } = await state(client);
  const reply = await client.raw('GET', `/api/v1/data-exports/${newest?.id}/content`);
  expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'application/zip']);
  const entries = unzipSync(new Uint8Array(await reply.arrayBuffer()));
  const text = (name: string) => new TextDecoder().decode(entries[name]);
  return { names: Object.keys(entries), text, rows: (file) => JSON.parse(text(`dati/${file}.json`)) as Record<string, unknown>[], bytes: (name) => entries[name]?.length ?? 0 };
}

describe('the copy of one’s data', () => {
  it('answers for every column of the database that refers to a person, or says why not', async () => {
    const { rows } = await database().raw<{ rows: { name: string }[] }>(
      `select c.conrelid::regclass || '.' || a.attname as name from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
        where c.contype = 'f' and c.confrelid = 'people'::regclass union select 'people.id'
       -- What refers to people by its name alone counts, too
       union select table_name || '.' || column_name from information_schema.columns where table_schema = 'public' and data_type = 'uuid' and column_name ~ '(person|author|actor|reporter|reader)_id$|_by(_person|)$' and column_name <> 'superseded_by'
       order by 1`);
    expect(rows.length).toBeGreaterThan(40);
    const covered = SECTIONS.flatMap(({ covers }) => covers);
    expect(rows.map(({ name }) => name).filter((name) => !covered.includes(name) && !Object.hasOwn(NOT_EXPORTED, name))).toEqual([]);
    // Nothing is answered for twice, nothing that is not there, and each section looks where it says
    expect([...covered, ...Object.keys(NOT_EXPORTED)].sort()).toEqual(rows.map(({ name }) => name).sort());
    for (const { file, covers, sql } of SECTIONS) for (const name of covers) expect({ file, reads: new RegExp(`\\b${name.split('.')[0]}\\b`).test(sql) && sql.includes(name.split('.')[1] ?? '') }).toEqual({ file, reads: true });
    expect(Object.values(NOT_EXPORTED).filter((reason) => reason.length < 15)).toEqual([]);
  });

  it('brings all of it as JSON with the PDFs and the files, to her alone, and nothing of anybody else', async () => {
    const network = await aNetwork();
    const person = await aMember(network, { person: await aPerson({ given_name: 'Chiara', family_name: 'Serra' }) });
    const [hers, reviewer, other] = [await app.as(person), await app.as(await aModerator(network)), await aMember(network)];
    const others = await app.as(other);
    const { code } = await aCertificate({ person });
    const enrolment = await anEnrolment({ person });
    await completeLessons(hers, enrolment);
    await takeTest(hers, enrolment);
    const { number, postId } = await aThread(hers, network, { title: 'La mia domanda', html: '<p>Prima stesura</p>' });
    await hers.patch(`posts/${postId}`, { html: '<p>Seconda stesura</p>' });
    const reply = await aReply(others, (await aThread(others, network)).number, '<p>Una risposta che non è sua</p>');
    await hers.put(`posts/${reply.id}/reactions/thanks`);
    await hers.post(`posts/${reply.id}/flags`, { reason: 'other', note: 'La mia nota' });
    await others.post(`posts/${postId}/flags`, { reason: 'other', note: 'Nota di un’altra persona' });
    await aDocument(hers, network, { title: 'Il mio schema', name: 'schema.pdf' });
    const picture = new Uint8Array(await sharp({ create: { width: 2, height: 2, channels: 3, background: '#06c' } }).png().toBuffer());
    await hers.post(`networks/${network.key}/images`, { uploadId: await anUpload(hers, 'punto.png', picture) });
    await aPublished(hers, reviewer, network, { title: 'La mia pratica' });
    await hers.post('sessions', { email: person.email, password: 'sbagliata ma lunga' });

    expect((await ask(hers)).status).toBe(202);
    await app.settled();
    expect(await state(hers)).toMatchObject({ newest: { state: 'ready' } });
    const archive = await download(hers);
    expect(archive.names.filter((name) => name.startsWith('dati/')).sort()).toEqual(SECTIONS.map(({ file }) => `dati/${file}.json`).sort());
    for (const { file, about } of SECTIONS) expect(archive.text('LEGGIMI.txt')).toContain(`dati/${file}.json: ${about}`);
    expect(archive.text('LEGGIMI.txt')).toMatch(/articoli 15 .* 20 /);
    expect(archive.rows('account')).toMatchObject([{ given_name: 'Chiara', email: person.email, body: 'Treviso' }]);
    expect(archive.rows('messaggi')).toMatchObject([{ html: '<p>Seconda stesura</p>', place: { network: network.key, thread: number }, versions: [{ html: '<p>Prima stesura</p>' }] }]);
    expect(archive.rows('prove')).toMatchObject([{ passed: true, answers: expect.arrayContaining([expect.objectContaining({ question: expect.any(String), answer: expect.any(String) })]) }]);
    expect(archive.rows('buone-pratiche')).toMatchObject([{ title: 'La mia pratica', versions: [{ sequence: 1 }] }]);
    expect(archive.rows('segnalazioni')).toMatchObject([{ note: 'La mia nota' }]);
    expect(archive.rows('ore').length).toBeGreaterThan(0);
    expect(archive.rows('avanzamento').length).toBeGreaterThan(0);
    expect(archive.bytes(`attestati/attestato-${code}.pdf`)).toBeGreaterThan(1000);
    expect(archive.names.filter((name) => name.startsWith('file/')).map((name) => name.replace(/^file\/[0-9a-f]{12}-/, '').replace(/^[0-9a-f-]{36}/, '…')).sort()).toEqual(['schema.pdf', '….webp'].sort());
    for (const name of archive.names.filter((entry) => entry.startsWith('file/'))) expect(archive.bytes(name)).toBeGreaterThan(50);
    // What is others' or opens something is not there
    const everything = archive.names.filter((name) => /\.(json|txt)$/.test(name)).map(archive.text).join('\n');
    for (const secret of ['Una risposta che non è sua', 'Nota di un’altra persona', 'password_hash', '"correct"', other.email]) expect({ secret, there: everything.includes(secret) }).toEqual({ secret, there: false });
    // She is told, in the page and by mail
    expect(await database()('notices').where({ person_id: person.id, kind: 'export-ready' }).count('* as n').first()).toEqual({ n: 1 });
    expect(await database()('mails').where({ person_id: person.id }).whereLike('key', 'export:%').count('* as n').first()).toEqual({ n: 1 });
    // To nobody else, whoever it is
    const { newest } = await state(hers);
    for (const stranger of [others, await app.as(await anAdministrator())]) expect((await stranger.raw('GET', `/api/v1/data-exports/${newest?.id}/content`)).status).toBe(404);
    expect((await app.anonymous().raw('GET', `/api/v1/data-exports/${newest?.id}/content`)).status).toBe(401);
  }, 60_000);

  const told = async (person: BuiltPerson) => (await database()('notices').where({ person_id: person.id, kind: 'export-ready' })).length;

  it('is made one at a time and once a day, and is gone after a week', async () => {
    const person = await aPerson();
    const client = await app.as(person);
    const twice = await Promise.all([ask(client), ask(client)]);
    expect(twice.map(({ status }) => status).sort()).toEqual([202, expect.any(Number)]);
    expect(await database()('data_exports').where('person_id', person.id)).toHaveLength(1);
    await app.settled();
    const tooSoon = await ask(client);
    expect([tooSoon.status, Number(tooSoon.headers.get('retry-after'))]).toEqual([429, expect.any(Number)]);
    expect((await state(client)).nextAt).not.toBeNull();
    const { newest } = await state(client);
    const { digest } = (await database()('data_exports').where('id', newest?.id ?? '').first('digest')) as { digest: string };
    clock.advance(DAY_MS);
    expect((await state(client)).nextAt).toBeNull();
    clock.advance(KEEP_MS - DAY_MS - 60_000);
    await deleteExports();
    expect((await client.raw('GET', `/api/v1/data-exports/${newest?.id}/content`)).status).toBe(200);
    clock.advance(61_000);
    // Expired counts before the schedule has come by, and its coming takes the file
    expect((await client.get(`data-exports/${newest?.id}/content`)).body).toMatchObject({ status: 410, code: 'export-expired' });
    await deleteExports();
    expect((await state(client)).newest?.state).toBe('expired');
    await expect(new Promise((resolve, reject) => files.read(digest).on('error', reject).on('data', resolve))).rejects.toThrow(/ENOENT/);
    expect((await ask(client)).status).toBe(202);
    await app.settled();
    expect(await told(person)).toBe(2);
  });

  it('refuses a second one while the first is being made; what was never made stands in nobody’s way', async () => {
    const person = await aPerson();
    const client = await app.as(person);
    await database()('data_exports').insert({ person_id: person.id, requested_at: clock.now() });
    expect((await ask(client)).body).toMatchObject({ status: 409, code: 'export-running' });
    expect((await state(client)).newest?.state).toBe('preparing');
    clock.advance(DAY_MS);
    expect((await ask(client)).status).toBe(202);
    await app.settled();
    expect((await state(client)).newest?.state).toBe('ready');
  });

  it('killed before it was delivered is made anew, leaves no file behind and tells once', async () => {
    const person = await aPerson();
    const id = randomUUID();
    // As a kill leaves it: the file is in the storage, the row does not say that it is ready
    const left = await files.put(Buffer.from(`quello che resta ${id}`));
    await database()('data_exports').insert({ id, person_id: person.id, requested_at: clock.now(), digest: left });
    await writeExport({ exportId: id });
    await writeExport({ exportId: id });
    await expect(new Promise((resolve, reject) => files.read(left).on('error', reject).on('data', resolve))).rejects.toThrow(/ENOENT/);
    expect((await download(await app.as(person))).names).toContain('LEGGIMI.txt');
    expect(await told(person)).toBe(1);
  });

  it('half written by a run that was killed lies nowhere for long; what is being written stays', async () => {
    await mkdir(FOLDER, { recursive: true });
    const [left, going] = [join(FOLDER, `${randomUUID()}.left.zip`), join(FOLDER, `${randomUUID()}.going.zip`)];
    for (const path of [left, going]) await writeFile(path, 'i dati di qualcuno');
    const long = new Date(Date.now() - 3_600_000);
    await utimes(left, long, long);
    await deleteExports();
    const there = await readdir(FOLDER);
    expect([there.includes(basename(left)), there.includes(basename(going))]).toEqual([false, true]);
    await rm(going);
  });

  it('holds little in memory, however much there is: nobody reads, nothing is asked', async () => {
    const stream = rowsAsJson("select jsonb_build_object('n', n, 'text', repeat('x', 5000)) as row from generate_series(1, 20000) n", {});
    await new Promise((resolve) => stream.once('readable', resolve));
    await new Promise((resolve) => setTimeout(resolve, 100));
    // 100 MB in the database
    expect(stream.readableLength).toBeLessThan(3_000_000);
    let bytes = 0;
    for await (const chunk of stream) bytes += (chunk as Buffer).length;
    expect(bytes).toBeGreaterThan(100_000_000);
  }, 30_000);

  it('holds no connection when nobody reads what it began to give', async () => {
    const rows = rowsAsJson("select jsonb_build_object('words', repeat('a', 2000)) as row from generate_series(1, 200000)", {});
    await once(rows, 'readable');
    rows.read(10);
    rows.destroy();
    const reading = async (): Promise<number> => Number((await database().raw<{ rows: { count: string }[] }>("select count(*) from pg_stat_activity where datname = current_database() and query like '%from pieces%' and state like 'idle in%'")).rows[0]?.count);
    for (const deadline = Date.now() + 10_000; (await reading()) > 0;) {
      if (Date.now() > deadline) throw new Error('The transaction is still open');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(rows.destroyed).toBe(true);
  });
});
