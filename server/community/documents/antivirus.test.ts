import type { AddressInfo, Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { config } from '../../config.ts';
import type { DocumentView } from '../../contract/documents.ts';
import { database } from '../../database/connection.ts';
import { startTestApp, type TestApp, type TestClient } from '../../testing/app.ts';
import { clamd, EICAR } from '../../testing/clamd.ts';
import { aMember, aNetwork, type BuiltNetwork } from '../factory.ts';
import { anUpload } from './factory.ts';

describe('where an antivirus is configured', () => {
  let app: TestApp;
  let network: BuiltNetwork;
  let author: TestClient;
  let authorId: string;
  let server: Server;
  let port: number;
  const listen = async (at = 0) => {
    server = clamd();
    await new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  };
  const silence = () => new Promise((resolve) => server.close(resolve));

  beforeAll(async () => {
    app = await startTestApp();
    network = await aNetwork();
    const person = await aMember(network);
    authorId = person.id;
    author = await app.as(person);
    await listen();
    config.clamd = { host: '127.0.0.1', port };
  });
  afterAll(async () => {
    config.clamd = undefined;
    await app.close();
    await silence();
  });

  const put = async (text: string) => {
    const uploadId = await anUpload(author, 'nota.txt', new Uint8Array(Buffer.from(text)));
    return (await author.post<DocumentView>(`networks/${network.key}/documents`, { uploadId, title: 'Una nota', licence: 'cc-by-4.0' })).body.number;
  };
  const state = async (number: number) => (await author.get<DocumentView>(`documents/${number}`)).body.file.state;

  it('a clean file is everybody’s once it has been looked at', async () => {
    const number = await put('Una nota innocente');
    await app.settled();
    expect(await state(number)).toBe('ready');
    expect((await app.anonymous().get(`documents/${number}/content`)).status).toBe(200);
  });

  it('an infected one is nobody’s, its author is told, and it is not read', async () => {
    const number = await put(`Tieni: ${EICAR}`);
    await app.settled();
    expect(await state(number)).toBe('infected');
    for (const client of [author, app.anonymous()]) expect((await client.get(`documents/${number}/content`)).body).toMatchObject({ status: 410, code: 'document-infected' });
    const notice = (await database()('notices').where({ person_id: authorId, kind: 'document-infected' }).first('params')) as { params: { infection: string } };
    expect(notice.params.infection).toBe('Win.Test.EICAR_HDB-1');
    expect(await database()('document_versions').where('scan', 'infected').whereNotNull('words')).toEqual([]);
  });

  it('while it does not answer a file waits, its author alone can open it, and then it is looked at', async () => {
    await silence();
    const number = await put('Una nota paziente');
    expect(await state(number)).toBe('waiting');
    expect((await app.anonymous().get(`documents/${number}/content`)).body).toMatchObject({ status: 409, code: 'document-waiting' });
    expect((await author.get(`documents/${number}/content`)).status).toBe(200);
    await listen(port);
    await app.settled();
    expect(await state(number)).toBe('ready');
    expect((await app.anonymous().get(`documents/${number}/content`)).status).toBe(200);
  });
});
