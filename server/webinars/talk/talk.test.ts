import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import { aPerson } from '../../accounts/factory.ts';
import type { RoomAnnouncements, RoomMessage, RoomMessages, RoomPolls, RoomQuestions } from '../../contract/room-talk.ts';
import { database } from '../../database/connection.ts';
import { startTestApp, type TestApp, type TestClient } from '../../testing/app.ts';
import { aSeat, aStaff, aWebinar } from '../factory.ts';

let app: TestApp;
const sockets: Socket[] = [];
beforeAll(async () => {
  app = await startTestApp({ workers: false });
});
afterAll(async () => {
  for (const socket of sockets) socket.disconnect();
  await app.close();
});

async function aRoom(starts = -5) {
  const [presenter, moderator, inspector, one, two, stranger] = [await aPerson(), await aPerson(), await aPerson(), await aPerson({ given_name: 'Lia', family_name: 'Allieva' }), await aPerson(), await aPerson()];
  const webinar = await aWebinar({ starts, organiser: presenter });
  await aStaff(webinar, moderator, 'moderator');
  await aStaff(webinar, inspector, 'inspector');
  await aSeat(webinar, one);
  await aSeat(webinar, two);
  const [lead, keeps, silent, learner, other, outside] = [await app.as(presenter), await app.as(moderator), await app.as(inspector), await app.as(one), await app.as(two), await app.as(stranger)];
  return { webinar, path: `webinars/${webinar.number}`, one, two, lead, keeps, silent, learner, other, outside };
}

/** What a browser hears on a topic. */
async function hearing(browser: TestClient, topic: string): Promise<{ ok: boolean; heard: { event: string; told: { message?: RoomMessage; sequence?: number; what?: string } }[] }> {
  const socket = io(`${app.url}/app`, { extraHeaders: { cookie: browser.cookieHeader }, transports: ['websocket'], forceNew: true, reconnection: false });
  sockets.push(socket);
  const heard: { event: string; told: { message?: RoomMessage; sequence?: number; what?: string } }[] = [];
  socket.onAny((event: string, told: { message?: RoomMessage; sequence?: number; what?: string }) => heard.push({ event, told }));
  const { ok } = (await socket.emitWithAck('subscribe', topic)) as { ok: boolean };
  return { ok, heard };
}

async function until(what: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 5000; !what(); await new Promise((resolve) => setTimeout(resolve, 5))) if (Date.now() > deadline) throw new Error('It did not happen in time');
}

const message = (text: string, more: object = {}) => ({ clientId: randomUUID(), text, ...more });

