import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { MEDIA_PATH } from '../../contract/live.ts';
import { FLAG, KIND, writeAcknowledgement, writeFrame } from '../../contract/media-frame.ts';
import { startTestApp, type TestApp } from '../../testing/app.ts';
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

describe('what is no media closes its connection, and nothing else', () => {
  const wrong: [string, string, (client: MediaClient, own: number, others: number) => void][] = [
    ['an unknown version', 'malformed', (client) => client.socket.emit('frame', Uint8Array.from({ length: 2000 }, () => 9))],
    ['too short to be a frame', 'malformed', (client) => client.socket.emit('frame', Uint8Array.of(1, 2, 3))],
    ['a track of somebody else', 'forged-track', (client, _own, others) => client.send({ track: others, seq: 99 })],
    ['a track that never was', 'forged-track', (client) => client.send({ track: 60_000, seq: 1 })],
    ['a kind that the track is not', 'wrong-kind', (client, own) => client.send({ track: own, seq: 1, kind: KIND.audio })],
    ['a size that was not announced', 'unknown-layer', (client, own) => client.send({ track: own, seq: 1, layer: 0x10 })],
    ['a frame too large', 'too-large', (client, own) => client.send({ track: own, seq: 1 }, new Uint8Array(600 * 1024))],
    ['a frame that came before', 'out-of-order', (client, own) => [5, 5].forEach((seq) => client.send({ track: own, seq }))],
    ['more than any camera sends', 'too-much', (client, own) => Array.from({ length: 400 }, (_, i) => client.send({ track: own, seq: i + 1 }))],
    ['a flood of acknowledgements', 'too-much', (client) => Array.from({ length: 200 }, () => client.acknowledge())],
    ['ten thousand raised hands', 'too-much', (client) => Array.from({ length: 10_000 }, (_, i) => void client.socket.emit('live:hand', { up: i % 2 === 0 }, () => undefined))],
    ['an acknowledgement cut short', 'malformed', (client) => client.socket.emit('frame', writeAcknowledgement({ rung: 0, received: [{ track: 1, spatial: 0, seq: 1 }] }).slice(0, 4))],
    ['a moment that is none', 'malformed', (client, own) => client.send({ track: own, seq: 1, pts: 1e300 })],
    ['a moment before all others', 'malformed', (client, own) => client.send({ track: own, seq: 1, pts: -1 })],
    ['a flood of words', 'too-much', (client) => Array.from({ length: 400 }, () => void client.socket.emit('live:clock', () => undefined))],
  ];

  it.each(wrong)('%s', async (_name, reason, misbehave) => {
    const { number, presenter, people: [one = fail(), two = fail()] } = await aLiveWebinar();
    const [lead, bad, watching] = [await enter(presenter, number), await enter(one, number), await enter(two, number)];
    accepted(await lead.socket.emitWithAck('live:invite', { personId: one.id }));
    const [track, own] = [await lead.publishCamera(), await bad.publishCamera()];
    accepted(await watching.subscribe(track));
    misbehave(bad, own, track);
    expect(await bad.closed).toBe(reason);
    lead.send({ track, seq: 1 });
    await watching.until(() => watching.frames.length === 1);
  });

  it('ten thousand messages of chance', async () => {
    const { number, presenter, people: [one = fail()] } = await aLiveWebinar();
    const [lead, watching] = [await enter(presenter, number), await enter(one, number)];
    const track = await lead.publishCamera();
    accepted(await watching.subscribe(track));
    // A generator, so that the same ten thousand come each time
    let state = 42;
    const chance = (below: number) => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) % below;
    let refused = 0;
    for (let sent = 0; sent < 10_000; ) {
      const bad = await MediaClient.connect(app, one);
      accepted(await bad.join(number));
      for (let i = 0; i < 500; i += 1, sent += 1) bad.socket.emit('frame', Uint8Array.from({ length: chance(64) }, () => chance(256)));
      if ((await bad.closed) === 'malformed') refused += 1;
    }
    expect(refused).toBe(20);
    lead.send({ track, seq: 1 });
    await watching.until(() => watching.frames.length === 1);
  });

  it('frames before anybody has come in', async () => {
    const { presenter } = await aLiveWebinar(0);
    const { cookieHeader } = await app.as(presenter);
    const socket = new WebSocket(`${app.url.replace('http', 'ws')}${MEDIA_PATH}/?EIO=4&transport=websocket`, { headers: { cookie: cookieHeader } });
    const closed = new Promise((resolve) => socket.on('close', resolve));
    socket.once('message', () => socket.send(writeFrame({ kind: KIND.camera, flags: FLAG.key, layer: 0, track: 1, config: 1, seq: 1, group: 1, pts: 1 }, new Uint8Array(50))));
    await closed;
    const entered = await MediaClient.connect(app, presenter);
    entered.send({ track: 1, seq: 1 });
    expect(await entered.closed).toBe('not-joined');
    const early = await MediaClient.connect(app, presenter);
    early.acknowledge();
    expect(await early.closed).toBe('not-joined');
  });

  it('text that is no packet', async () => {
    const { number, presenter } = await aLiveWebinar(0);
    const client = await enter(presenter, number);
    client.socket.io.engine.send('{"type":2,"nsp":"/live","data":"no list"}');
    expect(await client.closed).toMatch(/transport close|io server disconnect/);
  });
});

function fail(): never {
  throw new Error('nobody there');
}
