import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { io } from 'socket.io-client';
import pg from 'pg';
import { aPerson, type BuiltPerson } from '../../accounts/factory.ts';
import { FLAG, KIND } from '../../contract/media-frame.ts';
import type { RoomMessages } from '../../contract/room-talk.ts';
import { database } from '../../database/connection.ts';
import { startTestApp, type TestApp } from '../../testing/app.ts';
import { type SlowLine, slowLine } from '../../testing/slow-line.ts';
import { aSeat, aStaff, aWebinar } from '../factory.ts';
import { attendanceWritten } from './attend.ts';
import { accepted, MediaClient } from './factory.ts';
import { RUNG } from './ladder.ts';

/** What goes wrong between a room and its people, and must not spoil it for the others. How long something takes decides nothing here. */
let app: TestApp;
const clients: MediaClient[] = [];
const lines: SlowLine[] = [];
const timers: NodeJS.Timeout[] = [];
beforeAll(async () => {
  app = await startTestApp({ workers: false, limits: true });
});
afterAll(async () => {
  timers.forEach((timer) => clearInterval(timer));
  for (const { socket } of clients) socket.disconnect();
  for (const line of lines) line.close();
  await app.close();
});

async function aRoom(attendees = 2) {
  const [presenter, second] = [await aPerson(), await aPerson()];
  const webinar = await aWebinar({ starts: -5, organiser: presenter });
  await aStaff(webinar, second, 'co-presenter');
  const people: BuiltPerson[] = [];
  for (let i = 0; i < attendees; i += 1) people.push(await aPerson());
  for (const person of people) await aSeat(webinar, person);
  return { webinar, presenter, second, people };
}

/** Enters, and acknowledges as a browser does. @param line over which; none: directly. */
async function enter(person: { id: string } | undefined, number: number, line?: SlowLine): Promise<MediaClient> {
  const client = await MediaClient.connect(line ? { ...app, url: `http://127.0.0.1:${line.port}` } : app, person ?? null);
  clients.push(client);
  accepted(await client.join(number));
  timers.push(setInterval(() => client.acknowledge(), 200));
  return client;
}

async function line(options: Parameters<typeof slowLine>[1]): Promise<SlowLine> {
  const made = await slowLine(Number(new URL(app.url).port), options);
  lines.push(made);
  return made;
}

/** A voice and a camera in two sizes, some 500 kbit/s, for so many ms. @returns the numbers of the tracks, and what was sent of the voice. */
async function speak(client: MediaClient) {
  const { track: voice } = accepted(await client.socket.emitWithAck('live:publish', { kind: 'audio', layers: [{ spatial: 0, codec: 'opus' }] }));
  accepted(await client.socket.emitWithAck('live:config', { track: voice, spatial: 0, config: 1, decoderConfig: '{"codec":"opus"}' }));
  const { track: camera } = accepted(await client.socket.emitWithAck('live:publish', { kind: 'camera', layers: [{ spatial: 0, codec: 'vp8' }, { spatial: 1, codec: 'vp8' }] }));
  for (const spatial of [0, 1]) accepted(await client.socket.emitWithAck('live:config', { track: camera, spatial, config: 1, decoderConfig: '{"codec":"vp8"}' }));
  const sent = { voice: 0, camera: [0, 0] };
  const begin = () => {
    const ticks = [
      setInterval(() => client.send({ track: voice, seq: (sent.voice += 1), kind: KIND.audio, flags: FLAG.bundle }, new Uint8Array(140)), 40),
      ...([[0, 80, 1250], [1, 50, 2300]] as const).map(([spatial, every, bytes]) => setInterval(() => {
        const seq = (sent.camera[spatial] = (sent.camera[spatial] ?? 0) + 1);
        client.send({ track: camera, seq, layer: spatial << 4, flags: seq % 20 === 1 ? FLAG.key : 0 }, new Uint8Array(seq % 20 === 1 ? 3 * bytes : bytes));
      }, every)),
    ];
    timers.push(...ticks);
    return () => ticks.forEach((tick) => clearInterval(tick));
  };
  return { voice, camera, sent, begin };
}

const voicesOf = (client: MediaClient) => client.frames.filter(({ kind }) => kind === KIND.audio).map(({ seq }) => seq);
const oneAfterTheOther = (numbers: number[]) => numbers.every((seq, i) => i === 0 || seq === (numbers[i - 1] ?? 0) + 1);
const rungsOf = (client: MediaClient) => client.heard.filter(({ event }) => event === 'live:rung').map(({ told }) => (told as { rung: number }).rung);

