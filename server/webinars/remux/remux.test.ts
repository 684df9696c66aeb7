import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import { aPerson } from '../../accounts/factory.ts';
import { FLAG, KIND, readHeader, writeFrame } from '../../contract/media-frame.ts';
import type { RoomStreams } from '../../contract/room-streams.ts';
import { startTestApp, type TestApp, type TestClient } from '../../testing/app.ts';
import { MediaClient } from '../media/factory.ts';
import { Track } from '../media/track.ts';
import { aRecordedWebinar, Publisher, readMedia } from '../recording/factory.ts';
import { RemuxedStream } from './remuxed-stream.ts';

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
  return { webinar, presenter, learner, lead, publisher, client, socket, path: `webinars/${webinar.number}/streams` };
}

const list = async (client: TestClient, path: string): Promise<RoomStreams['items']> => ((await client.get(path)).body as RoomStreams).items;

/** Opens one and reads until it ends. */
function listen(client: TestClient, path: string) {
  const opened = client.raw('GET', path, { timeoutMs: 20_000 });
  const whole = opened.then(async (response) => {
    const parts: Uint8Array[] = [];
    if (response.body) for await (const part of response.body) parts.push(part as Uint8Array);
    return new Uint8Array(Buffer.concat(parts));
  });
  return { opened, whole };
}

const [CLUSTER, TIMESTAMP, BLOCK, WITHOUT_END] = [0x1f43b675, 0xe7, 0xa3, 12] as const;

/** When each block is, in the order in which they stand: ms. */
function momentsIn(bytes: Buffer): number[] {
  const moments: number[] = [];
  let cluster = 0;
  for (let at = bytes.indexOf(Buffer.from('1f43b675', 'hex')); at < bytes.length; ) {
    if (bytes.readUInt32BE(at) === CLUSTER) {
      at += WITHOUT_END;
      continue;
    }
    const [id, size] = [bytes[at], bytes.readUInt32BE(at + 1) - 0x10000000];
    const body = bytes.subarray(at + 5, at + 5 + size);
    if (id === TIMESTAMP) cluster = body.readUIntBE(0, size);
    else if (id === BLOCK) moments.push(cluster + body.readInt16BE(1));
    at += 5 + size;
  }
  return moments;
}

async function until(what: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 5000; !what(); ) {
    if (Date.now() > deadline) throw new Error('It did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe('who decodes nothing herself', () => {
  it('gets what is sent as one stream of WebM, picture and voice on one clock, until it ends', async () => {
    const { webinar, publisher, lead, client, socket, path } = await aRoomWithout();
    const told: unknown[] = [];
    socket.on('room:changed', (hint) => told.push(hint));
    expect(await socket.emitWithAck('attend', webinar.number)).toEqual({ ok: true });
    const [stream] = await list(client, path);
    expect(stream).toMatchObject({ kind: 'camera', name: 'Rosa Relatrice', tracks: `${publisher.camera}-${publisher.voice}`, voice: String(publisher.voice), mediaType: 'video/webm; codecs="vp8, opus"' });
    publisher.picture(1000, { key: true });
    const heard = listen(client, `${path}/${stream?.tracks}`);
    expect([(await heard.opened).status, (await heard.opened).headers.get('content-type'), (await heard.opened).headers.get('cache-control')]).toEqual([200, 'video/webm; codecs="vp8, opus"', 'no-store']);
    // Nothing but from a key frame on, of the largest size
    publisher.picture(1050);
    publisher.sound(1060);
    publisher.picture(1100, { key: true });
    publisher.sound(1100);
    // A voice comes a little later than the picture of the same moment
    publisher.picture(1150);
    publisher.sound(1140);
    // The beginning of a cluster long after
    publisher.sound(8980);
    publisher.picture(9000, { key: true });
    await lead.socket.emitWithAck('live:unpublish', { track: publisher.camera });
    const bytes = await heard.whole;
    const { video, audio } = await readMedia(bytes);
    expect(video.map(({ sent, spatial, key }) => [sent, spatial, key])).toEqual([[1100, 1, true], [1150, 1, false], [9000, 1, true]]);
    expect(audio.slice(0, 6).map(({ sent }) => sent)).toEqual([1060, 1080, 1100, 1120, 1140, 1160]);
    // Browsers refuse what goes back, of whichever track
    const moments = momentsIn(Buffer.from(bytes));
    expect(moments.length).toBe(video.length + audio.length);
    expect(moments).toEqual([...moments].sort((a, b) => a - b));
    const places = [...video, ...audio.filter(({ sent }) => sent > 0)].map(({ at, sent }) => Math.round(at * 1000 - sent));
    expect(Math.max(...places) - Math.min(...places)).toBeLessThanOrEqual(1);
    await until(() => told.length > 0);
    expect(told[0]).toEqual({ number: webinar.number, what: 'streams' });
    expect((await list(client, path)).map(({ kind }) => kind)).toEqual(['voice']);
  });

  it('hears silence where a voice pauses, because a player would wait for it', async () => {
    const { webinar, publisher, lead, client, socket, path } = await aRoomWithout();
    await socket.emitWithAck('attend', webinar.number);
    const heard = listen(client, `${path}/${publisher.camera}-${publisher.voice}`);
    await heard.opened;
    publisher.sound(0);
    for (let at = 0; at <= 2000; at += 50) publisher.picture(at, { key: at % 1000 === 0 });
    publisher.sound(2000);
    await lead.socket.emitWithAck('live:unpublish', { track: publisher.voice });
    const { audio } = await readMedia(await heard.whole);
    expect(audio.filter(({ sent }) => sent > 0).map(({ sent }) => sent)).toEqual([20, 2000, 2020]);
    const gaps = audio.slice(1).map(({ at }, i) => Math.round((at - (audio[i]?.at ?? 0)) * 1000));
    expect(gaps.length).toBe(101);
    expect(new Set(gaps)).toEqual(new Set([20]));
  });

  it('is told nothing more once she is gone, or sent out', async () => {
    const { webinar, publisher, client, learner, presenter, socket, path } = await aRoomWithout();
    await socket.emitWithAck('attend', webinar.number);
    const one = listen(client, `${path}/${publisher.voice}`);
    expect((await one.opened).headers.get('content-type')).toBe('audio/webm; codecs="opus"');
    socket.emit('unattend', webinar.number);
    await one.whole;
    await socket.emitWithAck('attend', webinar.number);
    const two = listen(client, `${path}/${publisher.voice}`);
    await two.opened;
    expect((await (await app.as(presenter)).put(`webinars/${webinar.number}/people/${learner.id}/removal`, { reason: 'Disturba' })).status).toBe(200);
    await two.whole;
    expect((await client.raw('GET', `${path}/${publisher.voice}`)).status).toBe(403);
  });
});