describe('what is written in a room', () => {
  it('is heard whole and in order by all, once however often it is sent', async () => {
    const { path, webinar, learner, other, lead } = await aRoom();
    const { ok, heard } = await hearing(other, `room:${webinar.number}`);
    expect(ok).toBe(true);
    const first = message('Buongiorno a tutti');
    const sent = await Promise.all([learner.post(`${path}/messages`, first), learner.post(`${path}/messages`, first), lead.post(`${path}/messages`, message('Benvenuti'))]);
    expect(sent.map(({ status }) => status)).toEqual([201, 201, 201]);
    await until(() => heard.length >= 2);
    const { body } = await other.get<RoomMessages>(`${path}/messages`);
    expect(body.items.map(({ text }) => text).sort()).toEqual(['Benvenuti', 'Buongiorno a tutti']);
    expect(body.items.map(({ sequence }) => sequence)).toEqual([1, 2]);
    expect(heard.map(({ told }) => told.message)).toEqual(body.items);
    expect(body).toMatchObject({ upTo: 2, last: 2, abilities: { write: true, moderate: false } });
  });

  it('to who runs the room is seen by them and by its author alone; the others hear that a number passed', async () => {
    const { path, webinar, learner, other, keeps } = await aRoom();
    const [crowd, staff] = [await hearing(other, `room:${webinar.number}`), await hearing(keeps, `room-staff:${webinar.number}`)];
    expect((await hearing(other, `room-staff:${webinar.number}`)).ok).toBe(false);
    await learner.post(`${path}/messages`, message('Non sento', { toStaff: true }));
    await learner.post(`${path}/messages`, message('Grazie'));
    await until(() => crowd.heard.length === 2 && staff.heard.length === 1);
    expect(JSON.stringify(crowd.heard)).not.toContain('Non sento');
    expect(crowd.heard.map(({ event, told }) => [event, told.sequence ?? told.message?.sequence])).toEqual([['room:passed', 1], ['room:said', 2]]);
    const seen = async (browser: TestClient) => (await browser.get<RoomMessages>(`${path}/messages`)).body.items.map(({ text }) => text);
    expect(await seen(other)).toEqual(['Grazie']);
    expect(await seen(learner)).toEqual(['Non sento', 'Grazie']);
    expect(await seen(keeps)).toEqual(['Non sento', 'Grazie']);
    expect((await other.get<RoomMessages>(`${path}/messages?after=0&limit=1`)).body).toMatchObject({ upTo: 2, items: [{ text: 'Grazie' }] });
  });

  it('loses no number when a hundred are written at once', async () => {
    const { path, learner, other, lead, keeps } = await aRoom();
    const writers = [learner, other, lead, keeps];
    await Promise.all(Array.from({ length: 100 }, (_, i) => writers[i % 4]?.post(`${path}/messages`, message(`Messaggio ${i}`))));
    const collected: RoomMessage[] = [];
    for (let after = 0; ; ) {
      const { body } = await other.get<RoomMessages>(`${path}/messages?after=${after}&limit=30`);
      collected.push(...body.items);
      if (body.upTo === body.last) break;
      after = body.upTo;
    }
    expect(collected.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
    expect((await other.get<RoomMessages>(`${path}/messages?latest=1&limit=10`)).body.items.map(({ sequence }) => sequence)).toEqual([91, 92, 93, 94, 95, 96, 97, 98, 99, 100]);
  });

  it('is for who has a place in the room, an inspector only reads, and nobody writes when it is over', async () => {
    const { path, outside, silent, webinar, learner } = await aRoom();
    expect((await outside.get(`${path}/messages`)).status).toBe(403);
    expect((await outside.post(`${path}/messages`, message('Ciao'))).body).toMatchObject({ code: 'webinar-not-registered' });
    expect((await silent.post(`${path}/messages`, message('Ciao'))).body).toMatchObject({ status: 403, code: 'room-silent' });
    expect((await silent.get<RoomMessages>(`${path}/messages`)).body.abilities).toEqual({ write: false, moderate: false });
    expect((await app.anonymous().get(`${path}/messages`)).status).toBe(401);
    await learner.post(`${path}/messages`, message('Ancora qui'));
    await database()('webinars').where('id', webinar.id).update({ opened_at: new Date(), closed_at: new Date() });
    expect((await learner.post(`${path}/messages`, message('Troppo tardi'))).body).toMatchObject({ code: 'webinar-over' });
    expect((await learner.get<RoomMessages>(`${path}/messages`)).body).toMatchObject({ items: [{ text: 'Ancora qui' }], abilities: { write: false } });
  });

  it('says every mistake of what is malformed', async () => {
    const { path, learner } = await aRoom();
    const { status, body } = await learner.post<{ errors: { path: string }[] }>(`${path}/messages`, { clientId: 'x', text: '' });
    expect(status).toBe(422);
    expect(body.errors.map((error) => error.path)).toEqual(['body.clientId', 'body.text']);
    expect((await learner.post(`${path}/messages`, message('x'.repeat(1001)))).status).toBe(422);
  });

  it('is taken away by its author and by who moderates, which is recorded; by nobody else', async () => {
    const { path, webinar, learner, other, keeps, lead } = await aRoom();
    const { heard } = await hearing(lead, `room:${webinar.number}`);
    await learner.post(`${path}/messages`, message('Una parolaccia'));
    await learner.post(`${path}/messages`, message('Un refuso'));
    expect((await other.put(`${path}/messages/1/removal`, {})).status).toBe(404);
    expect((await keeps.put(`${path}/messages/1/removal`, {})).status).toBe(200);
    expect((await keeps.put(`${path}/messages/1/removal`, {})).status).toBe(200);
    expect((await learner.put(`${path}/messages/2/removal`, {})).status).toBe(200);
    expect((await keeps.put(`${path}/messages/3/removal`, {})).status).toBe(404);
    await until(() => heard.filter(({ event }) => event === 'room:hidden').length === 2);
    expect((await other.get<RoomMessages>(`${path}/messages`)).body.items.map(({ text }) => text)).toEqual([null, null]);
    // Who was away hears of it when she catches up; who was not yet here needs no list
    expect((await other.get<RoomMessages>(`${path}/messages?after=2`)).body).toMatchObject({ items: [], hidden: [2, 1] });
    expect((await other.get<RoomMessages>(`${path}/messages?after=1`)).body.hidden).toEqual([1]);
    expect((await other.get<RoomMessages>(`${path}/messages`)).body.hidden).toEqual([]);
    const records = (await database()('audit_entries').where('act', 'webinar.message.hide').where('subject_id', webinar.id).select('details')) as { details: object }[];
    expect(records).toEqual([{ details: expect.objectContaining({ before: 'Una parolaccia', sequence: 1 }) }]);
  });

  it('comes slowly where who moderates wants it so, except from herself', async () => {
    const { path, learner, keeps } = await aRoom();
    expect((await learner.put(`${path}/slow-mode`, { seconds: 30 })).status).toBe(403);
    expect((await keeps.put(`${path}/slow-mode`, { seconds: 30 })).status).toBe(200);
    expect((await learner.post(`${path}/messages`, message('Uno'))).status).toBe(201);
    const refused = await learner.post(`${path}/messages`, message('Due'));
    expect([refused.status, refused.body['code']]).toEqual([429, 'room-slow']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    for (const text of ['Uno', 'Due']) expect((await keeps.post(`${path}/messages`, message(text))).status).toBe(201);
  });

  it('is closed where who moderates wants it so: the others write to her alone, until it is opened again', async () => {
    const { path, webinar, learner, keeps } = await aRoom();
    const lock = (client: TestClient, locked: boolean) => client.put(`${path}/chat-lock`, { locked });
    expect((await lock(learner, true)).status).toBe(403);
    expect((await keeps.put(`${path}/chat-lock`, { locked: 'forse' })).status).toBe(422);
    const sent = message('Prima');
    expect((await learner.post(`${path}/messages`, sent)).status).toBe(201);
    for (let i = 0; i < 2; i += 1) expect((await lock(keeps, true)).status).toBe(200);
    const refused = await learner.post(`${path}/messages`, message('Adesso'));
    expect([refused.status, refused.body['code']]).toEqual([403, 'room-locked']);
    // What had arrived before is no new message
    expect((await learner.post(`${path}/messages`, sent)).status).toBe(201);
    expect((await learner.post(`${path}/messages`, { ...message('Non sento'), toStaff: true })).status).toBe(201);
    expect((await keeps.post(`${path}/messages`, message('Ordine'))).status).toBe(201);
    expect((await learner.get<RoomMessages>(`${path}/messages`)).body).toMatchObject({ locked: true, abilities: { write: true } });
    expect((await lock(keeps, false)).status).toBe(200);
    expect((await learner.post(`${path}/messages`, message('Dopo'))).status).toBe(201);
    expect(await database()('audit_entries').where('act', 'webinar.lock-chat').where('subject_id', webinar.id)).toHaveLength(2);
  });
});

describe('announcements', () => {
  it('stand above the room for all, who comes later too, once however often they are sent, until they are withdrawn', async () => {
    const { path, webinar, learner, lead, keeps, silent, outside } = await aRoom();
    const { heard } = await hearing(learner, `room:${webinar.number}`);
    const text = { clientId: randomUUID(), text: 'La pausa è alle undici' };
    const sent = await Promise.all([keeps.post(`${path}/announcements`, text), keeps.post(`${path}/announcements`, text)]);
    expect(sent.map(({ status }) => status)).toEqual([201, 201]);
    await until(() => heard.some(({ told }) => told.what === 'announcements'));
    const standing = async (browser: TestClient) => (await browser.get<RoomAnnouncements>(`${path}/announcements`)).body;
    for (const browser of [learner, silent]) expect(await standing(browser)).toMatchObject({ items: [{ text: 'La pausa è alle undici' }], abilities: { announce: false } });
    const [one] = (await standing(lead)).items;
    for (const browser of [learner, silent, outside]) {
      expect((await browser.post(`${path}/announcements`, { clientId: randomUUID(), text: 'Non lo dico io' })).status).toBe(403);
      expect((await browser.put(`${path}/announcements/${one?.id}/withdrawal`, {})).status).toBe(403);
    }
    expect((await outside.get(`${path}/announcements`)).status).toBe(403);
    expect((await lead.put(`${path}/announcements/${one?.id}/withdrawal`, {})).status).toBe(200);
    expect((await lead.put(`${path}/announcements/${one?.id}/withdrawal`, {})).status).toBe(200);
    expect((await standing(learner)).items).toEqual([]);
    expect((await lead.put(`${path}/announcements/${randomUUID()}/withdrawal`, {})).status).toBe(404);
  });

  it('are five at most, and are some words', async () => {
    const { path, lead } = await aRoom();
    expect((await lead.post(`${path}/announcements`, { clientId: randomUUID(), text: ' ' })).status).toBe(422);
    expect((await lead.post(`${path}/announcements`, { clientId: randomUUID(), text: 'a'.repeat(301) })).status).toBe(422);
    const answers = await Promise.all(Array.from({ length: 7 }, (_, i) => lead.post<{ code?: string }>(`${path}/announcements`, { clientId: randomUUID(), text: `Avviso ${i}` })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 201, 201, 409, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('announcements-enough');
  });
});

describe('questions', () => {
  it('are voted for once each, settled by who runs the room, and then no longer voted for', async () => {
    const { path, learner, other, keeps, lead } = await aRoom();
    const asked = { clientId: randomUUID(), text: 'Serve il parere del Consiglio?' };
    for (const _ of [1, 2]) await learner.post(`${path}/questions`, asked);
    const later = await other.post<RoomQuestions>(`${path}/questions`, { clientId: randomUUID(), text: 'Chi firma la convenzione?' });
    expect(later.body.items.map(({ text, votes }) => [text, votes])).toEqual([[asked.text, 1], ['Chi firma la convenzione?', 1]]);
    const id = later.body.items[1]?.id ?? '';
    for (const _ of [1, 2]) await learner.put(`${path}/questions/${id}/vote`, { up: true });
    const { body } = await lead.put<RoomQuestions>(`${path}/questions/${id}/vote`, { up: true });
    expect(body.items.map(({ text, votes, voted }) => [text, votes, voted])).toEqual([['Chi firma la convenzione?', 3, true], [asked.text, 1, false]]);
    await lead.put(`${path}/questions/${id}/vote`, { up: false });
    expect((await learner.put(`${path}/questions/${id}/state`, { state: 'answered' })).status).toBe(403);
    const settled = await keeps.put<RoomQuestions>(`${path}/questions/${id}/state`, { state: 'answered' });
    expect(settled.body.items.map(({ state, votes }) => [state, votes])).toEqual([['open', 1], ['answered', 2]]);
    expect((await learner.put(`${path}/questions/${id}/vote`, { up: false })).body).toMatchObject({ status: 409, code: 'question-settled' });
    expect((await learner.put(`${path}/questions/${randomUUID()}/vote`, { up: true })).status).toBe(404);
  });

  it('that were dismissed are seen by who asked and who keeps order alone', async () => {
    const { path, learner, other, keeps } = await aRoom();
    await learner.post(`${path}/questions`, { clientId: randomUUID(), text: 'Una domanda fuori luogo?' });
    const id = (await keeps.get<RoomQuestions>(`${path}/questions`)).body.items[0]?.id ?? '';
    await keeps.put(`${path}/questions/${id}/state`, { state: 'dismissed' });
    const seen = async (client: TestClient) => (await client.get<RoomQuestions>(`${path}/questions`)).body.items.length;
    expect([await seen(keeps), await seen(learner), await seen(other)]).toEqual([1, 1, 0]);
    await keeps.put(`${path}/questions/${id}/state`, { state: 'open' });
    expect(await seen(other)).toBe(1);
  });
});

describe('polls', () => {
  it('show their figures to who has voted, and to all when they are closed', async () => {
    const { path, learner, other, keeps, webinar } = await aRoom();
    const { heard } = await hearing(other, `room:${webinar.number}`);
    const poll = { clientId: randomUUID(), question: 'Avete già una SUA?', options: ['Sì', 'No', 'In arrivo'] };
    expect((await learner.post(`${path}/polls`, poll)).status).toBe(403);
    for (const _ of [1, 2]) expect((await keeps.post(`${path}/polls`, poll)).status).toBe(201);
    const [open] = (await learner.get<RoomPolls>(`${path}/polls`)).body.items;
    const id = open?.id ?? '';
    expect(open).toMatchObject({ voters: 0, chosen: [], options: [{ text: 'Sì', votes: null }, { votes: null }, { votes: null }] });
    await learner.put(`${path}/polls/${id}/vote`, { chosen: [1] });
    const again = await learner.put<RoomPolls>(`${path}/polls/${id}/vote`, { chosen: [0] });
    expect(again.body.items[0]).toMatchObject({ voters: 1, chosen: [0], options: [{ votes: 1 }, { votes: 0 }, { votes: 0 }] });
    expect((await other.get<RoomPolls>(`${path}/polls`)).body.items[0]?.options[0]?.votes).toBeNull();
    expect((await other.put(`${path}/polls/${id}/vote`, { chosen: [0, 1] })).body).toMatchObject({ status: 422, errors: [{ path: 'body.chosen', code: 'poll-one-choice' }] });
    expect((await other.put(`${path}/polls/${id}/vote`, { chosen: [5] })).body).toMatchObject({ status: 422, errors: [{ code: 'poll-no-option' }] });
    expect((await other.put(`${path}/polls/${id}/closure`, {})).status).toBe(403);
    await keeps.put(`${path}/polls/${id}/closure`, {});
    expect((await other.put(`${path}/polls/${id}/vote`, { chosen: [1] })).body).toMatchObject({ status: 409, code: 'poll-closed' });
    expect((await other.get<RoomPolls>(`${path}/polls`)).body.items[0]).toMatchObject({ closed: true, voters: 1, options: [{ votes: 1 }, { votes: 0 }, { votes: 0 }] });
    await until(() => heard.filter(({ told }) => told.what === 'polls').length >= 4);
    expect((await keeps.post(`${path}/polls`, { ...poll, clientId: randomUUID(), options: ['Sì', 'Sì'] })).body).toMatchObject({ errors: [{ code: 'poll-options-repeat' }] });
  });
});
