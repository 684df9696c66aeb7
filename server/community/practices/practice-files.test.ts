import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aPerson } from '../../accounts/factory.ts';
import type { Practice } from '../../contract/practices.ts';
import { database } from '../../database/connection.ts';
import { startTestApp, type TestApp, type TestClient } from '../../testing/app.ts';
import { anUpload } from '../documents/factory.ts';
import { aMember, aModerator, aNetwork } from '../factory.ts';
import { aDraft, aPublished, aSheet } from './factory.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ workers: false });
});
afterAll(() => app.close());

const upload = (client: TestClient, words: string) => anUpload(client, 'capitolato.txt', new TextEncoder().encode(words));
const attach = (client: TestClient, number: number, uploadId: string, revision: number) => client.post<Practice>(`practices/${number}/files`, { uploadId, revision });
const statusOf = async (client: TestClient, number: number, id: string) => (await client.raw('GET', `/api/v1/practices/${number}/files/${id}/content`)).status;

describe('documents of a best practice', () => {
  it('are the author’s and the reviewers’ until they are published, then everybody’s; versions keep theirs', async () => {
    const network = await aNetwork();
    const [author, moderator, member, anybody] = [await app.as(await aMember(network)), await app.as(await aModerator(network)), await app.as(await aMember(network)), app.anonymous()];
    const number = await aDraft(author, network);
    const added = await attach(author, number, await upload(author, 'Il capitolato'), 1);
    expect([added.status, added.body]).toMatchObject([201, { files: [{ title: 'capitolato', file: { name: 'capitolato.txt', state: 'ready' } }], work: { revision: 2 } }]);
    const id = added.body.files[0]?.id ?? '';
    // A draft is nobody's but its author's; handed in, its reviewers' too
    expect(await Promise.all([author, moderator, member, anybody].map((client) => statusOf(client, number, id)))).toEqual([200, 404, 404, 404]);
    expect((await author.put(`practices/${number}/submission`, { revision: 2 })).status).toBe(200);
    expect(await Promise.all([author, moderator, member, anybody].map((client) => statusOf(client, number, id)))).toEqual([200, 200, 404, 404]);
    // While it is reviewed nothing is added
    expect((await attach(author, number, await upload(author, 'Troppo tardi'), 2)).body).toMatchObject({ status: 409, code: 'practice-in-review' });
    expect((await moderator.put(`practices/${number}/publication`, { revision: 2 })).status).toBe(200);
    expect(await Promise.all([author, moderator, member, anybody].map((client) => statusOf(client, number, id)))).toEqual([200, 200, 200, 200]);
    expect(await (await anybody.raw('GET', `/api/v1/practices/${number}/files/${id}/content`)).text()).toBe('Il capitolato');

    // The next version has another one: what was published keeps its own
    const next = await attach(author, number, await upload(author, 'Il nuovo capitolato'), 2);
    const second = next.body.files[1]?.id ?? '';
    const without = await author.delete<Practice>(`practices/${number}/files/${id}?revision=${next.body.work?.revision}`);
    expect(without.body.files.map((file) => file.id)).toEqual([second]);
    expect((await anybody.get<Practice>(`practices/${number}`)).body.files.map((file) => file.id)).toEqual([id]);
    expect([await statusOf(anybody, number, id), await statusOf(anybody, number, second)]).toEqual([200, 404]);
    // Thrown away, the working copy is what was published
    expect((await author.delete(`practices/${number}/work?revision=${without.body.work?.revision}`)).status).toBe(200);
    expect((await author.get<Practice>(`practices/${number}?version=work`)).body.files.map((file) => file.id)).toEqual([id]);
  });

  it('are those of a network that one may read', async () => {
    const network = await aNetwork({ reading: 'members', joining: 'closed' });
    const [author, moderator, outsider] = [await app.as(await aMember(network)), await app.as(await aModerator(network)), await app.as(await aPerson())];
    const number = await aDraft(author, network);
    const id = (await attach(author, number, await upload(author, 'Riservato'), 1)).body.files[0]?.id ?? '';
    await author.put(`practices/${number}/submission`, { revision: 2 });
    await moderator.put(`practices/${number}/publication`, { revision: 2 });
    expect([await statusOf(author, number, id), await statusOf(outsider, number, id)]).toEqual([200, 404]);
    // Nor through another sheet
    const open = await aNetwork();
    const other = await aPublished(await app.as(await aMember(open)), await app.as(await aModerator(open)), open);
    expect(await statusOf(outsider, other, id)).toBe(404);
  });

  it('are added by the author alone, once, and to the copy that she sees', async () => {
    const network = await aNetwork();
    const [author, member] = [await app.as(await aMember(network)), await app.as(await aMember(network))];
    const number = await aDraft(author, network);
    const uploadId = await upload(author, 'Una volta');
    const both = await Promise.all([attach(author, number, uploadId, 1), attach(author, number, uploadId, 1)]);
    expect(both.map(({ status }) => status).filter((status) => status === 201).length).toBeGreaterThan(0);
    expect((await author.get<Practice>(`practices/${number}?version=work`)).body.files).toHaveLength(1);
    expect((await attach(author, number, await upload(author, 'Altra finestra'), 1)).body).toMatchObject({ status: 409, code: 'practice-changed' });
    expect((await attach(member, number, await upload(member, 'Non mia'), 2)).status).toBe(404);
    expect((await attach(author, number, await upload(member, 'Di un’altra'), 2)).status).toBe(404);
    const program = await anUpload(author, 'programma.exe', new Uint8Array([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0]));
    expect((await attach(author, number, program, 2)).status).toBe(422);
    expect((await author.delete(`practices/${number}/files/${crypto.randomUUID()}?revision=2`)).status).toBe(404);
  });
});

