import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { io } from 'socket.io-client';
import { anAdministrator, aPerson, type BuiltPerson } from '../../accounts/factory.ts';
import type { Conversation, ConversationPage, DisclosedMessages, MessageList, WrittenTo } from '../../contract/direct.ts';
import type { CasePage } from '../../contract/moderation.ts';
import type { Me } from '../../contract/accounts.ts';
import { database } from '../../database/connection.ts';
import { clock } from '../../gateways/clock.ts';
import { writeDigest } from '../../notifications/digest/write-digest.ts';
import { aProvince } from '../../territory/factory.ts';
import { startTestApp, type TestApp, type TestClient } from '../../testing/app.ts';
import { aModerator, aNetwork } from '../factory.ts';
import { forgetTrust } from '../moderation/trust.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
afterEach(() => clock.reset());

interface Pair {
  ada: BuiltPerson;
  bea: BuiltPerson;
  a: TestClient;
  b: TestClient;
}
async function aPair(): Promise<Pair> {
  const [ada, bea] = [await aPerson({ given_name: 'Ada', family_name: 'Rizzo' }), await aPerson({ given_name: 'Bea', family_name: 'Lai', body: await aProvince('Nuoro') })];
  return { ada, bea, a: await app.as(ada), b: await app.as(bea) };
}
const begin = (client: TestClient, to: { id: string }, text = 'Buongiorno', clientId: string = randomUUID()) => client.post<WrittenTo>('conversations', { personId: to.id, clientId, text });
const write = (client: TestClient, id: string, text: string, clientId: string = randomUUID()) => client.post<MessageList>(`conversations/${id}/messages`, { clientId, text });
const read = async (client: TestClient, id: string) => (await client.get<Conversation>(`conversations/${id}`)).body;
const unread = async (client: TestClient) => (await client.get<{ unread: number }>('conversations/unread')).body.unread;
const suspend = (person: { id: string }, by: { id: string }, networkId: string | null) =>
  database()('moderation_measures').insert({ kind: 'suspended', person_id: person.id, network_id: networkId, reason: 'Toni', until: new Date(Date.now() + 86_400_000), taken_at: new Date(), taken_by: by.id });

