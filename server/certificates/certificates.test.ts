import { execFile } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aCoordinator, anAdministrator, aPerson } from '../accounts/factory.ts';
import { database } from '../database/connection.ts';
import { aMunicipality, aProvince } from '../territory/factory.ts';
import { startTestApp, type TestApp } from '../testing/app.ts';
import { newCode, normaliseCode } from './code.ts';
import { duration } from './draw-certificate.ts';
import { aCertificate, aCompletedEnrolment } from './factory.ts';
import { openPdf, readQr, textsOf } from '../testing/read-pdf.ts';
import { issueCertificate } from './issue-certificate.ts';

const run = promisify(execFile);

describe('certificates', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ workers: false });
  });
  afterAll(() => app.close());

  describe('the number', () => {
    it('has 16 letters without look-alikes, never the same', () => {
      const codes = Array.from({ length: 2000 }, newCode);
      expect(new Set(codes).size).toBe(2000);
      for (const code of codes) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
    });

    it('is recognised however it was typed, and nothing else is', () => {
      expect(normaliseCode(' 7k3m 9q2x-oabc-dlfi ')).toBe('7K3M-9Q2X-0ABC-D1F1');
      // As a document copied by hand carries them: non-breaking and long dashes, dots
      for (const typed of ['7K3M‑9Q2X‑0ABC‑DEFG', '7k3m – 9q2x — 0abc – defg', '7K3M.9Q2X.0ABC.DEFG', '7K3M\u00a09Q2X\n0ABC DEFG']) expect(normaliseCode(typed)).toBe('7K3M-9Q2X-0ABC-DEFG');
      for (const wrong of ['', '7K3M', '7K3M-9Q2X-0ABC-DEF', '7K3M-9Q2X-0ABC-DEFGH', 'UUUU-UUUU-UUUU-UUUU', "' or 1=1 --'' or"]) expect(normaliseCode(wrong)).toBeUndefined();
    });
  });

  it('says durations in Italian', () => {
    expect([0, 1, 59, 60, 61, 125, -30].map(duration)).toEqual(['0 minuti', '1 minuto', '59 minuti', '1 ora', '1 ora e 1 minuto', '2 ore e 5 minuti', '−30 minuti']);
  });

  it('is issued once, row and document and event together, however many workers try', async () => {
    const enrolment = await aCompletedEnrolment();
    await Promise.all(Array.from({ length: 6 }, () => issueCertificate(enrolment.id)));
    await issueCertificate(enrolment.id);
    const certificates = (await database()('certificates').where('enrolment_id', enrolment.id)) as { id: string }[];
    expect(certificates).toHaveLength(1);
    expect(await database()('certificate_documents').where('certificate_id', certificates[0]?.id)).toHaveLength(1);
    const { rows } = await database().raw<{ rows: { events: number }[] }>("select count(*)::int as events from bullmq.job where data->>'event' = 'certificate.issued' and data->'payload'->>'certificateId' = ?", [certificates[0]?.id ?? '']);
    expect(rows[0]?.events).toBe(1);
  });

  it('is not issued for what is not completed', async () => {
    const { rows } = await database().raw<{ rows: { id: string }[] }>('select uuidv7() as id');
    await issueCertificate(rows[0]?.id ?? '');
    const enrolment = await aCompletedEnrolment();
    await database()('completions').where('enrolment_id', enrolment.id).delete();
    await issueCertificate(enrolment.id);
    expect(await database()('certificates').where('enrolment_id', enrolment.id)).toHaveLength(0);
  });

  it('is a snapshot: neither the person, the course nor anybody at the database changes it', async () => {
    const certificate = await aCertificate({ person: await aPerson({ given_name: 'Niccolò', family_name: "D'Alò", body: await aProvince('Treviso') }), title: 'Qualità è libertà', minutes: 125 });
    await database()('people').where('id', certificate.enrolment.person.id).update({ given_name: 'Altro' });
    await database()('course_versions').where('id', certificate.enrolment.edition.course.versionId).update({ title: 'Altro titolo' });
    const { body } = await app.anonymous().get(`certificates/${certificate.code}/verification`);
    expect(body).toMatchObject({ status: 'valid', person: { givenName: 'Niccolò', familyName: "D'Alò" }, body: { name: 'Provincia di Treviso' }, course: { title: 'Qualità è libertà' }, minutes: 125 });
    await expect(database()('certificates').where('id', certificate.id).update({ code: newCode() })).rejects.toThrow(/immutable/);
    await expect(database()('certificates').where('id', certificate.id).delete()).rejects.toThrow(/immutable/);
    await expect(database()('certificate_documents').where('certificate_id', certificate.id).update({ sha256: 'x' })).rejects.toThrow(/immutable/);
  });

  it('is a tagged PDF in Italian, with its accents and its number in the text', async () => {
    const certificate = await aCertificate({ person: await aPerson({ given_name: 'Niccolò', family_name: 'Forlì' }), title: 'Qualità è libertà' });
    const reply = await (await app.as(certificate.enrolment.person)).raw('GET', `/api/v1/certificates/${certificate.id}/document`);
    expect(reply.headers.get('content-type')).toBe('application/pdf');
    const pdf = await openPdf(reply);
    const { info } = await pdf.getMetadata();
    expect(info).toMatchObject({ Title: `Attestato ${certificate.code}: Qualità è libertà`, Language: 'it-IT' });
    expect(await pdf.getMarkInfo()).toMatchObject({ Marked: true });
    const text = (await textsOf(pdf)).join(' ');
    for (const expected of ['Niccolò Forlì', 'Qualità è libertà', certificate.code, 'Programma svolto', 'Lezione 1', `/verifica/${certificate.code}`]) expect(text).toContain(expected);
    const tree = await (await pdf.getPage(1)).getStructTree();
    expect(JSON.stringify(tree)).toMatch(/"H1"/);
    expect(JSON.stringify(tree)).toMatch(/Codice QR che apre la pagina di verifica/);
  });

  it('carries in its QR code the address and the signed data that the register keeps', async () => {
    const certificate = await aCertificate({ person: await aPerson({ given_name: 'Niccolò', family_name: "Dall'Òrto" }), title: 'Qualità, libertà e perciò responsabilità' });
    const page = await (await openPdf(await (await app.as(certificate.enrolment.person)).raw('GET', `/api/v1/certificates/${certificate.id}/document`))).getPage(1);
    const read = await readQr(page);
    expect(read).toMatch(new RegExp(`/verifica/${certificate.code}#p1\\.`));
    expect(read?.split('#')[1]).toBe(certificate.signed);
    const facts = JSON.parse(Buffer.from(certificate.signed.split('.')[2] ?? '', 'base64url').toString()) as Record<string, unknown>;
    expect(facts).toMatchObject({ c: certificate.code, n: "Niccolò Dall'Òrto", t: 'Qualità, libertà e perciò responsabilità', m: 60 });
  });

  it('is verified by anybody without signing in, and tells no address', async () => {
    const certificate = await aCertificate();
    const reply = await app.anonymous().get(`certificates/${certificate.code.toLowerCase().replaceAll('-', '')}/verification`);
    expect(reply.status).toBe(200);
    expect(JSON.stringify(reply.body)).not.toContain('@');
    expect(JSON.stringify(reply.body)).not.toContain(certificate.enrolment.person.id);
    expect((await app.anonymous().get(`certificates/${newCode()}/verification`)).status).toBe(404);
  });

  it('is verified without a network by the script of docs/, which refuses what was altered', async () => {
    const certificate = await aCertificate();
    const keys = await app.anonymous().get<{ keys: { publicKey: string }[] }>('certificate-keys');
    expect(JSON.stringify(keys.body)).not.toMatch(/PRIVATE/);
    const file = join(await mkdtemp(join(tmpdir(), 'pico-keys-')), 'chiavi.json');
    await writeFile(file, JSON.stringify(keys.body));
    const verify = (text: string, keyFile = file) => run(process.execPath, ['docs/verifica-attestato.mjs', text, keyFile], { env: { ...process.env, NODE_OPTIONS: '' } }).then(({ stdout }) => ({ code: 0, said: stdout }), (error: { code: number; stderr: string }) => ({ code: error.code, said: error.stderr }));
    const genuine = `https://pico.example/verifica/${certificate.code}#${certificate.signed}`;
    expect(await verify(genuine)).toMatchObject({ code: 0, said: expect.stringContaining(certificate.code) });

    const [kind, keyId, payload = '', signature] = certificate.signed.split('.');
    const facts = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
    const forged = Buffer.from(JSON.stringify({ ...facts, n: 'Un Altro' })).toString('base64url');
    expect(await verify([kind, keyId, forged, signature].join('.'))).toMatchObject({ code: 1, said: expect.stringContaining('alterati') });
    expect(await verify([kind, 'xxxxxxxx', payload, signature].join('.'))).toMatchObject({ code: 1, said: expect.stringContaining('non è tra quelle pubblicate') });
    const otherSignature = Buffer.from(signature ?? '', 'base64url');
    otherSignature.writeUInt8(otherSignature.readUInt8(0) ^ 1, 0);
    expect(await verify([kind, keyId, payload, otherSignature.toString('base64url')].join('.'))).toMatchObject({ code: 1, said: expect.stringContaining('alterati') });
    expect((await verify('https://pico.example/verifica/senza-firma')).code).toBe(1);
    expect(await verify(genuine, `${file}.non-esiste`)).toMatchObject({ code: 2, said: expect.stringContaining('Non riesco a leggere le chiavi') });
  });

  it('is revoked by UPI alone, with a reason, once, and everybody who checks sees it', async () => {
    const certificate = await aCertificate();
    const admin = await app.as(await anAdministrator());
    const reason = 'Rilasciato per errore a persona diversa';
    expect((await (await app.as(certificate.enrolment.person)).put(`certificates/${certificate.id}/revocation`, { reason })).status).toBe(403);
    expect((await (await app.as(await aCoordinator())).put(`certificates/${certificate.id}/revocation`, { reason })).status).toBe(403);
    expect((await admin.put(`certificates/${certificate.id}/revocation`, { reason: ' ' })).body).toMatchObject({ status: 422, errors: [{ path: 'body.reason', code: 'revocation-reason-missing', message: 'Scrivi il motivo della revoca.' }] });
    expect((await admin.put(`certificates/${certificate.id}/revocation`, { reason: 'breve' })).body).toMatchObject({ status: 422, errors: [{ path: 'body.reason' }] });
    expect((await admin.put(`certificates/${certificate.id}/revocation`, { reason })).status).toBe(201);
    expect((await admin.put(`certificates/${certificate.id}/revocation`, { reason })).body).toMatchObject({ status: 409, code: 'certificate-already-revoked' });
    expect((await app.anonymous().get(`certificates/${certificate.code}/verification`)).body).toMatchObject({ status: 'revoked', revocation: { reason } });
    expect(await database()('audit_entries').where({ subject_id: certificate.id, act: 'certificate.revoke' })).toHaveLength(1);
  });

  it('is seen by its owner, her coordinator and UPI, and by nobody else', async () => {
    const treviso = await aProvince('Treviso');
    const town = await aMunicipality(treviso);
    const certificate = await aCertificate({ person: await aPerson({ body: town }) });
    const statusFor = async (person: { id: string }) => (await (await app.as(person)).get(`certificates/${certificate.id}`)).status;
    expect(await statusFor(certificate.enrolment.person)).toBe(200);
    expect(await statusFor(await aCoordinator({ body: treviso }))).toBe(200);
    expect(await statusFor(await anAdministrator())).toBe(200);
    expect(await statusFor(await aPerson({ body: town }))).toBe(404);
    expect(await statusFor(await aCoordinator({ body: await aProvince('Nuoro') }))).toBe(404);
    const documentFor = async (person: { id: string }) => (await (await app.as(person)).raw('GET', `/api/v1/certificates/${certificate.id}/document`)).status;
    expect(await documentFor(await aCoordinator({ body: treviso }))).toBe(200);
    expect(await documentFor(await aCoordinator({ body: await aProvince('Nuoro') }))).toBe(404);
    expect(await documentFor(await aPerson({ body: town }))).toBe(404);
    expect((await app.anonymous().raw('GET', `/api/v1/certificates/${certificate.id}/document`)).status).toBe(401);
    const stranger = await app.as(await aPerson());
    expect((await stranger.get<{ items: unknown[] }>('certificates?scope=all')).body.items).toEqual([]);
    const own = await (await app.as(await aCoordinator({ body: treviso }))).get<{ items: { id: string }[] }>('certificates?scope=body&limit=100');
    expect(own.body.items.map(({ id }) => id)).toContain(certificate.id);
  });

  it('are found by name or number and leafed through without repeats', async () => {
    const person = await aPerson({ family_name: 'Ricercàbile' });
    const made = [await aCertificate({ person }), await aCertificate({ person }), await aCertificate({ person })];
    const admin = await app.as(await anAdministrator());
    const ids = (reply: { body: { items: { id: string }[] } }) => reply.body.items.map(({ id }) => id);
    expect(ids(await admin.get<{ items: { id: string }[] }>('certificates?scope=all&q=ricercabile')).sort()).toEqual(made.map(({ id }) => id).sort());
    expect(ids(await admin.get<{ items: { id: string }[] }>(`certificates?scope=all&q=${made[0]?.code}`))).toEqual([made[0]?.id]);
    // Sixteen letters, as a number has
    const francesca = await aCertificate({ person: await aPerson({ given_name: 'Francesca', family_name: 'Ferrari' }) });
    expect(ids(await admin.get<{ items: { id: string }[] }>('certificates?scope=all&q=Francesca Ferrari'))).toEqual([francesca.id]);
    const client = await app.as(person);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { body: { items: { id: string }[]; next: string | null } } = await client.get(`certificates?limit=2${cursor ? `&cursor=${cursor}` : ''}`);
      seen.push(...ids(page));
      cursor = page.body.next;
    }
    expect(seen.sort()).toEqual(made.map(({ id }) => id).sort());
    expect((await client.get('certificates?cursor=zzz')).body).toMatchObject({ code: 'bad-cursor' });
  });
});

