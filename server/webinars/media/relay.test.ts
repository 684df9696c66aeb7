import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { io } from 'socket.io-client';
import { anAdministrator, aPerson } from '../../accounts/factory.ts';
import { MEDIA_PATH } from '../../contract/live.ts';
import type { SeatPage } from '../../contract/webinars.ts';
import { FLAG } from '../../contract/media-frame.ts';
import * as parser from '../../contract/one-frame-parser.ts';
import { database } from '../../database/connection.ts';
import { transaction } from '../../database/transaction.ts';
import { cutOff, roomOf } from '../../sockets/publish.ts';
import { startTestApp, type TestApp } from '../../testing/app.ts';
import { aStaff } from '../factory.ts';
import { accepted, aLiveWebinar, MediaClient } from './factory.ts';

let app: TestApp;
const clients: MediaClient[] = [];
beforeAll(async () => {
  app = await startTestApp({ workers: false });
});
afterAll(async () => {
  for (const { socket } of clients) socket.disconnect();
  await app.close();
});

async function enter(person: { id: string }, number: number): Promise<MediaClient> {
  const client = await MediaClient.connect(app, person);
  clients.push(client);
  accepted(await client.join(number));
  return client;
}

const presences = (webinarId: string) => database()('presence_log').where('webinar_id', webinarId).orderBy('sequence').select('person_id', 'what') as Promise<{ person_id: string; what: string }[]>;

describe('the door', () => {
  it('is shut to who is not signed in, to another site, and to who has no seat', async () => {
    await expect(MediaClient.connect(app, null)).rejects.toThrow('not-signed-in');
    const foreign = io(app.url + parser.MEDIA_NAMESPACE, { path: MEDIA_PATH, parser, transports: ['websocket'], forceNew: true, reconnection: false, extraHeaders: { origin: 'https://altrove.example' } });
    await expect(new Promise((resolve, reject) => foreign.on('connect', () => resolve('in')).on('connect_error', reject))).rejects.toThrow();
    const { number, people } = await aLiveWebinar();
    const stranger = await MediaClient.connect(app, await aPerson());
    clients.push(stranger);
    expect(await stranger.join(number)).toEqual({ ok: false, code: 'webinar-not-registered' });
    expect(await stranger.join(number + 1000)).toEqual({ ok: false, code: 'not-found' });
    expect(await stranger.socket.emitWithAck('live:publish', { kind: 'audio', layers: [{ spatial: 0, codec: 'opus' }] })).toEqual({ ok: false, code: 'not-joined' });
    // It was not the room that was shut
    await enter(people[0] ?? fail(), number);
  });

  it('writes down who came and who left, each device once', async () => {
    const { id, number, people: [person = fail()] } = await aLiveWebinar();
    const [first, second] = [await enter(person, number), await enter(person, number)];
    expect(await first.join(number)).toEqual({ ok: false, code: 'joined-already' });
    first.socket.disconnect();
    second.socket.disconnect();
    await second.until(() => true);
    for (let rows = await presences(id); rows.length < 4; rows = await presences(id)) await new Promise((resolve) => setTimeout(resolve, 10));
    expect((await presences(id)).map(({ what }) => what).sort()).toEqual(['join', 'join', 'leave', 'leave']);
  });

  it('is shut behind who is cut off', async () => {
    const { number, people: [person = fail()] } = await aLiveWebinar();
    const client = await enter(person, number);
    await transaction(async (tx) => cutOff(tx, roomOf.person(person.id)));
    expect(await client.closed).toBe('io server disconnect');
  });
});

