import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import { aPerson } from '../../accounts/factory.ts';
import { bundle, FLAG, KIND, readHeader, writeFrame } from '../../contract/media-frame.ts';
import type { RoomStreams } from '../../contract/room-streams.ts';
import { startTestApp, type TestApp, type TestClient } from '../../testing/app.ts';
import { MediaClient } from '../media/factory.ts';
import { Track } from '../media/track.ts';
import { webSocketFrame } from '../media/web-socket-frame.ts';
import { aRecordedWebinar, Publisher, readMedia } from '../recording/factory.ts';
import { contentOf, RemuxedStream } from './remuxed-stream.ts';

let app: TestApp;
const sockets: Pick<Socket, 'disconnect'>[] = [];
beforeAll(async () => {
  app = await startTestApp({ workers: false });
});
afterAll(async () => {
  for (const socket of sockets) socket.disconnect();
  await app.close();
});

/** A presenter who sends, and a learner who follows without decoding anything. */
async function aRoomWithout() {
  const { webinar, presenter, learner } = await aRecordedWebinar();
  const lead = await MediaClient.connect(app, presenter);
  sockets.push(lead.socket);
  await lead.join(webinar.number);
  const publisher = await Publisher.begin(lead);
  const client = await app.as(learner);
  const socket: Socket = io(`${app.url}/app`, { extraHeaders: { cookie: client.cookieHeader }, transports: ['polling'], upgrade: false, forceNew: true, reconnection: false });
  sockets.push(socket);
  return { webinar, presenter, learner, lead, publisher, client, socket, path: `webinars/${webinar.number}/streams`, begun: Date.now() };
}

const list = async (client: TestClient, path: string): Promise<RoomStreams['items']> => ((await client.get(path)).body as RoomStreams).items;

/** Opens one and reads until it ends. */
function listen(client: TestClient, path: string) {
  const opened = client.raw('GET', path, { timeoutMs: 20_000 });
  const whole = opened.then(async (response) => {
    const parts: Uint8Array[] = [];
    if (response.body) for await (const part of response.body) parts.push(part as Uint8Array);
    return readMedia(new Uint8Array(Buffer.concat(parts)));
  });
  return { opened, whole };
}