describe('nobody hears', () => {
  it('who has no seat, is not signed in, or is not in the room; nor what there is not, or of two people in one', async () => {
    const { webinar, publisher, client, learner, lead, socket, path } = await aRoomWithout();
    const status = async (who: TestClient, of: string) => (await who.raw('GET', `${path}/${of}`)).status;
    const [stranger, nobody] = [await app.as(await aPerson()), app.anonymous()];
    expect([await status(stranger, String(publisher.voice)), (await stranger.get(path)).status]).toEqual([403, 403]);
    expect([await status(nobody, String(publisher.voice)), (await nobody.get(path)).status]).toEqual([401, 401]);
    const refused = await client.get(`${path}/${publisher.voice}`);
    expect([refused.status, (refused.body as { code: string }).code]).toEqual([409, 'stream-not-following']);
    await socket.emitWithAck('attend', webinar.number);
    // Somebody else speaks, too: of two people there is no stream
    const second = await MediaClient.connect(app, learner);
    sockets.push(second.socket);
    await second.join(webinar.number);
    await lead.socket.emitWithAck('live:invite', { personId: learner.id });
    const other = await Publisher.begin(second);
    for (const none of ['60000', `${publisher.camera}-60000`, `${publisher.camera}-${publisher.camera}`, `${publisher.voice}-${publisher.voice}`, `${publisher.camera}-${other.voice}`, 'eins', '0', '1-2-3', '123456']) expect([none, await status(client, none)]).toEqual([none, 404]);
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

describe('a line that does not keep up', () => {
  const track = (id: number, kind: 'camera' | 'audio', sizes: number[]) => {
    const asked: number[] = [];
    return { asked, track: new Track(id, kind, 'p', sizes.map((spatial) => ({ spatial, codec: kind === 'audio' ? 'opus' : 'vp8', width: 320, height: 180 })), (spatial) => void asked.push(spatial)) };
  };

  it('loses the picture and keeps the voice; the picture comes back small; who reads nothing at all is given up', async () => {
    const [camera, voice] = [track(1, 'camera', [0, 1]), track(2, 'audio', [0])];
    const stream = new RemuxedStream(camera.track, voice.track);
    expect(camera.asked).toEqual([1]);
    let at = 0;
    const send = (of: Track, kind: number, spatial: number, flags: number, size: number) => {
      const bytes = writeFrame({ kind, flags, layer: spatial << 4, track: of.id, config: 1, seq: at, group: 1, pts: at * 1000 }, kind === KIND.audio ? new Uint8Array(size).fill(0xf8) : new Uint8Array(size));
      const header = readHeader(bytes);
      if (header) stream.frame(of, header, bytes);
    };
    const both = (flags: number, size = 10_000) => {
      at += 20;
      for (const spatial of [0, 1]) send(camera.track, KIND.camera, spatial, flags, size);
      send(voice.track, KIND.audio, 0, 0, 60);
    };
    both(FLAG.key);
    for (let i = 0; i < 40; i += 1) both(0);
    const full = stream.body.readableLength;
    // Some twenty pictures of ten thousand bytes, and every word
    expect(full).toBeGreaterThan(190_000);
    expect(full).toBeLessThan(220_000);
    for (let i = 0; i < 10; i += 1) both(FLAG.key);
    expect(stream.body.readableLength - full).toBeLessThan(10 * 100);
    stream.body.read();
    both(FLAG.key, 4000);
    // Of the two sizes the small one: one picture
    expect(stream.body.readableLength).toBeGreaterThan(4000);
    expect(stream.body.readableLength).toBeLessThan(8000);
    let closed = false;
    stream.body.on('close', () => (closed = true)).on('error', () => undefined);
    for (let i = 0; i < 20_000 && !stream.body.destroyed; i += 1) both(0, 10);
    await until(() => closed);
  });
});