describe('the room empties', () => {
  /** Everybody in it, and what each hears of what is written there. */
  async function aFullRoom() {
    const room = await aLiveWebinar();
    const [one = fail(), two = fail()] = room.people;
    return { ...room, one, two, lead: await enter(room.presenter, room.number), first: await enter(one, room.number), second: await enter(two, room.number), boss: await app.as(room.presenter) };
  }

  it('of who is sent out: she hears no more and does not come back; the others stay', async () => {
    const { number, one, first, second, boss } = await aFullRoom();
    expect((await (await app.as(one)).put(`webinars/${number}/people/${one.id}/removal`, { reason: 'Disturba' })).status).toBe(403);
    expect((await boss.put(`webinars/${number}/people/${one.id}/removal`, { reason: 'Disturba la lezione' })).status).toBe(200);
    expect(await first.closed).toBe('io server disconnect');
    const again = await MediaClient.connect(app, one);
    clients.push(again);
    expect(await again.join(number)).toEqual({ ok: false, code: 'webinar-removed', reason: 'Disturba la lezione' });
    accepted(await second.socket.emitWithAck('live:clock'));
    // It was the wrong person
    const removal = `webinars/${number}/people/${one.id}/removal`;
    const out = async () => (await boss.get<SeatPage>(`webinars/${number}/seats`)).body.items.filter(({ removed }) => removed).map(({ person }) => person.id);
    expect(await out()).toEqual([one.id]);
    expect((await (await app.as(one)).delete(removal)).status).toBe(403);
    for (let i = 0; i < 2; i += 1) expect((await boss.delete(removal)).status).toBe(200);
    expect(await out()).toEqual([]);
    accepted(await again.join(number));
  });

  it('of who gives her seat up', async () => {
    const { number, one, first, second } = await aFullRoom();
    expect((await (await app.as(one)).delete(`webinars/${number}/seat`)).status).toBe(200);
    expect(await first.closed).toBe('io server disconnect');
    accepted(await second.socket.emitWithAck('live:clock'));
  });

  it.each([['closed', 'closing', {}, 'webinar-over'], ['cancelled', 'cancellation', { reason: 'Manca la corrente' }, 'webinar-cancelled']] as const)('of all when it is %s', async (_, act, body, code) => {
    const { number, two, lead, first, second } = await aFullRoom();
    const upi = await app.as(await anAdministrator());
    expect((await upi.put(`webinars/${number}/${act}`, body)).status).toBe(200);
    for (const client of [lead, first, second]) expect(await client.closed).toBe('io server disconnect');
    const again = await MediaClient.connect(app, two);
    clients.push(again);
    expect(await again.join(number)).toEqual({ ok: false, code });
  });

  it('tells nothing of an inspector, who cannot be let to speak', async () => {
    const { id, number, presenter, people: [one = fail()] } = await aLiveWebinar();
    const inspector = await aPerson();
    await database()('webinar_staff').insert({ webinar_id: id, person_id: inspector.id, role: 'inspector' });
    const [lead, watching, silent] = [await enter(presenter, number), await enter(one, number), await enter(inspector, number)];
    accepted(await silent.socket.emitWithAck('live:hand', { up: true }));
    expect(await lead.socket.emitWithAck('live:invite', { personId: inspector.id })).toEqual(await lead.socket.emitWithAck('live:invite', { personId: randomUUID() }));
    expect(await silent.socket.emitWithAck('live:publish', { kind: 'audio', layers: [{ spatial: 0, codec: 'opus' }] })).toEqual({ ok: false, code: 'not-allowed' });
    accepted(await watching.socket.emitWithAck('live:hand', { up: true }));
    await lead.until(() => lead.heard.some(({ event, told }) => event === 'live:people' && JSON.stringify(told).includes('"hand":1')));
    expect(JSON.stringify(lead.heard)).not.toContain(inspector.id);
    expect(lead.heard.filter(({ event }) => event === 'live:people').at(-1)?.told).toMatchObject({ present: 2 });
  });
});

