import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Draft, DraftList, DraftState } from '../../contract/drafts.ts';
import { database } from '../../database/connection.ts';
import { startTestApp, type TestApp, type TestClient } from '../../testing/app.ts';
import { aMember, aModerator, aNetwork, aThread, type BuiltNetwork } from '../factory.ts';

let app: TestApp;
let network: BuiltNetwork;
beforeAll(async () => {
  app = await startTestApp();
  network = await aNetwork();
});
afterAll(() => app.close());

/** A person with two devices, and a thread of hers. */
async function writer(where = network) {
  const person = await aMember(where);
  const [desk, telephone] = [await app.as(person), await app.as(person)];
  const { number } = await aThread(desk, where);
  return { person, desk, telephone, number, at: { desk: randomUUID(), telephone: randomUUID() } };
}

const save = async (client: TestClient, number: number, device: string, version: number, words: string) => (await client.put<DraftState>(`threads/${number}/draft`, { version, device, html: `<p>${words}</p>` })).body.draft as Draft;
const read = async (client: TestClient, number: number) => (await client.get<DraftState>(`threads/${number}/draft`)).body.draft;

describe('a draft', () => {
  it('is the same on every device, and its author’s alone', async () => {
    const { desk, telephone, number, at } = await writer();
    expect(await read(desk, number)).toBeNull();
    const kept = await save(desk, number, at.desk, 0, 'Comincio <b>qui</b><script>x</script>');
    expect(kept.html).toBe('<p>Comincio <strong>qui</strong></p>');
    expect(await read(telephone, number)).toEqual(kept);
    const further = await save(telephone, number, at.telephone, kept.version, 'Finisco qui');
    expect(further).toMatchObject({ html: '<p>Finisco qui</p>', others: [] });
    for (const other of [await app.as(await aMember(network)), await app.as(await aModerator(network))]) {
      expect(await read(other, number)).toBeNull();
      expect((await other.get<DraftList>('drafts')).body.items).toEqual([]);
      expect((await other.delete(`drafts/${kept.id}`)).status).toBe(404);
    }
  });

  it('loses nothing where two devices write at once: the newer wins, the other’s words are offered back', async () => {
    const { desk, telephone, number, at } = await writer();
    const first = await save(desk, number, at.desk, 0, 'Una');
    await save(desk, number, at.desk, first.version, 'Una e due');
    // It has seen only the first
    const won = await save(telephone, number, at.telephone, first.version, 'Un’altra');
    expect(won).toMatchObject({ html: '<p>Un’altra</p>', others: [{ html: '<p>Una e due</p>' }] });
    // The same save again, whose answer got lost, changes nothing
    expect(await save(telephone, number, at.telephone, first.version, 'Un’altra')).toEqual(won);
    // The desk writes on without having looked: what is beside is now the telephone’s, and one of each
    const back = await save(desk, number, at.desk, first.version + 1, 'Una e due e tre');
    expect(back).toMatchObject({ html: '<p>Una e due e tre</p>', others: [{ html: '<p>Un’altra</p>' }] });
    expect((await desk.delete(`drafts/${back.id}/others/${back.others[0]?.id}`)).status).toBe(200);
    expect((await read(telephone, number))?.others).toEqual([]);
  });

  it('begun by both at the same moment is one, with both their words', async () => {
    const { desk, telephone, number, at } = await writer();
    await Promise.all([save(desk, number, at.desk, 0, 'Dalla scrivania'), save(telephone, number, at.telephone, 0, 'Dal telefono')]);
    const kept = await read(desk, number);
    expect([kept?.html, ...(kept?.others ?? []).map(({ html }) => html)].toSorted()).toEqual(['<p>Dal telefono</p>', '<p>Dalla scrivania</p>']);
  });

  it('is gone once it is sent, but not what another device wrote meanwhile', async () => {
    const { desk, telephone, number, at } = await writer();
    const post = (draft?: number) => desk.post(`threads/${number}/posts`, { clientId: randomUUID(), html: '<p>Ecco</p>', draft });
    const first = await save(desk, number, at.desk, 0, 'Ecco');
    expect((await post(first.version)).status).toBe(201);
    expect(await read(telephone, number)).toBeNull();
    // The telephone saved something that the desk has not seen
    const second = await save(desk, number, at.desk, 0, 'Di nuovo');
    await save(telephone, number, at.telephone, second.version, 'Altro');
    await post(second.version);
    expect(await read(desk, number)).toMatchObject({ html: '<p>Altro</p>' });
    // What lay beside becomes the draft
    const third = await save(desk, number, at.desk, 1, 'Ancora');
    expect(third.others).toHaveLength(1);
    await post(third.version);
    expect(await read(desk, number)).toMatchObject({ html: '<p>Altro</p>', others: [] });
  });

  it('of a new thread has its title and tags, and is gone once the thread is there, or waits', async () => {
    const own = await aNetwork();
    const { desk, at } = await writer(own);
    const open = async () => {
      const { draft } = (await desk.put<DraftState>(`networks/${own.key}/draft`, { version: 0, device: at.desk, title: 'Una domanda nuova', tags: ['gare'], html: '' })).body;
      return desk.post(`networks/${own.key}/threads`, { clientId: randomUUID(), title: 'Una domanda nuova', html: '<p>Testo</p>', draft: draft?.version });
    };
    expect((await open()).status).toBe(201);
    expect((await desk.get<DraftState>(`networks/${own.key}/draft`)).body.draft).toBeNull();
    await database()('networks').where('id', own.id).update({ hold_first: true });
    expect((await open()).status).toBe(202);
    expect((await desk.get<DraftList>('drafts')).body.items).toEqual([]);
  });

  it('is listed with its place, and where that may no longer be read with its words alone', async () => {
    const closed = await aNetwork({ reading: 'members', joining: 'request' });
    const { person, desk, number, at } = await writer(closed);
    await save(desk, number, at.desk, 0, 'Le mie parole');
    await desk.put(`networks/${closed.key}/draft`, { version: 0, device: at.desk, title: 'Poi chiederò', html: '' });
    expect((await desk.get<DraftList>('drafts')).body.items).toMatchObject([
      { title: 'Poi chiederò', excerpt: '', place: { network: { key: closed.key }, thread: null } }, { excerpt: 'Le mie parole', place: { thread: { number } } },
    ]);
    await (await app.as(await aModerator(closed))).put(`memberships/${person.membershipId}/removal`, { reason: 'Ha cambiato ufficio' });
    const { items } = (await desk.get<DraftList>('drafts')).body;
    expect(items).toMatchObject([{ title: 'Poi chiederò', place: null }, { excerpt: 'Le mie parole', place: null }]);
    expect((await desk.put(`threads/${number}/draft`, { version: 0, device: at.desk, html: '<p>Altro</p>' })).status).toBe(404);
    expect((await desk.delete(`drafts/${items[0]?.id}`)).status).toBe(200);
  });

  it('has its limits: size, number, and only where one may write', async () => {
    const { person, desk, number, at } = await writer();
    expect((await desk.put(`threads/${number}/draft`, { version: -1, device: 'x', html: 'a'.repeat(60_001) })).body).toMatchObject({ errors: [{ path: 'body.html' }, { path: 'body.version' }, { path: 'body.device' }] });
    const stranger = await app.as(await aMember(await aNetwork()));
    expect((await stranger.put(`threads/${number}/draft`, { version: 0, device: at.desk, html: '<p>No</p>' })).status).toBe(403);
    await database().raw(
      `with places as (insert into networks (key, name, summary, joining, reading) select 'tante-' || i, 'Tante', 'Una rete di prova', 'open', 'public' from generate_series(1, 100) i returning id)
       insert into drafts (person_id, network_id, title, html, device, changed_at) select ?::uuid, id, 'Una', '', uuidv7(), now() from places`, [person.id]);
    expect((await desk.put(`threads/${number}/draft`, { version: 0, device: at.desk, html: '<p>Una di troppo</p>' })).body).toMatchObject({ code: 'draft-too-many' });
  });
});
