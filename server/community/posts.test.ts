import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aPerson } from '../accounts/factory.ts';
import type { Post, PostVersions, ThreadPage, ThreadView } from '../contract/community.ts';
import type { SearchPage } from '../contract/search.ts';
import { database } from '../database/connection.ts';
import { aProvince } from '../territory/factory.ts';
import { startTestApp, type TestApp, type TestClient } from '../testing/app.ts';
import { aMember, aModerator, aNetwork, aReply, aThread, type BuiltNetwork } from './factory.ts';

let app: TestApp;
let network: BuiltNetwork;
beforeAll(async () => {
  app = await startTestApp();
  network = await aNetwork();
});
afterAll(() => app.close());

const member = async (where: { id: string } = network) => {
  const person = await aMember(where);
  return { person, client: await app.as(person) };
};
const view = async (client: TestClient, number: number, query = '') => (await client.get<ThreadView>(`threads/${number}${query}`)).body;

describe('what is unread', () => {
  it('is exact: by post and person, forwards only, the same on every device, all at once', async () => {
    const own = await aNetwork();
    const [writer, reader] = [await member(own), await member(own)];
    const { number } = await aThread(writer.client, own);
    await aReply(writer.client, number);
    await aReply(writer.client, number);
    const unread = async (client: TestClient) => (await client.get<ThreadPage>(`networks/${own.key}/threads`)).body.items[0]?.unread;
    expect(await unread(reader.client)).toBe(3);
    expect(await unread(writer.client)).toBe(0);
    expect(await unread(app.anonymous())).toBeNull();
    expect((await reader.client.put(`threads/${number}/reading`, { sequence: 2 })).body).toEqual({ readSequence: 2 });
    expect((await reader.client.put(`threads/${number}/reading`, { sequence: 1 })).body).toEqual({ readSequence: 2 });
    expect(await unread(await app.as(reader.person))).toBe(1);
    expect((await view(reader.client, number)).readSequence).toBe(2);
    // What she answers without having read the rest does not make the rest read
    await aReply(writer.client, number);
    await aReply(reader.client, number);
    expect(await unread(reader.client)).toBe(3);
    expect((await reader.client.put(`threads/${number}/reading`, { sequence: 99 })).body).toEqual({ readSequence: 5 });
    await aReply(writer.client, number);
    expect(await unread(reader.client)).toBe(1);
    expect((await reader.client.put(`networks/${own.key}/reading`)).status).toBe(200);
    expect(await unread(reader.client)).toBe(0);
    await aReply(writer.client, number);
    expect(await unread(reader.client)).toBe(1);
    // Who comes later has nothing to catch up with
    expect(await unread((await member(own)).client)).toBe(7);
    const late = await app.as(await aPerson());
    await late.put(`networks/${own.key}/membership`);
    expect(await unread(late)).toBe(0);
    await aReply(writer.client, number);
    expect(await unread(late)).toBe(1);
    expect((await (await app.as(await aPerson())).put(`threads/${number}/reading`, { sequence: 1 })).status).toBe(403);
  });
});

describe('a post', () => {
  it('is rewritten by its author alone, and what it said before can be read', async () => {
    const [{ client }, other] = [await member(), await member()];
    const { number } = await aThread(client, network);
    const { id } = await aReply(client, number, '<p>Prima versione</p>');
    expect((await other.client.patch(`posts/${id}`, { html: '<p>Altro</p>' })).status).toBe(403);
    expect((await client.patch<Post>(`posts/${id}`, { html: '<p>Seconda <b>versione</b></p>' })).body).toMatchObject({ html: '<p>Seconda <strong>versione</strong></p>', editedAt: expect.any(String) });
    expect((await app.anonymous().get<PostVersions>(`posts/${id}/versions`)).body.items).toMatchObject([{ html: '<p>Prima versione</p>' }]);
  });

  it('is never both removed and the solution, whoever was first', async () => {
    const [asker, helper] = [await member(), await member()];
    for (let round = 0; round < 12; round += 1) {
      const { number } = await aThread(asker.client, network);
      const answer = await aReply(helper.client, number);
      const [removal] = await Promise.all([helper.client.put(`posts/${answer.id}/removal`, {}), asker.client.put(`threads/${number}/acceptance`, { postId: answer.id })]);
      expect(removal.status).toBe(200);
      expect((await view(asker.client, number)).accepted).toBeNull();
    }
  });

  it('is taken back by its author or removed by a moderator, and keeps its place', async () => {
    const [{ client }, other, moderator] = [await member(), await member(), await app.as(await aModerator(network))];
    const { number, postId } = await aThread(client, network);
    const answer = await aReply(other.client, number, '<p>Parole da togliere</p>');
    await client.put(`threads/${number}/acceptance`, { postId: answer.id });
    expect((await client.put(`posts/${answer.id}/removal`, {})).status).toBe(403);
    expect((await client.put(`posts/${postId}/removal`, {})).body).toMatchObject({ code: 'post-question' });
    expect((await moderator.put<Post>(`posts/${answer.id}/removal`, { reason: 'Contiene dati personali' })).body).toMatchObject({ html: '', deleted: { reason: 'Contiene dati personali' } });
    const seen = await view(client, number);
    expect(seen.posts.map(({ sequence, html }) => [sequence, html])).toEqual([[1, '<p>Chiedo consiglio.</p>'], [2, '']]);
    expect(seen.accepted).toBeNull();
    expect((await client.get<SearchPage>('search?q=parole+da+togliere')).body.items.map(({ thread }) => thread.number)).not.toContain(number);
    expect((await client.get(`posts/${answer.id}/versions`)).status).toBe(404);
    expect((await other.client.put(`posts/${answer.id}/removal`, {})).body).toMatchObject({ code: 'post-removed' });
    expect(await database()('audit_entries').where({ subject_id: answer.id, act: 'post.remove' })).toMatchObject([{ details: { before: '<p>Parole da togliere</p>', reason: 'Contiene dati personali' } }]);
  });

  it('counts reactions once a person, and none of its author', async () => {
    const [{ client }, other] = [await member(), await member()];
    const { postId } = await aThread(client, network);
    expect((await client.put(`posts/${postId}/reactions/useful`)).status).toBe(403);
    await other.client.put(`posts/${postId}/reactions/useful`);
    expect((await other.client.put<Post>(`posts/${postId}/reactions/useful`)).body.reactions).toEqual([{ kind: 'useful', count: 1, mine: true }]);
    expect((await other.client.put(`posts/${postId}/reactions/angry`)).status).toBe(404);
    expect((await other.client.delete<Post>(`posts/${postId}/reactions/useful`)).body.reactions).toEqual([]);
  });

  it('counts "we too" by body, not by person', async () => {
    const [asker, first, second] = [await member(), await member(), await member()];
    const third = await app.as(await aMember(network, { person: await aPerson({ body: await aProvince('Nuoro') }) }));
    const { number } = await aThread(asker.client, network);
    await first.client.put(`threads/${number}/interest`);
    await second.client.put(`threads/${number}/interest`);
    expect((await third.put(`threads/${number}/interest`)).body).toEqual({ bodies: 2, mine: true });
    expect((await third.delete(`threads/${number}/interest`)).body).toEqual({ bodies: 1, mine: false });
  });
});