describe('media', () => {
  it('goes from who presents to all who watch, whole and in order, and to nobody else', async () => {
    const { number, presenter, people: [one = fail(), two = fail()] } = await aLiveWebinar();
    const [from, watching, idle] = [await enter(presenter, number), await enter(one, number), await enter(two, number)];
    const track = await from.publishCamera();
    await watching.until(() => watching.heard.some(({ event }) => event === 'live:tracks'));
    accepted(await watching.subscribe(track));
    // Messages of each length that has a head of its own
    from.send({ track, seq: 1 }, new Uint8Array(70_000));
    await watching.until(() => watching.frames.length === 1);
    watching.acknowledge();
    accepted(await watching.socket.emitWithAck('live:clock'));
    for (let seq = 2; seq <= 40; seq += 1) from.send({ track, seq }, new Uint8Array(seq * 20));
    await watching.until(() => watching.frames.length === 40);
    expect(watching.frames.map(({ seq }) => seq)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
    expect(watching.heard.filter(({ event }) => event === 'live:config')).toEqual([{ event: 'live:config', told: { track, spatial: 0, config: 1, decoderConfig: '{"codec":"vp8"}' } }]);
    expect(idle.frames).toHaveLength(0);
  });

  it('shows who comes later what is kept, from its key frame on', async () => {
    const { number, presenter, people: [late = fail()] } = await aLiveWebinar();
    const from = await enter(presenter, number);
    const track = await from.publishCamera();
    for (const seq of [1, 2, 3]) from.send({ track, seq });
    expect(await from.subscribe(track)).toEqual({ ok: false, code: 'not-found' });
    const client = await enter(late, number);
    accepted(await client.subscribe(track));
    await client.until(() => client.frames.length === 3);
    expect(client.frames[0]).toMatchObject({ seq: 1, flags: FLAG.key });
  });

  it('is for presenters, and for whom they invite', async () => {
    const { number, presenter, people: [one = fail(), two = fail()] } = await aLiveWebinar();
    const [lead, guest, other] = [await enter(presenter, number), await enter(one, number), await enter(two, number)];
    const ask = () => guest.socket.emitWithAck('live:publish', { kind: 'audio', layers: [{ spatial: 0, codec: 'opus' }] });
    expect(await ask()).toEqual({ ok: false, code: 'not-allowed' });
    accepted(await guest.socket.emitWithAck('live:hand', { up: true }));
    expect(await other.socket.emitWithAck('live:invite', { personId: one.id })).toEqual({ ok: false, code: 'not-found' });
    accepted(await lead.socket.emitWithAck('live:invite', { personId: one.id }));
    const { track } = accepted(await ask());
    await lead.until(() => lead.heard.some(({ event, told }) => event === 'live:tracks' && JSON.stringify(told).includes(one.id)));
    accepted(await lead.socket.emitWithAck('live:dismiss', { personId: one.id }));
    await guest.until(() => guest.heard.some(({ event, told }) => event === 'live:silenced' && JSON.stringify(told) === JSON.stringify({ track })));
    expect(await ask()).toEqual({ ok: false, code: 'not-allowed' });
  });

  it('is taken from who leads too, by whoever keeps order, and who leads may take it again', async () => {
    const { id, number, people: [one = fail()] } = await aLiveWebinar();
    const [second, keeps] = [await aPerson(), await aPerson()];
    await aStaff({ id }, second, 'co-presenter');
    await aStaff({ id }, keeps, 'moderator');
    const [lead, moderator, guest] = [await enter(second, number), await enter(keeps, number), await enter(one, number)];
    const publish = (kind: 'audio' | 'camera') => lead.socket.emitWithAck('live:publish', { kind, layers: [{ spatial: 0, codec: kind === 'audio' ? 'opus' : 'vp8' }] });
    const [{ track: voice }, { track: camera }] = [accepted(await publish('audio')), accepted(await publish('camera'))];
    expect(await guest.socket.emitWithAck('live:dismiss', { personId: second.id })).toEqual({ ok: false, code: 'not-found' });
    expect(await moderator.socket.emitWithAck('live:invite', { personId: one.id })).toEqual({ ok: false, code: 'not-found' });
    accepted(await moderator.socket.emitWithAck('live:dismiss', { personId: second.id }));
    const silenced = () => lead.heard.filter(({ event }) => event === 'live:silenced').map(({ told }) => JSON.stringify(told));
    await lead.until(() => silenced().length > 0);
    expect(silenced()).toEqual([JSON.stringify({ track: voice })]);
    accepted(await lead.socket.emitWithAck('live:unpublish', { track: camera }));
    accepted(await publish('audio'));
    const recorded = () => database()('audit_entries').where({ act: 'webinar.silence', subject_id: id }).pluck('actor_id') as Promise<string[]>;
    for (const deadline = Date.now() + 5000; (await recorded()).length === 0 && Date.now() < deadline; ) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await recorded()).toEqual([keeps.id]);
  });

  it('has room for four who speak', async () => {
    const { number, presenter, people } = await aLiveWebinar(4);
    const lead = await enter(presenter, number);
    const guests = await Promise.all(people.map((person) => enter(person, number)));
    await lead.publishCamera();
    for (const person of people) accepted(await lead.socket.emitWithAck('live:invite', { personId: person.id }));
    const answers = [];
    for (const guest of guests) answers.push(await guest.socket.emitWithAck('live:publish', { kind: 'audio', layers: [{ spatial: 0, codec: 'opus' }] }));
    expect(answers.map((answer) => (answer.ok ? 'ok' : answer.code))).toEqual(['ok', 'ok', 'ok', 'too-many']);
  });

  it('ends with the tab of who sent it, and begins again under another number', async () => {
    const { number, presenter, people: [one = fail()] } = await aLiveWebinar();
    const [first, watching] = [await enter(presenter, number), await enter(one, number)];
    const track = await first.publishCamera();
    accepted(await watching.subscribe(track));
    first.socket.disconnect();
    await watching.until(() => JSON.stringify(watching.heard.filter(({ event }) => event === 'live:tracks').at(-1)?.told) === '[]');
    const again = await enter(presenter, number);
    expect(await again.publishCamera()).not.toBe(track);
  });

  it('from the same person in a second window takes the place of the first', async () => {
    const { number, presenter } = await aLiveWebinar(0);
    const [first, second] = [await enter(presenter, number), await enter(presenter, number)];
    const track = await first.publishCamera();
    const newer = await second.publishCamera();
    await first.until(() => first.heard.some(({ event, told }) => event === 'live:silenced' && JSON.stringify(told) === JSON.stringify({ track })));
    // What was still on the way is no forgery: the first window stays
    first.send({ track, seq: 1 });
    accepted(await first.socket.emitWithAck('live:clock'));
    second.send({ track: newer, seq: 1 });
    accepted(await second.socket.emitWithAck('live:clock'));
  });
});