describe('a line', () => {
  it('that is slow gets fewer pictures and every word; the others get everything', async () => {
    const { webinar, presenter, people: [near, far] } = await aRoom();
    const lead = await enter(presenter, webinar.number);
    const { voice, camera, sent, begin } = await speak(lead);
    const [fast, slow] = [await enter(near, webinar.number), await enter(far, webinar.number, await line({ kbps: 220, roundTripMs: 40 }))];
    for (const client of [fast, slow]) for (const track of [voice, camera]) accepted(await client.subscribe(track));
    const stop = begin();
    await slow.until(() => rungsOf(slow).some((rung) => rung >= RUNG.small) && voicesOf(slow).length > 100, 20_000);
    stop();
    await fast.until(() => voicesOf(fast).at(-1) === sent.voice);
    await slow.until(() => voicesOf(slow).at(-1) === sent.voice, 20_000);
    expect(oneAfterTheOther(voicesOf(slow))).toBe(true);
    expect(voicesOf(fast)).toHaveLength(sent.voice);
    expect(rungsOf(fast)).toEqual([]);
    expect(slow.frames.length).toBeLessThan(fast.frames.length * 0.8);
  });

  it('is not taken for slow because the relay itself stood still: every word comes, and the picture again at once', async () => {
    const { webinar, presenter, people: [near, far] } = await aRoom();
    const lead = await enter(presenter, webinar.number);
    const { voice, camera, sent, begin } = await speak(lead);
    const [fast, slow] = [await enter(near, webinar.number), await enter(far, webinar.number, await line({ kbps: 220, roundTripMs: 40 }))];
    for (const client of [fast, slow]) for (const track of [voice, camera]) accepted(await client.subscribe(track));
    const stop = begin();
    // As a collection of garbage or a slow disk does
    for (const words of [10, 25]) {
      await fast.until(() => voicesOf(fast).length > words, 20_000);
      for (const until = Date.now() + 1800; Date.now() < until; );
    }
    await slow.until(() => voicesOf(slow).length > 100, 20_000);
    stop();
    for (const client of [fast, slow]) {
      await client.until(() => voicesOf(client).at(-1) === sent.voice, 20_000);
      expect(oneAfterTheOther(voicesOf(client))).toBe(true);
    }
    expect(rungsOf(fast)).toEqual([]);
    expect(rungsOf(slow)).not.toContain(RUNG.sound);
  });

  it('that loses packets in bursts loses no word', async () => {
    const { webinar, presenter, people: [far] } = await aRoom(1);
    const lead = await enter(presenter, webinar.number);
    const { voice, sent, begin } = await speak(lead);
    const viewer = await enter(far, webinar.number, await line({ kbps: 4000, roundTripMs: 60, stall: { chance: 0.02, ms: 180 } }));
    accepted(await viewer.subscribe(voice));
    const stop = begin();
    await viewer.until(() => voicesOf(viewer).length > 75, 20_000);
    stop();
    await viewer.until(() => voicesOf(viewer).at(-1) === sent.voice, 20_000);
    expect(oneAfterTheOther(voicesOf(viewer))).toBe(true);
  });

  it('that takes nothing any more is given up, without a word more for the others; a presenter who is frozen leaves her place to another', async () => {
    const { webinar, presenter, second, people: [near, far] } = await aRoom();
    const [desk, seat] = [await line({ kbps: 8000 }), await line({ kbps: 8000 })];
    const lead = await enter(presenter, webinar.number, desk);
    const first = await speak(lead);
    const [viewer, stalled] = [await enter(near, webinar.number), await enter(far, webinar.number, seat)];
    for (const client of [viewer, stalled]) accepted(await client.subscribe(first.voice));
    const stop = first.begin();
    await stalled.until(() => voicesOf(stalled).length > 5);
    seat.freeze();
    // Eight seconds without a word
    const left = async () => (await database()('presence_log').where({ webinar_id: webinar.id, person_id: far?.id, what: 'leave' })).length;
    for (const until = Date.now() + 25_000; (await left()) === 0 && Date.now() < until; ) await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await left()).toBe(1);
    expect(voicesOf(viewer)).toHaveLength(voicesOf(viewer).at(-1) ?? 0);
    desk.freeze();
    stop();
    const other = await enter(second, webinar.number);
    const next = await speak(other);
    await viewer.until(() => viewer.heard.some(({ event, told }) => event === 'live:tracks' && JSON.stringify(told).includes(`"track":${next.voice}`)));
    accepted(await viewer.subscribe(next.voice));
    timers.push(setInterval(() => undefined, 1000));
    next.begin();
    await viewer.until(() => viewer.frames.some(({ track }) => track === next.voice));
  }, 60_000);

  it('on which nothing passes is kept open: something is said often enough for a proxy that cuts after half a minute', async () => {
    const { webinar, people: [one] } = await aRoom(1);
    const client = await enter(one, webinar.number);
    // Told at the handshake; the engine keeps to it
    const { pingInterval } = await new Promise<{ pingInterval: number }>((resolve) => {
      const other = io(`${app.url}/live`, { path: '/dal-vivo', transports: ['websocket'], forceNew: true, reconnection: false });
      other.io.engine.on('handshake', (data) => {
        resolve(data as { pingInterval: number });
        other.disconnect();
      });
    });
    expect(pingInterval).toBeLessThanOrEqual(15_000);
    expect(client.socket.connected).toBe(true);
  });

  it('without WebSocket still brings what is written, by asking again and again; and who follows so is present, until she is cut off', async () => {
    const { webinar, presenter, people: [one] } = await aRoom(1);
    const [lead, viewer] = [await app.as(presenter), await app.as(one ?? presenter)];
    const socket = io(`${app.url}/app`, { extraHeaders: { cookie: viewer.cookieHeader }, transports: ['polling'], upgrade: false, forceNew: true, reconnection: false });
    const said = new Promise<string>((resolve) => socket.on('room:said', ({ message }: { message: { text: string } }) => resolve(message.text)));
    expect(await socket.emitWithAck('subscribe', `room:${webinar.number}`)).toEqual({ ok: true });
    await lead.post(`webinars/${webinar.number}/messages`, { clientId: randomUUID(), text: 'Si comincia' });
    expect(await said).toBe('Si comincia');
    const noted = async () => {
      await attendanceWritten();
      return ((await database()('presence_log').where({ webinar_id: webinar.id, person_id: one?.id }).orderBy('sequence').select('what')) as { what: string }[]).map(({ what }) => what);
    };
    // Said twice it is one entry, whether the first has been answered or not
    const [answer] = await Promise.all([socket.emitWithAck('attend', webinar.number), socket.emitWithAck('attend', webinar.number)]);
    expect(answer).toEqual({ ok: true });
    expect(await socket.emitWithAck('attend', webinar.number)).toEqual({ ok: true });
    expect(await noted()).toEqual(['join']);
    for (const wrong of [0, 1.5, 'uno', { number: 1 }]) expect(await socket.emitWithAck('attend', wrong)).toEqual({ ok: false, code: 'malformed' });
    expect(await socket.emitWithAck('attend', (await aRoom(0)).webinar.number)).toEqual({ ok: false, code: 'webinar-not-registered' });
    socket.emit('unattend', webinar.number);
    // Who leaves before she has been let in does not come in
    const entry = socket.emitWithAck('attend', webinar.number);
    socket.emit('unattend', webinar.number);
    expect(await entry).toEqual({ ok: false, code: 'gone' });
    expect(await socket.emitWithAck('attend', webinar.number)).toEqual({ ok: true });
    expect(await noted()).toEqual(['join', 'leave', 'join']);
    expect((await lead.put(`webinars/${webinar.number}/people/${one?.id}/removal`, { reason: 'Disturbava la lezione' })).status).toBe(200);
    for (const until = Date.now() + 5000; (await noted()).length < 4 && Date.now() < until; ) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await noted()).toEqual(['join', 'leave', 'join', 'leave']);
    socket.disconnect();
  });
});

