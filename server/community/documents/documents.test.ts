import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { aPerson } from '../../accounts/factory.ts';
import type { ThreadView } from '../../contract/community.ts';
import type { DocumentPage, DocumentView } from '../../contract/documents.ts';
import type { DocumentSearchPage } from '../../contract/search.ts';
import { MAX_UPLOAD_BYTES } from '../../contract/uploads.ts';
import { database } from '../../database/connection.ts';
import { excelFile, openDocumentText, pdfFile, wordFile } from '../../demonstration/sample-files.ts';
import { forgetOldUploads } from '../../gateways/uploads.ts';
import { startTestApp, type TestApp, type TestClient } from '../../testing/app.ts';
import { aMember, aModerator, aNetwork, aReply, aThread, type BuiltNetwork } from '../factory.ts';
import { aDocument, anUpload, askUpload, beginUpload, sendPart } from './factory.ts';

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text));
const png = async (width = 40, height = 30) => new Uint8Array(await sharp({ create: { width, height, channels: 3, background: '#06c' } }).png().toBuffer());

describe('documents', () => {
  let app: TestApp;
  let network: BuiltNetwork;
  let reserved: BuiltNetwork;
  let author: TestClient;
  let colleague: TestClient;
  let stranger: TestClient;
  let moderator: TestClient;
  let insider: TestClient;

  beforeAll(async () => {
    app = await startTestApp();
    network = await aNetwork();
    reserved = await aNetwork({ reading: 'members', joining: 'closed' });
    const person = await aMember(network);
    await aMember(reserved, { person });
    author = await app.as(person);
    colleague = await app.as(await aMember(network));
    stranger = await app.as(await aPerson());
    moderator = await app.as(await aModerator(network));
    insider = await app.as(await aMember(reserved));
  });
  afterAll(() => app.close());

  const put = (client: TestClient, uploadId: string, more: object = {}) => client.post<DocumentView>(`networks/${network.key}/documents`, { uploadId, title: 'Schema di convenzione', licence: 'cc-by-4.0', ...more });
  const read = async (client: TestClient, number: number) => (await client.get<DocumentView>(`documents/${number}`)).body;
  const find = async (client: TestClient, q: string) => (await client.get<DocumentSearchPage>(`search/documents?q=${encodeURIComponent(q)}`)).body.items.map(({ number }) => number);

  describe('an upload', () => {
    it('goes on where it was cut', async () => {
      const bytes = await pdfFile('A pezzi', ['Una riga']);
      const { address, id } = await beginUpload(author, 'a pezzi.pdf', bytes.length);
      const first = await sendPart(author, address, 0, bytes.slice(0, 100));
      expect(first).toEqual({ status: 204, offset: 100 });
      expect((await put(author, id)).body).toMatchObject({ code: 'upload-unfinished' });
      expect(await askUpload(author, address)).toEqual({ status: 200, offset: 100 });
      expect((await sendPart(author, address, 0, bytes.slice(0, 100))).status).toBe(409);
      expect((await sendPart(author, address, 100, bytes.slice(100))).offset).toBe(bytes.length);
      const { body } = await put(author, id);
      const content = await author.raw('GET', `/api/v1/documents/${body.number}/content`);
      expect(createHash('sha256').update(Buffer.from(await content.arrayBuffer())).digest('hex')).toBe(createHash('sha256').update(bytes).digest('hex'));
    });

    it('is its sender’s alone', async () => {
      const bytes = bytesOf('a;b\n1;2\n');
      const { address, id } = await beginUpload(author, 'dati.csv', bytes.length);
      expect((await askUpload(colleague, address)).status).toBe(404);
      expect((await sendPart(colleague, address, 0, bytes)).status).toBe(404);
      expect((await colleague.raw('DELETE', address, { headers: { 'tus-resumable': '1.0.0' } })).status).toBe(404);
      expect((await sendPart(author, address, 0, bytes)).status).toBe(204);
      expect((await put(colleague, id)).status).toBe(404);
      expect((await author.raw('GET', address)).status).toBe(404);
      expect((await put(author, id)).status).toBe(201);
    });

    it('needs somebody, who is signed in and comes from our pages', async () => {
      expect((await beginUpload(app.anonymous(), 'x.pdf', 10)).status).toBe(401);
      const reply = await author.raw('POST', '/api/uploads', { headers: { 'tus-resumable': '1.0.0', 'upload-length': '3', 'origin': 'https://altrove.example' } });
      expect(reply.status).toBe(403);
    });

    it('is refused when it is too large', async () => {
      expect((await beginUpload(author, 'enorme.pdf', MAX_UPLOAD_BYTES + 1)).status).toBe(413);
      expect((await beginUpload(author, 'grande.pdf', MAX_UPLOAD_BYTES)).status).toBe(201);
    });

    it('waits in no greater number than one person needs, and keeps nobody else waiting', async () => {
      const hoarder = await app.as(await aPerson());
      for (let file = 0; file < 10; file += 1) expect((await beginUpload(hoarder, `${file}.pdf`, MAX_UPLOAD_BYTES)).status).toBe(201);
      expect((await beginUpload(hoarder, 'ancora.pdf', 1)).status).toBe(429);
      expect((await beginUpload(colleague, 'suo.pdf', 1)).status).toBe(201);
    });

    it('is forgotten when nobody takes it for a day', async () => {
      const id = await anUpload(author, 'dimenticato.csv', bytesOf('a;b\n'));
      await forgetOldUploads(new Date(Date.now() + 23 * 3600_000));
      expect((await askUpload(author, `/api/uploads/${id}`)).status).toBe(200);
      await forgetOldUploads(new Date(Date.now() + 25 * 3600_000));
      expect((await askUpload(author, `/api/uploads/${id}`)).status).toBe(404);
    });
  });

  describe('what a library takes', () => {
    it.each([
      ['relazione.docx', () => wordFile(['Relazione']), 'text'],
      ['relazione.odt', () => openDocumentText(['Relazione']), 'text'],
      ['tabella.xlsx', () => excelFile([['Anno', 'Ore']]), 'sheet'],
      ['atto.pdf', () => pdfFile('Atto', ['Visto']), 'pdf'],
      ['ATTO.PDF', () => pdfFile('Atto', ['Visto']), 'pdf'],
      ['dati.csv', () => bytesOf('anno;ore\n2026;40\n'), 'data'],
      ['note.txt', () => bytesOf('Perché sì'), 'text'],
      ['pianta.png', () => png(), 'image'],
      ['atto.pdf.p7m', () => new Uint8Array(Buffer.concat([Buffer.from('3080', 'hex'), Buffer.from('06092a864886f70d010702a080', 'hex')])), 'signed'],
    ])('takes %s for what it is', async (name, make, kind) => {
      const { status, body } = await put(author, await anUpload(author, name, await make()));
      expect(status).toBe(201);
      expect(body.file).toMatchObject({ name, kind, version: 1, state: 'ready' });
    });

    it.each([
      ['programma.exe', () => new Uint8Array(Buffer.concat([Buffer.from('MZ'), Buffer.alloc(100)])), 'document-type'],
      ['pagina.html', () => bytesOf('<script>alert(1)</script>'), 'document-type'],
      ['disegno.svg', () => bytesOf('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), 'document-type'],
      ['finto.pdf', () => bytesOf('<html>'), 'document-type'],
      ['finto.pdf', () => wordFile(['In verità un altro']), 'document-extension'],
      ['finto.docx', () => pdfFile('In verità', ['un PDF']), 'document-extension'],
      ['binario.txt', () => new Uint8Array([65, 0, 66]), 'document-type'],
      ['vuoto.pdf', () => new Uint8Array(0), 'document-empty'],
    ])('refuses %s, by its content and not by its name alone', async (name, make, code) => {
      const bytes = await make();
      const { status, body } = await put(author, await anUpload(author, name, bytes));
      expect(status).toBe(422);
      expect(body).toMatchObject({ errors: [{ path: 'body.uploadId', code }] });
    });

    it('names every mistake at once', async () => {
      const { status, body } = await put(author, 'x', { title: 'a', licence: 'mia' });
      expect(status).toBe(422);
      expect((body as unknown as { errors: { path: string }[] }).errors.map(({ path }) => path).sort()).toEqual(['body.licence', 'body.title', 'body.uploadId']);
    });

    it('keeps a path out of a name', async () => {
      const { body } = await put(author, await anUpload(author, '../../etc/<b>passwd</b>.csv', bytesOf('a;b\n')));
      expect(body.file.name).toBe('b.csv');
    });
  });

  describe('a document', () => {
    it('is one, however often the button is pressed', async () => {
      const id = await anUpload(author, 'doppio.pdf', await pdfFile('Doppio', ['clic']));
      const replies = await Promise.all([put(author, id), put(author, id), put(author, id)]);
      expect(replies.map(({ status }) => status)).toEqual([201, 201, 201]);
      expect(new Set(replies.map(({ body }) => body.number)).size).toBe(1);
      expect((await put(author, id)).body.number).toBe(replies[0]?.body.number);
    });

    it('has versions with notes; the newest has the lasting address, each its own', async () => {
      const number = await aDocument(author, network, { words: 'Prima stesura' });
      const uploadId = await anUpload(author, 'schema 2.pdf', await pdfFile('Schema', ['Seconda stesura']));
      const { status, body } = await author.post<DocumentView>(`documents/${number}/versions`, { uploadId, note: 'Aggiunto l’articolo 4' });
      expect(status).toBe(201);
      expect(body.file).toMatchObject({ version: 2, name: 'schema 2.pdf' });
      expect(body.versions.map(({ version, note }) => [version, note])).toEqual([[2, 'Aggiunto l’articolo 4'], [1, '']]);
      const [newest, second, first] = await Promise.all(['content', 'versions/2/content', 'versions/1/content'].map(async (path) => (await app.anonymous().raw('GET', `/api/v1/documents/${number}/${path}`)).headers.get('etag')));
      expect(newest).toBe(second);
      expect(newest).not.toBe(first);
      expect((await app.anonymous().raw('GET', `/api/v1/documents/${number}/versions/3/content`)).status).toBe(404);
    });

    it('numbers two versions sent at once one after the other', async () => {
      const number = await aDocument(author, network);
      const ids = await Promise.all(['a', 'b'].map(async (text) => anUpload(author, `${text}.csv`, bytesOf(`${text};1\n`))));
      const replies = await Promise.all(ids.map((uploadId) => author.post(`documents/${number}/versions`, { uploadId, note: 'Nuovi dati' })));
      expect(replies.map(({ status }) => status)).toEqual([201, 201]);
      expect((await read(author, number)).versions.map(({ version }) => version)).toEqual([3, 2, 1]);
    });

    it('counts what is downloaded, not what is looked at', async () => {
      const number = await aDocument(author, network);
      const path = `/api/v1/documents/${number}/content`;
      for (const address of [path, path, `${path}?inline=1`]) await (await app.anonymous().raw('GET', address)).arrayBuffer();
      const { downloads, versions } = await read(author, number);
      expect([downloads, versions[0]?.downloads]).toEqual([2, 2]);
    });

    it('is sent as a file that nothing runs from; only PDF and pictures are shown', async () => {
      const number = await aDocument(author, network, { name: 'Così è.pdf' });
      const saved = await app.anonymous().raw('GET', `/api/v1/documents/${number}/content`);
      expect(saved.headers.get('content-disposition')).toBe("attachment; filename=\"Cos___.pdf\"; filename*=UTF-8''Cos%C3%AC%20%C3%A8.pdf");
      expect(saved.headers.get('x-content-type-options')).toBe('nosniff');
      expect(saved.headers.get('content-security-policy')).toContain('sandbox');
      expect((await app.anonymous().raw('GET', `/api/v1/documents/${number}/content?inline=1`)).headers.get('content-disposition')).toMatch(/^inline/);
      const word = (await put(author, await anUpload(author, 'x.docx', wordFile(['x'])))).body.number;
      expect((await app.anonymous().raw('GET', `/api/v1/documents/${word}/content?inline=1`)).headers.get('content-disposition')).toMatch(/^attachment/);
    });

    it('is changed, renewed and removed by its author and the moderators alone', async () => {
      const number = await aDocument(author, network);
      const uploadId = await anUpload(colleague, 'altro.csv', bytesOf('a;b\n'));
      expect((await colleague.patch(`documents/${number}`, { title: 'Un altro titolo' })).status).toBe(403);
      expect((await colleague.post(`documents/${number}/versions`, { uploadId, note: 'La mia' })).status).toBe(403);
      expect((await colleague.put(`documents/${number}/removal`, { reason: 'Non mi piace' })).status).toBe(403);
      expect((await read(colleague, number)).abilities).toEqual({ change: false, addVersion: false, remove: false });
      expect((await author.patch<DocumentView>(`documents/${number}`, { title: 'Un titolo migliore', licence: 'reserved' })).body).toMatchObject({ title: 'Un titolo migliore', licence: 'reserved' });
      expect((await moderator.patch(`documents/${number}`, { title: 'Il titolo del moderatore' })).status).toBe(200);
      expect((await moderator.put(`documents/${number}/removal`, { reason: 'Contiene dati personali' })).status).toBe(200);
      for (const path of [`documents/${number}`, `documents/${number}/content`, `documents/${number}/versions/1/content`]) expect((await author.get(path)).status).toBe(404);
      const acts = (await database()('audit_entries').where('subject_kind', 'document').whereRaw("details->>'number' = ?", [String(number)]).orderBy('id').pluck('act')) as string[];
      expect(acts).toEqual(['document.change', 'document.remove']);
    });

    it('is put there by members alone', async () => {
      const uploadId = await anUpload(stranger, 'mio.csv', bytesOf('a;b\n'));
      expect((await put(stranger, uploadId)).body).toMatchObject({ status: 403, code: 'network-not-member' });
      expect((await app.anonymous().post(`networks/${network.key}/documents`, {})).status).toBe(401);
      expect((await stranger.get<DocumentPage>(`networks/${network.key}/documents`)).body.abilities.add).toBe(false);
      expect((await author.get<DocumentPage>(`networks/${network.key}/documents`)).body.abilities.add).toBe(true);
    });

    it('is listed by page, what changed last first', async () => {
      const library = await aNetwork();
      const keeper = await app.as(await aMember(library));
      const numbers = [];
      for (const title of ['Primo', 'Secondo', 'Terzo']) numbers.push(await aDocument(keeper, library, { title }));
      const first = (await keeper.get<DocumentPage>(`networks/${library.key}/documents?limit=2`)).body;
      const rest = (await keeper.get<DocumentPage>(`networks/${library.key}/documents?limit=2&cursor=${first.next}`)).body;
      expect([...first.items, ...rest.items].map(({ number }) => number)).toEqual(numbers.reverse());
      expect(rest.next).toBeNull();
    });
  });

  describe('the search', () => {
    it.each([
      ['PDF', 'atto.pdf', (words: string) => pdfFile('Atto', [words])],
      ['DOCX', 'atto.docx', (words: string) => wordFile([words])],
      ['ODT', 'atto.odt', (words: string) => openDocumentText([words])],
      ['XLSX', 'atto.xlsx', (words: string) => excelFile([['Oggetto', words]])],
      ['CSV', 'atto.csv', (words: string) => bytesOf(`oggetto;${words}\n`)],
    ])('finds what a %s says, and shows where', async (kind, name, make) => {
      const word = `calamandrana${kind.toLowerCase()}`;
      const { body } = await put(author, await anUpload(author, name, await make(`L’accordo di ${word} è nullo`)));
      await app.settled();
      const page = (await app.anonymous().get<DocumentSearchPage>(`search/documents?q=${word}`)).body;
      expect(page.items.map(({ number }) => number)).toEqual([body.number]);
      expect(page.items[0]?.excerpt).toContainEqual({ text: word, hit: true });
    });

    it('finds the newest version, a title before a text, and a title misspelt', async () => {
      const number = await aDocument(author, network, { title: 'Capitolato della palestra', words: 'Vecchiume' });
      await author.post(`documents/${number}/versions`, { uploadId: await anUpload(author, 'c.pdf', await pdfFile('C', ['Rinnovatissimo'])), note: 'Rifatto' });
      const other = await aDocument(author, network, { title: 'Altro', words: 'Si veda il capitolato della palestra' });
      await app.settled();
      expect(await find(stranger, 'rinnovatissimo')).toEqual([number]);
      expect(await find(stranger, 'vecchiume')).toEqual([]);
      expect(await find(stranger, 'capitolato palestra')).toEqual([number, other]);
      const near = (await stranger.get<DocumentSearchPage>('search/documents?q=capitolatto')).body;
      expect(near).toMatchObject({ near: true, items: [{ number }] });
    });

    it('survives a file that cannot be read', async () => {
      const broken = new Uint8Array(Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(500, 7)]));
      const { body } = await put(author, await anUpload(author, 'rotto.pdf', broken), { title: 'Irrimediabilmente rotto' });
      await app.settled();
      expect(await find(stranger, 'irrimediabilmente')).toEqual([body.number]);
    });
  });

  describe('with a post', () => {
    it('goes into the library and to who answers, once', async () => {
      const { number } = await aThread(colleague, network);
      const uploadId = await anUpload(author, 'Schema_di_convenzione.pdf', await pdfFile('Schema', ['Articolo 1']));
      const clientId = randomUUID();
      const send = () => author.post<{ items: ThreadView['posts'] }>(`threads/${number}/posts`, { clientId, html: '<p>Ecco il nostro.</p>', attachments: [{ uploadId }] });
      const replies = [...(await Promise.all([send(), send()])), await send()];
      expect(replies.map(({ status }) => status)).toEqual([201, 201, 201]);
      const { posts } = (await app.anonymous().get<ThreadView>(`threads/${number}`)).body;
      expect(posts.map(({ documents }) => documents.map(({ title, file }) => [title, file.kind]))).toEqual([[], [['Schema di convenzione', 'pdf']]]);
      const document = await read(colleague, posts[1]?.documents[0]?.number ?? 0);
      expect(document.threads).toEqual([{ number, title: 'Come si fa una convenzione?', sequence: 2 }]);
    });

    it('comes with a question too', async () => {
      const uploadId = await anUpload(author, 'bozza.docx', wordFile(['Bozza']));
      const { status, body } = await author.post<ThreadView>(`networks/${network.key}/threads`, { clientId: randomUUID(), title: 'È corretta questa bozza?', html: '<p>Allego.</p>', attachments: [{ uploadId, title: 'La nostra bozza' }] });
      expect(status).toBe(201);
      expect(body.posts[0]?.documents).toMatchObject([{ title: 'La nostra bozza' }]);
    });

    it('leaves no post behind when the file is refused', async () => {
      const { number } = await aThread(colleague, network);
      const uploadId = await anUpload(author, 'x.exe', bytesOf('MZ'));
      const { status } = await author.post(`threads/${number}/posts`, { clientId: randomUUID(), html: '<p>Ecco.</p>', attachments: [{ uploadId }] });
      expect(status).toBe(422);
      expect((await author.get<ThreadView>(`threads/${number}`)).body.lastSequence).toBe(1);
      const twice = await anUpload(author, 'a.csv', bytesOf('a;b\n'));
      const reply = await author.post(`threads/${number}/posts`, { clientId: randomUUID(), html: '<p>Ecco.</p>', attachments: [{ uploadId: twice }, { uploadId: twice }] });
      expect(reply.body).toMatchObject({ status: 422, errors: [{ code: 'attachment-twice' }] });
    });
  });

  describe('a picture in a post', () => {
    const picture = async (client: TestClient, bytes: Uint8Array<ArrayBuffer>, name = 'foto.png', to = network) => client.post<{ id: string; address: string; width: number }>(`networks/${to.key}/images`, { uploadId: await anUpload(client, name, bytes) });

    it('is drawn anew, without what a camera writes into it', async () => {
      const photo = new Uint8Array(await sharp(await png(2000, 100)).jpeg().withExif({ IFD0: { Make: 'Fotocamera segreta' } }).toBuffer());
      expect(Buffer.from(photo).includes('Fotocamera segreta')).toBe(true);
      const { status, body } = await picture(author, photo, 'foto.jpg');
      expect(status).toBe(201);
      expect(body.width).toBe(1600);
      const shown = await author.raw('GET', body.address);
      const bytes = Buffer.from(await shown.arrayBuffer());
      expect(shown.headers.get('content-type')).toBe('image/webp');
      expect(bytes.includes('Fotocamera segreta')).toBe(false);
      expect((await sharp(bytes).metadata()).exif).toBeUndefined();
    });

    it('is shown to who may read a post that shows it, and to nobody once no post does', async () => {
      const { body } = await picture(author, await png());
      expect((await app.anonymous().raw('GET', body.address)).status).toBe(404);
      const { number } = await aThread(author, network, { html: `<p>Guardate:</p><img src="${body.address}" alt="La scuola">` });
      expect((await app.anonymous().raw('GET', body.address)).status).toBe(200);
      const { posts } = (await app.anonymous().get<ThreadView>(`threads/${number}`)).body;
      expect(posts[0]?.html).toContain(`<img src="${body.address}" alt="La scuola" />`);
      await author.patch(`posts/${posts[0]?.id}`, { html: '<p>Meglio di no.</p>' });
      expect((await app.anonymous().raw('GET', body.address)).status).toBe(404);
      const reply = await aReply(author, number, `<img src="${body.address}" alt="">`);
      expect((await app.anonymous().raw('GET', body.address)).status).toBe(200);
      await author.put(`posts/${reply.id}/removal`, {});
      expect((await app.anonymous().raw('GET', body.address)).status).toBe(404);
    });

    it('comes from our own store alone', async () => {
      const { number } = await aThread(author, network, { html: '<p>Prova <img src="https://altrove.example/spia.png"><img src="/api/v1/images/../people/me"><img src="data:image/png;base64,AAAA"></p>' });
      expect((await author.get<ThreadView>(`threads/${number}`)).body.posts[0]?.html).toBe('<p>Prova </p>');
    });

    it.each([['pagina.png', bytesOf('<html>')], ['disegno.svg', bytesOf('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')]])('is refused when it is none: %s', async (name, bytes) => {
      expect((await picture(author, bytes, name)).body).toMatchObject({ status: 422, errors: [{ code: 'image-type' }] });
    });

    it('of a reserved network does not get out by a post in a public one', async () => {
      const { body } = await picture(author, await png(), 'foto.png', reserved);
      await aThread(author, network, { html: `<p>Ecco</p><img src="${body.address}" alt="">` });
      expect((await app.anonymous().raw('GET', body.address)).status).toBe(404);
      expect((await stranger.raw('GET', body.address)).status).toBe(404);
    });
  });

  it('of a network for its members are nobody else’s', async () => {
    const number = await aDocument(author, reserved, { title: 'Riservatissimo', words: 'segretezza' });
    await app.settled();
    for (const path of [`documents/${number}`, `documents/${number}/content`, `documents/${number}/versions/1/content`, `networks/${reserved.key}/documents`]) {
      for (const client of [app.anonymous(), stranger, colleague, moderator]) expect((await client.get(path)).status).toBe(404);
      expect((await insider.get(path)).status).toBe(200);
    }
    for (const q of ['riservatissimo', 'segretezza', 'riservatisimo']) {
      for (const client of [app.anonymous(), stranger]) expect(await find(client, q)).toEqual([]);
      expect(await find(insider, q)).toEqual([number]);
    }
  });
});