describe('a conversation', () => {
  it('is one for two people, whoever begins; what is sent twice, or by both at once, is there once and in order', async () => {
    const { ada, bea, a, b } = await aPair();
    const clientId = randomUUID();
    const sent = await Promise.all([begin(a, bea, 'Prima', clientId), begin(a, bea, 'Prima', clientId), begin(b, ada, 'Anch’io'), begin(a, bea, 'Prima', clientId)]);
    expect(sent.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(new Set(sent.map(({ body }) => body.conversationId)).size).toBe(1);
    const id = sent[0]?.body.conversationId ?? '';
    const again = randomUUID();
    await Promise.all([write(a, id, 'Seconda', again), write(a, id, 'Seconda', again), write(b, id, 'Risposta')]);
    const { messages, lastSequence, with: other } = await read(a, id);
    expect(messages.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
    expect(lastSequence).toBe(4);
    expect(messages.map(({ text }) => text).sort()).toEqual(['Anch’io', 'Prima', 'Risposta', 'Seconda']);
    expect(messages.filter(({ mine }) => mine)).toHaveLength(2);
    expect(other).toEqual({ id: bea.id, name: 'Bea Lai', body: 'Provincia di Nuoro' });
    // How a client catches up
    expect((await b.get<MessageList>(`conversations/${id}/messages?from=3&limit=1`)).body).toMatchObject({ items: [{ sequence: 3 }], lastSequence: 4 });
    expect((await a.get<Conversation>(`conversations/${id}?limit=2`)).body.messages.map(({ sequence }) => sequence)).toEqual([3, 4]);
  });

  it('counts exactly what the other wrote and one has not read, in the list, in the header, on every device', async () => {
    const { bea, a, b } = await aPair();
    const { conversationId: id } = (await begin(a, bea)).body;
    await write(a, id, 'Ancora una cosa');
    expect([await unread(a), await unread(b)]).toEqual([0, 2]);
    await write(b, id, 'Rispondo senza aver letto tutto');
    // Her own answer does not hide what she has not read
    expect(await unread(b)).toBe(2);
    expect((await b.get<ConversationPage>('conversations')).body.items).toMatchObject([{ id, unread: 2, mine: true, excerpt: 'Rispondo senza aver letto tutto' }]);
    expect((await b.get<Me>('me')).body.actor?.unreadMessages).toBe(2);
    expect((await b.put(`conversations/${id}/reading`, { sequence: 1 })).body).toEqual({ readSequence: 1 });
    expect(await unread(b)).toBe(1);
    // Never beyond what is there, never backwards
    expect((await b.put(`conversations/${id}/reading`, { sequence: 99 })).body).toEqual({ readSequence: 3 });
    expect((await b.put(`conversations/${id}/reading`, { sequence: 1 })).body).toEqual({ readSequence: 3 });
    expect([await unread(a), await unread(b)]).toEqual([1, 0]);
  });

  it('says "look again" over the sockets to the two alone', async () => {
    const { bea, a, b } = await aPair();
    const heard: Record<string, unknown[]> = { b: [], stranger: [] };
    const stranger = await app.as(await anAdministrator());
    const sockets = await Promise.all([['b', b] as const, ['stranger', stranger] as const].map(async ([who, client]) => {
      const socket = io(`${app.url}/app`, { extraHeaders: { cookie: client.cookieHeader }, transports: ['websocket'], forceNew: true });
      socket.on('direct:changed', (hint: unknown) => heard[who]?.push(hint));
      await new Promise<void>((resolve) => socket.once('connect', resolve));
      return socket;
    }));
    const told = new Promise<void>((resolve) => sockets[0]?.once('direct:changed', () => resolve()));
    const { conversationId } = (await begin(a, bea)).body;
    await told;
    // The stranger is not deaf: what is for her she hears
    const own = new Promise<void>((resolve) => sockets[1]?.once('direct:changed', () => resolve()));
    await begin(stranger, bea, 'Da UPI');
    await own;
    expect(heard['b']?.[0]).toEqual({ conversation: conversationId, lastSequence: 1 });
    expect(JSON.stringify(heard['stranger'])).not.toContain(conversationId);
    sockets.forEach((socket) => socket.disconnect());
  });

  it('is found by nobody else, administrators and moderators neither, by any route', async () => {
    const { bea, a } = await aPair();
    const { conversationId: id, message } = (await begin(a, bea, 'Solo per te: amaranto')).body;
    const network = await aNetwork();
    for (const who of [await anAdministrator(), await aPerson({ roles: [{ role: 'moderator', scope: 'platform', scopeId: null }] }), await aModerator(network), await aPerson()]) {
      const client = await app.as(who);
      const replies = [await client.get(`conversations/${id}`), await client.get(`conversations/${id}/messages`), await write(client, id, 'Eccomi'), await client.put(`conversations/${id}/reading`, { sequence: 1 }), await client.post(`direct-messages/${message.id}/reports`, { reason: 'spam' })];
      expect(replies.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
      expect((await client.get<ConversationPage>('conversations')).body.items).toEqual([]);
    }
    // What she is told by mail, which an administrator can read where no mail server sends it, says nothing of it
    await app.settled();
    expect(await database()('mails').where('person_id', bea.id).whereLike('key', 'direct:%')).toHaveLength(1);
    const { rows } = await database().raw<{ rows: { n: number }[] }>("select (select count(*) from mails m where m::text like '%amaranto%') + (select count(*) from notices x where x::text like '%amaranto%') + (select count(*) from audit_entries e where e::text like '%amaranto%') + (select count(*) from bullmq.job j where j::text like '%amaranto%') as n");
    expect(rows).toEqual([{ n: 0 }]);
    expect(await database()('direct_messages').whereLike('text', '%amaranto%')).toHaveLength(1);
  });
});

describe('who may write to whom', () => {
  const refusal = async (reply: Promise<{ status: number; body: unknown }>) => {
    const { status, body } = await reply;
    return { status, ...(body as { code: string; detail: string }), requestId: '' };
  };

  it('is people whom a body has recognised, and not oneself', async () => {
    const { ada, bea, a } = await aPair();
    const unrecognised = await aPerson({ body: null });
    const hers = await app.as(unrecognised);
    expect(await refusal(begin(hers, bea))).toMatchObject({ status: 403, code: 'direct-no-body' });
    expect((await hers.get(`correspondents/${bea.id}`)).body).toMatchObject({ status: 403, code: 'direct-no-body' });
    expect(await refusal(begin(a, unrecognised))).toMatchObject({ status: 403, code: 'direct-not-possible' });
    expect(await refusal(begin(a, ada))).toMatchObject({ status: 404 });
    expect(await refusal(begin(a, { id: randomUUID() }))).toMatchObject({ status: 404 });
    expect((await a.get(`correspondents/${bea.id}`)).body).toEqual({ person: { id: bea.id, name: 'Bea Lai', body: 'Provincia di Nuoro' }, conversationId: null, refusal: null });
    const { body } = await begin(a, bea, '   ');
    expect(body).toMatchObject({ status: 422, errors: [{ path: 'body.text' }] });
    expect((await begin(a, bea, 'x'.repeat(4001))).status).toBe(422);
  });

  it('ends with a block: who is blocked hears the same as of somebody who cannot be reached', async () => {
    const { ada, bea, a, b } = await aPair();
    const { conversationId: id } = (await begin(a, bea)).body;
    expect((await b.put(`correspondents/${ada.id}/block`)).status).toBe(200);
    expect((await b.put(`correspondents/${ada.id}/block`)).status).toBe(200);
    const blocked = await refusal(write(a, id, 'Perché non rispondi?'));
    const gone = await aPerson();
    await database()('people').where('id', gone.id).update({ suspended_at: new Date() });
    expect(blocked).toMatchObject({ status: 403, code: 'direct-not-possible', detail: 'Non è possibile scrivere a questa persona.' });
    expect(await refusal(begin(a, gone))).toEqual(blocked);
    expect(await read(a, id)).toMatchObject({ blocked: false, refusal: { code: 'direct-not-possible' }, abilities: { write: false } });
    // Who blocked is told why she cannot write either, and reads what there was
    expect(await refusal(write(b, id, 'Ti ho bloccata'))).toMatchObject({ status: 409, code: 'direct-blocked' });
    expect(await read(b, id)).toMatchObject({ blocked: true, messages: [{ text: 'Buongiorno' }] });
    await b.delete(`correspondents/${ada.id}/block`);
    expect((await write(a, id, 'Grazie')).status).toBe(201);
    expect((await b.put(`correspondents/${bea.id}/block`)).status).toBe(404);
  });

  it('is not for who is suspended from writing, wherever that was said', async () => {
    const { ada, bea, a, b } = await aPair();
    const { conversationId: id } = (await begin(a, bea)).body;
    const [network, moderator] = [await aNetwork(), await anAdministrator()];
    await suspend(ada, moderator, network.id);
    expect(await refusal(write(a, id, 'Sono sospesa'))).toMatchObject({ status: 403, code: 'writing-suspended' });
    await suspend(bea, moderator, null);
    expect(await refusal(begin(b, ada))).toMatchObject({ status: 403, code: 'writing-suspended' });
    expect((await read(a, id)).messages).toHaveLength(1);
  });

  it('is few people a day for somebody new, more for who is known; an answer is no new conversation', async () => {
    const [newcomer, others] = [await aPerson(), await Promise.all(Array.from({ length: 5 }, () => aPerson()))];
    const [first, second, third, fourth, fifth] = others as [BuiltPerson, BuiltPerson, BuiltPerson, BuiltPerson, BuiltPerson];
    const client = await app.as(newcomer);
    for (const who of [first, second, third]) expect((await begin(client, who)).status).toBe(201);
    const refused = await begin(client, fourth);
    expect([refused.status, refused.body]).toMatchObject([429, { code: 'too-many-requests' }]);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(80_000);
    expect((await begin(client, first, 'Di nuovo a te')).status).toBe(201);
    const fromFourth = await begin(await app.as(fourth), newcomer);
    expect((await write(client, fromFourth.body.conversationId, 'Rispondo')).status).toBe(201);
    await database()('trust_grants').insert({ person_id: newcomer.id, granted_by: fifth.id, at: new Date() });
    forgetTrust(newcomer.id);
    expect((await begin(client, fifth)).status).toBe(201);
  });

  it('counts the new conversations of a day also when they are begun at once', async () => {
    const newcomer = await aPerson();
    const client = await app.as(newcomer);
    const others = await Promise.all(Array.from({ length: 6 }, () => aPerson()));
    const replies = await Promise.all(others.map((who) => begin(client, who)));
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 201, 201, 429, 429, 429]);
    clock.advance(24 * 3_600_000 + 60_000);
    forgetTrust(newcomer.id);
    expect((await begin(client, others[5] ?? newcomer)).status).toBe(201);
  });
});

describe('the notice of a message', () => {
  const notices = async (person: BuiltPerson) => (await database()('notices').where({ person_id: person.id, kind: 'direct-message' }).orderBy('id').select('read_at', 'digest', 'link')) as { read_at: Date | null; digest: string | null; link: string }[];
  const mails = async (person: BuiltPerson) => (await database()('mails').where('person_id', person.id).whereLike('key', 'direct:%')).length;

  it('comes once until one has looked, and not at all to who is looking', async () => {
    const { ada, bea, a, b } = await aPair();
    const { conversationId: id } = (await begin(a, bea)).body;
    await write(a, id, 'E poi');
    await app.settled();
    expect(await notices(bea)).toMatchObject([{ read_at: null, link: `/messaggi/${id}` }]);
    expect(await mails(bea)).toBe(1);
    expect(await notices(ada)).toEqual([]);
    await b.put(`conversations/${id}/reading`, { sequence: 2 });
    await app.settled();
    expect((await notices(bea)).map(({ read_at }) => read_at !== null)).toEqual([true]);
    // Read before anybody is told: nothing rings
    const { message } = { message: (await write(a, id, 'Ci sei?')).body.items[0] };
    await b.put(`conversations/${id}/reading`, { sequence: message?.sequence ?? 0 });
    await app.settled();
    expect((await notices(bea)).filter(({ read_at }) => read_at === null)).toEqual([]);
  });

  it('comes by the way that one has chosen: with the digest, or in the page alone', async () => {
    const { bea, a, b } = await aPair();
    const settings = (message: string) => ({ ways: { mention: 'now', reply: 'now', thread: 'now', solution: 'now', message, suggestion: 'none' }, quiet: null, quietWeekends: false, mails: true });
    expect((await b.put('notification-settings', settings('daily'))).status).toBe(200);
    await begin(a, bea);
    await app.settled();
    expect([await notices(bea), await mails(bea)]).toMatchObject([[{ digest: 'daily' }], 0]);
    await writeDigest(bea.id, '2026-11-26');
    await app.settled();
    expect(await database()('mails').where('person_id', bea.id).whereLike('key', 'digest:%').pluck('body_text')).toEqual([expect.stringContaining('Un messaggio da Ada Rizzo')]);
    const third = await aPerson();
    const c = await app.as(third);
    expect((await c.put('notification-settings', settings('none'))).status).toBe(200);
    await begin(a, third);
    await app.settled();
    expect([await notices(third), await mails(third)]).toMatchObject([[{ digest: null }], 0]);
  });
});

describe('a report', () => {
  it('shows the moderators of the platform the message and three before it, by an act that stays in the record, and nothing else', async () => {
    const { ada, bea, a, b } = await aPair();
    const { conversationId: id } = (await begin(a, bea, 'Uno: lontano')).body;
    for (const text of ['Due', 'Tre', 'Quattro']) await write(b, id, text);
    const bad = (await write(a, id, 'Cinque: offende')).body.items[0]?.id ?? '';
    await write(a, id, 'Sei: dopo');
    expect((await a.post(`direct-messages/${bad}/reports`, { reason: 'offensive' })).body).toMatchObject({ status: 403, code: 'report-own' });
    expect((await b.post(`direct-messages/${bad}/reports`, { reason: 'other' })).status).toBe(422);
    const twice = await Promise.all([b.post(`direct-messages/${bad}/reports`, { reason: 'offensive', note: 'Mi offende' }), b.post(`direct-messages/${bad}/reports`, { reason: 'offensive' })]);
    expect(twice.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect((await read(b, id)).messages.filter(({ reported }) => reported)).toMatchObject([{ id: bad }]);
    await app.settled();

    const network = await aNetwork();
    const judge = await aPerson({ roles: [{ role: 'moderator', scope: 'platform', scopeId: null }] });
    const [platform, ofNetwork] = [await app.as(judge), await app.as(await aModerator(network))];
    const listed = (await platform.get<CasePage>('moderation/cases?limit=100')).body.items.find(({ kind, author }) => kind === 'message' && author.id === ada.id);
    // The list says that there is something, and not what
    expect(listed).toMatchObject({ network: null, post: null, flags: [{ reason: 'offensive', by: { id: bea.id } }], abilities: { decide: true } });
    expect(JSON.stringify(listed)).not.toMatch(/offende[^A-Z]*"text|Cinque/);
    const disclosure = `moderation/cases/${listed?.id}/disclosure`;
    for (const client of [ofNetwork, a, b]) expect((await client.put(disclosure)).status).toBe(404);
    const entries = () => database()('audit_entries').where({ act: 'message.disclose', actor_id: judge.id, subject_id: ada.id });
    expect(await entries()).toEqual([]);
    expect((await platform.put<DisclosedMessages>(disclosure)).body.items.map(({ text, reported }) => [text, reported])).toEqual([['Due', false], ['Tre', false], ['Quattro', false], ['Cinque: offende', true]]);
    expect((await platform.put(disclosure)).status).toBe(200);
    expect(await entries()).toMatchObject([{ details: { case: listed?.id } }]);

    const decide = (body: object) => platform.put(`moderation/cases/${listed?.id}/decision`, body);
    expect((await decide({ decision: 'approved' })).status).toBe(422);
    expect((await decide({ decision: 'upheld', reason: 'Offende una collega', hide: true })).body).toMatchObject({ errors: [{ code: 'message-hide' }] });
    expect((await ofNetwork.put(`moderation/cases/${listed?.id}/decision`, { decision: 'dismissed' })).status).toBe(404);
    expect((await decide({ decision: 'upheld', reason: 'Offende una collega', warning: 'Si scrive con rispetto.', suspension: { until: new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10) } })).status).toBe(200);
    expect((await write(a, id, 'Ancora')).body).toMatchObject({ status: 403, code: 'writing-suspended' });
    // Once it is decided it is closed again
    expect((await platform.put(disclosure)).status).toBe(404);
    await app.settled();
    expect(await database()('notices').where('person_id', bea.id).whereLike('key', 'decided:%').pluck('kind')).toEqual(['report-upheld']);
    expect((await database()('notices').where('person_id', ada.id).whereLike('key', 'measure:%').pluck('kind')).sort()).toEqual(['author-suspended-everywhere', 'author-warned-message']);
    expect(await database()('audit_entries').where({ act: 'message.upheld', subject_id: ada.id })).toHaveLength(1);
  });
});