describe('reactions', () => {
  it('are counted together for all, so many of each person and no more, of no inspector and of nobody outside', async () => {
    const { id, number, presenter, people: [one, two] } = await aLiveWebinar();
    const inspector = await aPerson();
    await database()('webinar_staff').insert({ webinar_id: id, person_id: inspector.id, role: 'inspector' });
    const [lead, first, second, silent] = [await enter(presenter, number), await enter(one ?? fail(), number), await enter(two ?? fail(), number), await enter(inspector, number)];
    const outside = await MediaClient.connect(app, await aPerson());
    clients.push(outside);
    const counted = () => {
      const sums: Record<string, number> = {};
      for (const { event, told } of lead.heard) if (event === 'live:reactions') for (const [kind, count] of Object.entries(told as Record<string, number>)) sums[kind] = (sums[kind] ?? 0) + count;
      return sums;
    };
    for (const client of [silent, outside]) client.socket.emit('live:react', { kind: 'no' });
    for (let i = 0; i < 40; i += 1) first.socket.emit('live:react', { kind: 'applause' });
    second.socket.emit('live:react', { kind: 'yes' });
    await lead.until(() => counted()['applause'] !== undefined && counted()['yes'] !== undefined);
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(counted()['yes']).toBe(1);
    expect(counted()['no']).toBeUndefined();
    // Three of one second, or of two where it ended meanwhile
    expect(counted()['applause']).toBeLessThanOrEqual(6);
    expect(JSON.stringify(lead.heard.filter(({ event }) => event === 'live:reactions'))).not.toContain(one?.id);
    second.socket.emit('live:react', { kind: 'rose' as 'yes' });
    expect(await second.closed).toBe('malformed');
  });
});

it('passes a frame on that comes in the same breath as its configuration', async () => {
  const { number, presenter, people: [one = fail()] } = await aLiveWebinar();
  const [lead, watching] = [await enter(presenter, number), await enter(one, number)];
  const track = await lead.publishCamera();
  accepted(await watching.subscribe(track));
  void lead.socket.emit('live:config', { track, spatial: 0, config: 2, decoderConfig: '{"codec":"vp8"}' }, () => undefined);
  lead.send({ track, seq: 1, config: 2 });
  await watching.until(() => watching.frames.some(({ config }) => config === 2));
});

describe('a crowd', () => {
  it('that raises its hands at once is told once in a while, in order', async () => {
    const { number, presenter, people } = await aLiveWebinar(30);
    const lead = await enter(presenter, number);
    const guests = await Promise.all(people.map((person) => enter(person, number)));
    const before = lead.heard.length;
    await Promise.all(guests.flatMap(({ socket }) => Array.from({ length: 40 }, (_, i) => socket.emitWithAck('live:hand', { up: i % 2 === 0 || i === 39 }))));
    await lead.until(() => lead.heard.some(({ event, told }) => event === 'live:people' && (JSON.stringify(told).match(/"hand":\d/g) ?? []).length === 30));
    expect(lead.heard.length - before).toBeLessThan(30);
  });
});

function fail(): never {
  throw new Error('nobody there');
}