describe('the transcript', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ workers: false });
  });
  afterAll(() => app.close());

  const entry = (person: { id: string; body_id: string | null }, minutes: number, day: string, key: string, note: string | null = null) =>
    database()('hours_entries').insert({ person_id: person.id, body_id: person.body_id, area_code: 'europa', modality: 'aula', minutes, day, source: 'correction', source_key: key, note });

  it('adds up what the ledger says, corrections included, of one year or of all', async () => {
    const person = await aPerson();
    await entry(person, 120, '2026-03-01', 'a');
    await entry(person, -30, '2026-03-02', 'b');
    await entry(person, 60, '2025-12-31', 'c');
    await entry(await aPerson(), 999, '2026-03-01', 'd');
    const client = await app.as(person);
    expect((await client.get('transcript')).body).toMatchObject({ totals: { minutes: 150, byArea: [{ area: 'europa', minutes: 150 }] }, years: [2026, 2025] });
    expect((await client.get('transcript?year=2026')).body).toMatchObject({ totals: { minutes: 90 }, year: 2026 });
    expect((await client.get('transcript?year=1900')).status).toBe(422);
    await expect(database()('hours_entries').where('source_key', 'a').update({ minutes: 1 })).rejects.toThrow(/append-only/);
  });

  it('shows a certificate in the year of what was completed, also where no hours fell', async () => {
    const person = await aPerson();
    const certificate = await aCertificate({ person });
    const year = Number((await database()('certificates').where('id', certificate.id).first("snapshot") as { snapshot: { completedOn: string } }).snapshot.completedOn.slice(0, 4));
    const client = await app.as(person);
    const of = async (asked: number) => (await client.get<{ years: number[]; certificates: { id: string }[] }>(`transcript?year=${asked}`)).body;
    expect((await of(year)).certificates.map(({ id }) => id)).toEqual([certificate.id]);
    expect((await of(year)).years).toContain(year);
    expect((await of(year - 1)).certificates).toEqual([]);
  });

  it('is drawn over as many pages as it needs, each row once, the headings on each', async () => {
    const person = await aPerson();
    for (let number = 0; number < 70; number += 1) await entry(person, number === 5 ? -30 : 30, '2026-04-01', `pdf-${number}`, `Attività numero ${number}.`);
    const pdf = await openPdf(await (await app.as(person)).raw('GET', '/api/v1/transcript/pdf?year=2026'));
    const pages = await textsOf(pdf);
    expect(pages.length).toBeGreaterThan(2);
    const rowsOn = pages.map((text) => text.match(/Attività numero \d+\./g)?.length ?? 0);
    expect(rowsOn.reduce((sum, count) => sum + count, 0)).toBe(70);
    // A page never holds more rows than fit on it, one below the other
    expect(Math.max(...rowsOn)).toBeLessThan(45);
    for (const text of pages) expect(text).toContain('Durata');
    expect(pages.join(' ')).toContain('−30 minuti');
    expect(pages.join(' ')).toContain('Totale: 34 ore');
  });

  it('leaves as CSV that no spreadsheet runs, and as PDF', async () => {
    const person = await aPerson();
    await entry(person, -15, '2026-05-02', 'csv-2', 'Rettifica');
    await entry(person, 45, '2026-05-01', 'csv-1', '=HYPERLINK("http://evil.example")');
    const client = await app.as(person);
    const csv = await (await client.raw('GET', '/api/v1/transcript/csv')).text();
    expect(csv).toContain('giorno;ambito;corso;attivita;modalita;origine;minuti');
    expect(csv).toMatch(/;aula;correzione;-15\r?\n/);
    expect(csv).toMatch(/'=HYPERLINK/);
    expect(csv).toMatch(/;45/);
    // A negative number is not a formula: it must still add up
    expect(csv).toMatch(/;-15\r?\n/);
    const pdf = await client.raw('GET', '/api/v1/transcript/pdf?year=2026');
    expect(pdf.headers.get('content-disposition')).toContain('libretto-2026.pdf');
    expect(Buffer.from(await pdf.arrayBuffer()).subarray(0, 5).toString()).toBe('%PDF-');
    expect((await app.anonymous().get('transcript')).status).toBe(401);
  });
});