describe('a room', () => {
  it('goes on while the database is away, and knows afterwards who left meanwhile', async () => {
    const { webinar, presenter, people: [one, two] } = await aRoom();
    const lead = await enter(presenter, webinar.number);
    const { voice, begin } = await speak(lead);
    const [viewer, leaving] = [await enter(one, webinar.number), await enter(two, webinar.number)];
    accepted(await viewer.subscribe(voice));
    await attendanceWritten();
    const name = new URL(app.databaseUrl).pathname.slice(1);
    const admin = new pg.Client({ connectionString: app.databaseUrl.replace(name, 'postgres') });
    await admin.connect();
    const stop = begin();
    try {
      await admin.query(`alter database ${name} with allow_connections false`);
      await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
      leaving.socket.disconnect();
      const before = voicesOf(viewer).length;
      await viewer.until(() => voicesOf(viewer).length > before + 50, 20_000);
      expect(oneAfterTheOther(voicesOf(viewer))).toBe(true);
    } finally {
      await admin.query(`alter database ${name} with allow_connections true`);
      await admin.end();
      stop();
    }
    await attendanceWritten();
    expect((await database()('presence_log').where({ webinar_id: webinar.id, what: 'leave' }).pluck('person_id')) as string[]).toEqual([two?.id]);
    // And what is written is heard again
    const reader = await app.as(one ?? presenter);
    expect((await (await app.as(presenter)).post(`webinars/${webinar.number}/messages`, { clientId: randomUUID(), text: 'Rieccoci' })).status).toBe(201);
    expect((await reader.get<RoomMessages>(`webinars/${webinar.number}/messages`)).body.items.map(({ text }) => text)).toEqual(['Rieccoci']);
  }, 60_000);

  it('gets a new configuration before the first frame that needs it, however the picture changed', async () => {
    const { webinar, presenter, people: [one] } = await aRoom(1);
    const [lead, viewer] = [await enter(presenter, webinar.number), await enter(one, webinar.number)];
    const track = await lead.publishCamera();
    accepted(await viewer.subscribe(track));
    lead.send({ track, seq: 1 });
    // The window of the screen was made larger: first what it is now, then the picture; what comes between nobody could decode
    lead.send({ track, seq: 2, config: 2, flags: FLAG.key });
    accepted(await lead.socket.emitWithAck('live:config', { track, spatial: 0, config: 2, decoderConfig: '{"codec":"vp8","codedWidth":1280}' }));
    lead.send({ track, seq: 3, config: 2, flags: FLAG.key });
    await viewer.until(() => viewer.frames.length >= 2);
    expect(viewer.frames.map(({ seq }) => seq)).toEqual([1, 3]);
    expect(viewer.heard.filter(({ event }) => event === 'live:config').map(({ told }) => (told as { config: number }).config)).toEqual([1, 2]);
  });

  it('is another one for the same presenter: what she sends in one is not in the other', async () => {
    const [one, two] = [await aRoom(1), await aRoom(1)];
    await aStaff(two.webinar, one.presenter, 'presenter');
    const [here, there] = [await enter(one.presenter, one.webinar.number), await enter(one.presenter, two.webinar.number)];
    const [mine, other] = [await here.publishCamera(), await there.publishCamera()];
    const [listener, stranger] = [await enter(one.people[0], one.webinar.number), await enter(two.people[0], two.webinar.number)];
    accepted(await listener.subscribe(mine));
    accepted(await stranger.subscribe(other));
    here.send({ track: mine, seq: 1 });
    there.send({ track: other, seq: 7, flags: FLAG.key });
    await listener.until(() => listener.frames.length > 0);
    await stranger.until(() => stranger.frames.length > 0);
    expect([listener.frames.map(({ seq }) => seq), stranger.frames.map(({ seq }) => seq)]).toEqual([[1], [7]]);
    await attendanceWritten();
    const rooms = (await database()('presence_log').where({ person_id: one.presenter.id, what: 'join' }).pluck('webinar_id')) as string[];
    expect(rooms.sort()).toEqual([one.webinar.id, two.webinar.id].sort());
  });

  it('takes only so many words from one person, in order, and says when it is too much', async () => {
    const { webinar, people: [one] } = await aRoom(1);
    const client = await app.as(one ?? fail());
    const answers = await Promise.all(Array.from({ length: 200 }, (_, i) => client.post<{ code?: string }>(`webinars/${webinar.number}/messages`, { clientId: randomUUID(), text: `Messaggio ${i}` })));
    const taken = answers.filter(({ status }) => status === 201).length;
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(200 - taken);
    expect([taken > 10, taken < 200]).toEqual([true, true]);
    const sequences = (await database()('room_messages').where('webinar_id', webinar.id).orderBy('sequence').pluck('sequence')) as number[];
    expect(sequences).toEqual(Array.from({ length: taken }, (_, i) => i + 1));
  });
});

function fail(): never {
  throw new Error('nobody');
}