describe('a sheet whose author has left', () => {
  it('is taken over by a moderator of its network, on the record, and by nobody while the author is there', async () => {
    const network = await aNetwork();
    const [person, keeper] = [await aMember(network), await aModerator(network)];
    const [author, moderator, other, member] = [await app.as(person), await app.as(keeper), await app.as(await aModerator(network)), await app.as(await aMember(network))];
    const number = await aPublished(author, moderator, network);
    // What she has begun and shown to nobody
    expect((await author.put(`practices/${number}/work`, { revision: 1, ...aSheet({ title: 'Un appunto soltanto mio' }) })).status).toBe(200);
    const takeOver = (client: TestClient) => client.put<Practice>(`practices/${number}/authorship`);
    expect((await takeOver(moderator)).body).toMatchObject({ status: 409, code: 'practice-author-here' });
    expect((await moderator.get<Practice>(`practices/${number}`)).body.abilities.takeOver).toBe(false);
    await author.delete(`networks/${network.key}/membership`);
    expect((await takeOver(member)).status).toBe(403);
    expect((await moderator.get<Practice>(`practices/${number}`)).body.abilities.takeOver).toBe(true);
    const taken = await takeOver(moderator);
    expect([taken.status, taken.body]).toMatchObject([200, { author: { id: keeper.id }, body: { title: 'Provincia di Treviso' }, abilities: { edit: true, takeOver: false } }]);
    expect((await takeOver(moderator)).status).toBe(200);
    // The new author is here: nobody takes it from her
    expect((await takeOver(other)).body).toMatchObject({ status: 409, code: 'practice-author-here' });
    expect(await database()('audit_entries').where({ act: 'practice.take-over' }).select('actor_id', 'details')).toMatchObject([{ actor_id: keeper.id, details: { before: person.id, after: keeper.id } }]);
    expect(await database()('practices').where({ number }).first('title', 'revision')).toEqual({ title: expect.not.stringContaining('appunto'), revision: 3 });
    // Whose words the published ones are does not change
    expect(await database()('practice_versions as v').join('practices as p', 'p.id', 'v.practice_id').where('p.number', number).pluck('v.author_id')).toEqual([person.id]);
    // She goes on with it, and somebody else reviews it
    expect((await moderator.put(`practices/${number}/work`, { revision: 3, ...aSheet({ title: 'Una piattaforma sola, aggiornata' }) })).status).toBe(200);
    expect((await moderator.put(`practices/${number}/submission`, { revision: 4 })).status).toBe(200);
    expect((await moderator.put(`practices/${number}/publication`, { revision: 4 })).body).toMatchObject({ code: 'practice-own-review' });
    expect((await other.put(`practices/${number}/publication`, { revision: 4 })).status).toBe(200);
  });
});