async function until(what: () => boolean, withinMs = 5000): Promise<void> {
  for (const deadline = Date.now() + withinMs; !what(); ) {
    if (Date.now() > deadline) throw new Error('It did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe('who decodes nothing herself', () => {
  it('gets each voice and each picture as WebM on one clock, until it ends', async () => {
    const { webinar, publisher, lead, client, socket, path, begun } = await aRoomWithout();
    const told: unknown[] = [];
    socket.on('room:changed', (hint) => told.push(hint));
    expect(await socket.emitWithAck('attend', webinar.number)).toEqual({ ok: true });
    expect(await list(client, path)).toEqual([
      { track: publisher.camera, kind: 'camera', personId: expect.any(String), name: 'Rosa Relatrice', mediaType: 'video/webm; codecs="vp8"' },
      { track: publisher.voice, kind: 'voice', personId: expect.any(String), name: 'Rosa Relatrice', mediaType: 'audio/webm; codecs="opus"' },
    ]);
    const [seen, heard] = [listen(client, `${path}/${publisher.camera}`), listen(client, `${path}/${publisher.voice}`)];
    const answers = [await seen.opened, await heard.opened];
    expect(answers.map(({ status, headers }) => [status, headers.get('content-type'), headers.get('cache-control'), headers.get('x-accel-buffering')])).toEqual([[200, 'video/webm; codecs="vp8"', 'no-store', 'no'], [200, 'audio/webm; codecs="opus"', 'no-store', 'no']]);
    publisher.picture(begun, { key: true });
    publisher.sound(begun + 10);
    publisher.picture(begun + 50);
    publisher.sound(begun + 50);
    // A cluster cannot say what is so much later, and begins anew
    publisher.picture(begun + 8000);
    publisher.sound(begun + 8010);
    await lead.socket.emitWithAck('live:unpublish', { track: publisher.camera });
    await lead.socket.emitWithAck('live:unpublish', { track: publisher.voice });
    const [{ video }, { audio }] = [await seen.whole, await heard.whole];
    // Of two sizes the largest
    expect(video.map(({ sent, spatial, key }) => [sent - begun, spatial, key])).toEqual([[0, 1, true], [50, 1, false], [8000, 1, false]]);
    const said = audio.filter(({ sent }) => sent > 0);
    expect(said.map(({ sent }) => sent - begun)).toEqual([10, 30, 50, 70, 8010, 8030]);
    const places = [...video, ...said].map(({ at, sent }) => Math.round(at * 1000 - sent));
    expect(Math.max(...places) - Math.min(...places)).toBeLessThanOrEqual(1);
    // Silence stands where nothing came: a player would stop before a hole
    expect(new Set(audio.slice(1).map(({ at }, i) => Math.round((at - (audio[i]?.at ?? 0)) * 1000)))).toEqual(new Set([20]));
    await until(() => told.length > 0);
    expect(told[0]).toEqual({ number: webinar.number, what: 'streams' });
    expect(await list(client, path)).toEqual([]);
  });

  it('sees at once what stands on a screen on which nothing moves', async () => {
    const { webinar, publisher, lead, client, socket, path, begun } = await aRoomWithout();
    await socket.emitWithAck('attend', webinar.number);
    publisher.picture(begun, { key: true });
    publisher.picture(begun + 50);
    await lead.socket.emitWithAck('live:clock');
    const seen = listen(client, `${path}/${publisher.camera}`);
    await seen.opened;
    await lead.socket.emitWithAck('live:unpublish', { track: publisher.camera });
    expect((await seen.whole).video.map(({ sent, spatial, key }) => [sent - begun, spatial, key])).toEqual([[0, 1, true], [50, 1, false]]);
  });

  it('is told nothing more once she is gone, or sent out', async () => {
    const { webinar, publisher, client, learner, presenter, socket, path, begun } = await aRoomWithout();
    await socket.emitWithAck('attend', webinar.number);
    const one = listen(client, `${path}/${publisher.voice}`);
    await one.opened;
    publisher.sound(begun);
    socket.emit('unattend', webinar.number);
    await one.whole;
    await socket.emitWithAck('attend', webinar.number);
    const two = listen(client, `${path}/${publisher.voice}`);
    await two.opened;
    publisher.sound(begun + 40);
    expect((await (await app.as(presenter)).put(`webinars/${webinar.number}/people/${learner.id}/removal`, { reason: 'Disturba' })).status).toBe(200);
    await two.whole;
    expect((await client.raw('GET', `${path}/${publisher.voice}`)).status).toBe(403);
  });

  it('hears of no track that WebM does not carry, but learns that it is there', async () => {
    const { webinar, lead, client, socket, path } = await aRoomWithout();
    await socket.emitWithAck('attend', webinar.number);
    const answer = await lead.socket.emitWithAck('live:publish', { kind: 'screen', layers: [{ spatial: 0, codec: 'avc1.42E01F' }] });
    if (!answer.ok) throw new Error(answer.code);
    await lead.socket.emitWithAck('live:publish', { kind: 'still', layers: [{ spatial: 0, codec: 'still' }] });
    expect((await list(client, path)).filter(({ kind }) => kind === 'screen')).toEqual([expect.objectContaining({ track: answer.track, mediaType: null })]);
    expect((await list(client, path)).length).toBe(3);
    expect((await client.raw('GET', `${path}/${answer.track}`)).status).toBe(404);
  });
});

describe('nobody hears', () => {
  it('who has no seat, is not signed in, or is not in the room; nor what there is not', async () => {
    const { webinar, publisher, client, socket, path } = await aRoomWithout();
    const status = async (who: TestClient, of: string) => (await who.raw('GET', `${path}/${of}`)).status;
    const [stranger, nobody] = [await app.as(await aPerson()), app.anonymous()];
    expect([await status(stranger, String(publisher.voice)), (await stranger.get(path)).status]).toEqual([403, 403]);
    expect([await status(nobody, String(publisher.voice)), (await nobody.get(path)).status]).toEqual([401, 401]);
    const refused = await client.get(`${path}/${publisher.voice}`);
    expect([refused.status, (refused.body as { code: string }).code]).toEqual([409, 'stream-not-following']);
    await socket.emitWithAck('attend', webinar.number);
    for (const none of ['60000', 'eins', '0', '-1', '1.5', '123456']) expect([none, await status(client, none)]).toEqual([none, 404]);
  });

  it('on in a session that was ended elsewhere, though she follows in another', async () => {
    const { webinar, publisher, client, learner, socket, path, begun } = await aRoomWithout();
    const thief = await app.as(learner);
    const its: Socket = io(`${app.url}/app`, { extraHeaders: { cookie: thief.cookieHeader }, transports: ['polling'], upgrade: false, forceNew: true, reconnection: false });
    sockets.push(its);
    for (const line of [socket, its]) expect(await line.emitWithAck('attend', webinar.number)).toEqual({ ok: true });
    const [hers, others] = [listen(client, `${path}/${publisher.voice}`), listen(thief, `${path}/${publisher.voice}`)];
    await Promise.all([hers.opened, others.opened]);
    publisher.sound(begun);
    expect((await client.delete('sessions')).body).toEqual({ ended: 1 });
    await others.whole;
    publisher.sound(begun + 5000);
    socket.emit('unattend', webinar.number);
    expect((await hers.whole).audio.length).toBeGreaterThan(200);
  });

  it('herself from her other device', async () => {
    const { webinar, presenter, path } = await aRoomWithout();
    const other = await app.as(presenter);
    expect(await list(other, path)).toEqual([]);
    expect(webinar.number).toBeGreaterThan(0);
  });

  it('the same over and over: sixteen at once, and again when one has ended', async () => {
    const { webinar, publisher, client, socket, path } = await aRoomWithout();
    await socket.emitWithAck('attend', webinar.number);
    const stop = new AbortController();
    const open = (signal?: AbortSignal) => fetch(`${app.url}/api/v1/${path}/${publisher.voice}`, { headers: { cookie: client.cookieHeader }, ...(signal ? { signal } : {}) });
    const all = await Promise.all(Array.from({ length: 16 }, () => open(stop.signal)));
    expect(all.every(({ status }) => status === 200)).toBe(true);
    expect((await open()).status).toBe(429);
    stop.abort();
    let again = 429;
    for (const deadline = Date.now() + 5000; again === 429 && Date.now() < deadline; ) {
      const response = await open();
      again = response.status;
      await response.body?.cancel();
    }
    expect(again).toBe(200);
  });
});

describe('one track on one line', () => {
  const ORIGIN = 1_790_000_000_000;
  const aTrack = (kind: 'camera' | 'audio', sizes: number[]) => {
    const asked: number[] = [];
    return { asked, track: new Track(1, kind, randomUUID(), sizes.map((spatial) => ({ spatial, codec: kind === 'audio' ? 'opus' : 'vp8', width: 320, height: 180 })), (spatial) => void asked.push(spatial)) };
  };
  /** A stream of a track, as the room feeds it. */
  function aStream(track: Track) {
    const content = contentOf(track);
    if (!content) throw new Error('no content');
    let clock = 0;
    const stream = new RemuxedStream(track, content, ORIGIN, () => clock);
    let seq = 0;
    /** At that moment, ms after the beginning. */
    const send = (ms: number, { spatial = 0, flags = 0, bytes = 60, at = ms, payload }: { spatial?: number; flags?: number; bytes?: number; at?: number; payload?: Uint8Array } = {}) => {
      clock = at;
      const frame = writeFrame({ kind: KIND[track.kind], flags, layer: spatial << 4, track: track.id, config: 1, seq: (seq += 1), group: 1, pts: (ORIGIN + ms) * 1000 }, payload ?? new Uint8Array(bytes).fill(track.isVideo ? 0 : 0xf8));
      const header = readHeader(frame);
      if (!header) throw new Error('no frame');
      track.keep(header, webSocketFrame(frame));
      stream.frame(track, header, frame);
    };
    return { stream, send, pass: (ms: number) => (clock += ms), waiting: () => stream.readable.readableLength };
  }
  const closed = (stream: RemuxedStream) => {
    let is = false;
    stream.readable.on('close', () => (is = true));
    return () => is;
  };

  it('that does not keep up for two seconds waits for a key frame, which it asks for only once it could take it, and goes on small', () => {
    const { asked, track } = aTrack('camera', [0, 1]);
    const { stream, send, waiting } = aStream(track);
    expect(asked).toEqual([1]);
    let at = 0;
    const both = (flags: number, bytes = 10_000) => {
      at += 100;
      for (const spatial of [0, 1]) send(at, { spatial, flags, bytes });
    };
    both(FLAG.key);
    for (let i = 0; i < 40; i += 1) both(0);
    const full = waiting();
    // Two seconds of pictures of ten thousand bytes
    expect(full).toBeGreaterThan(190_000);
    expect(full).toBeLessThan(220_000);
    for (let i = 0; i < 10; i += 1) both(FLAG.key);
    expect(waiting()).toBe(full);
    expect(asked).toEqual([1]);
    stream.readable.read();
    both(0, 100);
    expect(asked).toEqual([1, 0]);
    both(FLAG.key, 4000);
    // Of the two sizes the small one: one picture
    expect(waiting()).toBeGreaterThan(4000);
    expect(waiting()).toBeLessThan(5000);
  });

  it('that takes a large picture slowly goes on with it', () => {
    const { track } = aTrack('camera', [0]);
    const { stream, send, waiting } = aStream(track);
    send(0, { flags: FLAG.key, bytes: 400_000 });
    for (let at = 100; at <= 1900; at += 100) send(at, { bytes: 10_000 });
    stream.readable.read();
    send(2100, { bytes: 1000 });
    expect(waiting()).toBeGreaterThan(1000);
  });

  it('ends where nobody reads to its end, and where somebody lets too much wait', async () => {
    const { track } = aTrack('camera', [0]);
    const [one, other] = [aStream(track), aStream(track)];
    const [isClosed, isGivenUp] = [closed(one.stream), closed(other.stream)];
    one.send(0, { flags: FLAG.key });
    one.stream.finish();
    expect(isClosed()).toBe(false);
    for (let i = 0; i < 4; i += 1) other.send(i, { flags: FLAG.key, bytes: 300_000 });
    await until(isGivenUp);
    await until(isClosed, 10_000);
  });

  it('that has gone without a word is given up, also where nothing more comes', async () => {
    const { track } = aTrack('camera', [0]);
    const { stream, send, pass } = aStream(track);
    const isClosed = closed(stream);
    send(0, { flags: FLAG.key });
    pass(29_000);
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect(isClosed()).toBe(false);
    pass(2000);
    await until(isClosed);
  });

  it('of a voice that comes five seconds late begins anew', async () => {
    const { track } = aTrack('audio', [0]);
    const { stream, send } = aStream(track);
    const isClosed = closed(stream);
    for (let at = 0; at <= 4900; at += 100) send(at);
    expect(stream.readable.destroyed).toBe(false);
    for (let at = 5000; at <= 5200; at += 100) send(at);
    await until(isClosed);
  });

  it('says that it is alive where nothing comes for three seconds, and can be read all the same', async () => {
    const { track } = aTrack('audio', [0]);
    const { stream, send, pass, waiting } = aStream(track);
    const parts: Uint8Array[] = [];
    const read = () => {
      const part = stream.readable.read() as Uint8Array | null;
      if (part) parts.push(part);
    };
    send(0);
    read();
    pass(2000);
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect(waiting()).toBe(0);
    pass(1100);
    await until(() => waiting() > 0);
    expect(waiting()).toBe(2);
    read();
    send(3140);
    read();
    const { audio } = await readMedia(new Uint8Array(Buffer.concat(parts)));
    expect(audio.length).toBe(158);
  });

  it.each([['leaps ahead', 100_000_000_000], ['begins before the room did', -70_000], ['goes back an hour', -3_600_000]])('whose clock %s ends, and harms nobody', async (_name, ms) => {
    const { track } = aTrack('audio', [0]);
    const { stream, send } = aStream(track);
    if (ms !== -70_000) send(4_000_000, { at: 0 });
    send(4_000_000 + ms - (ms === -70_000 ? 4_000_000 : 0), { at: 0 });
    const ended = new Promise((resolve) => stream.readable.on('end', resolve));
    stream.readable.resume();
    await ended;
    send(4_000_020, { at: 0 });
    expect(stream.readable.readableLength).toBe(0);
  });

  it('whose clock leaps back within one message says nothing after its end', async () => {
    const { track } = aTrack('audio', [0]);
    const { stream, send } = aStream(track);
    const failed: unknown[] = [];
    stream.readable.on('error', (error) => failed.push(error));
    send(100_000, { at: 0 });
    send(100_000 - 60_010, { at: 0, flags: FLAG.bundle, payload: bundle([0, 1, 2].map(() => new Uint8Array(60).fill(0xf8))) });
    stream.readable.resume();
    await new Promise((resolve) => stream.readable.once('close', resolve));
    expect(failed).toEqual([]);
  });

  it('fills a pause of some seconds, and none of minutes', () => {
    const { track } = aTrack('audio', [0]);
    const { stream, send } = aStream(track);
    send(0);
    send(5000, { at: 0 });
    const filled = stream.readable.readableLength;
    expect(filled).toBeGreaterThan(249 * 12);
    send(50_000, { at: 0 });
    expect(stream.readable.readableLength - filled).toBeLessThan(200);
  });
});
