import { randomUUID } from 'node:crypto';
import { appendFile, readdir, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { aPerson } from '../../accounts/factory.ts';
import type { Replay } from '../../contract/recording.ts';
import { database } from '../../database/connection.ts';
import { clock } from '../../gateways/clock.ts';
import { files } from '../../gateways/files.ts';
import { logDisk } from '../../gateways/log-disk.ts';
import { startTestApp, type TestApp } from '../../testing/app.ts';
import { aStaff } from '../factory.ts';
import { accepted, MediaClient } from '../media/factory.ts';
import { endRecordings } from './end-recordings.ts';
import { aRecordedWebinar, Publisher, readFile } from './factory.ts';
import { readLog, RECORD } from './packet-log.ts';

let app: TestApp;
const clients: MediaClient[] = [];
beforeAll(async () => {
  app = await startTestApp();
});
afterEach(() => clock.reset());
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
const record = (client: MediaClient, on: boolean) => client.socket.emitWithAck('live:record', { on });
const replayOf = async (person: { id: string }, number: number) => (await (await app.as(person)).get<Replay>(`webinars/${number}/recording`)).body;
const recordsOf = async (webinarId: string) => {
  const folder = join(logDisk.folder, webinarId);
  const records: { type: number; body: Buffer }[] = [];
  for (const name of (await readdir(folder)).filter((file) => file.endsWith('.log')).sort()) for await (const one of readLog(logDisk.read(join(folder, name)))) records.push({ type: one.type, body: Buffer.from(one.body) });
  return records;
};

describe('a recording', () => {
  it('goes from the room to a file that plays: on one clock, gaps as long as they were, sound beside picture', async () => {
    const { webinar, presenter, learner } = await aRecordedWebinar();
    const desk = await enter(presenter, webinar.number);
    const viewer = await enter(learner, webinar.number);
    const publisher = await Publisher.begin(desk);
    accepted(await record(desk, true));
    await viewer.until(() => viewer.heard.some(({ event, told }) => event === 'live:recording' && (told as { since: number | null }).since !== null));
    const origin = ((await database()('recordings').where('webinar_id', webinar.id).first('starts_at')) as { starts_at: Date }).starts_at.getTime();
    // A second, a second of nothing, another second
    publisher.both(origin + 100, 1000);
    publisher.both(origin + 2100, 1000);
    await new Promise((resolve) => setTimeout(resolve, 400));
    accepted(await record(desk, false));
    await app.settled();

    const replay = await replayOf(learner, webinar.number);
    expect(replay).toMatchObject({ state: 'ready', abilities: { change: false, remember: true }, files: [{ kind: 'camera', person: 'Rosa Relatrice', mediaType: 'video/webm', width: 640, height: 360, seen: [[0.1, 3.15]] }] });
    expect(replay.duration).toBeGreaterThan(3);
    const { duration, video, audio } = await readFile(await app.as(learner), webinar.number, replay.files[0] ?? { id: '' });
    expect(duration).toBeCloseTo(replay.duration, 1);
    expect(video[0]).toMatchObject({ at: 0, key: true });
    // Each of the large pictures at its moment, and none of the small ones
    const shown = video.slice(1);
    expect(shown.map(({ spatial }) => spatial)).toEqual(Array.from({ length: 40 }, () => 1));
    for (const { at, sent } of shown) expect(Math.abs(at * 1000 - (sent - origin))).toBeLessThanOrEqual(2);
    // Sound without holes from the beginning, every packet within 20 ms of its moment
    audio.forEach(({ at }, index) => expect(at).toBeCloseTo(index * 0.02, 2));
    const heard = audio.filter(({ sent }) => sent > 0);
    expect(heard).toHaveLength(100);
    for (const { at, sent } of heard) expect(Math.abs(at * 1000 - (sent - origin))).toBeLessThanOrEqual(20);
    const [lastPicture, lastSound] = [shown.at(-1), heard.at(-1)];
    expect(Math.abs((lastPicture?.at ?? 0) * 1000 - (lastPicture?.sent ?? 0) - ((lastSound?.at ?? 0) * 1000 - (lastSound?.sent ?? 0)))).toBeLessThan(40);

    const client = await app.as(learner);
    const part = await client.raw('GET', `webinars/${webinar.number}/recording/files/${replay.files[0]?.id}`, { headers: { range: 'bytes=0-99' } });
    expect([part.status, part.headers.get('content-range'), part.headers.get('content-type'), (await part.arrayBuffer()).byteLength]).toEqual([206, `bytes 0-99/${replay.files[0]?.bytes}`, 'video/webm', 100]);
    const kept = await client.raw('GET', `webinars/${webinar.number}/recording/files/${replay.files[0]?.id}?download=1`);
    expect(kept.headers.get('content-disposition')).toMatch(/attachment.*webinar-\d+-camera-Rosa-Relatrice\.webm/);
  });

  it('is as long as it was where a presenter’s clock jumps', async () => {
    const { webinar, presenter } = await aRecordedWebinar();
    const desk = await enter(presenter, webinar.number);
    const publisher = await Publisher.begin(desk);
    accepted(await record(desk, true));
    publisher.both(Date.now(), 300);
    await new Promise((resolve) => setTimeout(resolve, 400));
    // A day ahead, from one picture to the next
    publisher.both(Date.now() + 86_400_000, 300);
    await new Promise((resolve) => setTimeout(resolve, 400));
    accepted(await record(desk, false));
    await app.settled();
    const { state, duration } = await replayOf(presenter, webinar.number);
    expect(state).toBe('ready');
    expect(duration).toBeGreaterThan(0.3);
    expect(duration).toBeLessThan(60);
  });

  it('takes the small picture while the large one does not come, and a picture begins with its key', async () => {
    const { webinar, presenter } = await aRecordedWebinar();
    const desk = await enter(presenter, webinar.number);
    const publisher = await Publisher.begin(desk);
    const before = Date.now();
    publisher.picture(before, { key: true });
    accepted(await record(desk, true));
    // Asked for at once, because nobody can decode what comes before
    await desk.until(() => desk.heard.some(({ event }) => event === 'live:key'));
    publisher.picture(Date.now());
    publisher.picture(Date.now() + 50, { key: true });
    await new Promise((resolve) => setTimeout(resolve, 1700));
    publisher.picture(Date.now(), { spatials: [0] });
    publisher.picture(Date.now() + 50, { spatials: [0], key: true });
    publisher.picture(Date.now() + 100, { spatials: [0] });
    publisher.picture(Date.now() + 150, { key: true });
    await new Promise((resolve) => setTimeout(resolve, 400));
    accepted(await record(desk, false));
    await app.settled();
    const replay = await replayOf(presenter, webinar.number);
    const { video } = await readFile(await app.as(presenter), webinar.number, replay.files[0] ?? { id: '' });
    expect(video.slice(1).map(({ spatial, key }) => `${spatial}${key ? ' key' : ''}`)).toEqual(['1 key', '0 key', '0', '0 key', '1 key']);
  });

  it('ends where a record is torn, and all before it plays', async () => {
    const { webinar, presenter } = await aRecordedWebinar();
    const desk = await enter(presenter, webinar.number);
    const publisher = await Publisher.begin(desk);
    accepted(await record(desk, true));
    const now = Date.now();
    publisher.both(now, 500);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const [name = ''] = await readdir(join(logDisk.folder, webinar.id));
    const path = join(logDisk.folder, webinar.id, name);
    const whole = await recordsOf(webinar.id);
    expect(whole.filter(({ type }) => type === RECORD.frame)).toHaveLength(10 + 13);
    const { bytes = 0 } = (await logDisk.facts(path)) ?? {};
    await truncate(path, bytes - 7);
    expect(await recordsOf(webinar.id)).toEqual(whole.slice(0, -1));
    // What a disk has after its power failed: room that was given and never written
    await appendFile(path, Buffer.alloc(4096));
    expect(await recordsOf(webinar.id)).toEqual(whole.slice(0, -1));
    await truncate(path, 9);
    expect(await recordsOf(webinar.id)).toEqual([]);
    accepted(await record(desk, false));
  });

  it('loses what the disk does not take, tells who leads and nobody else, and the room goes on', async () => {
    const { webinar, presenter, learner } = await aRecordedWebinar();
    const [desk, viewer] = [await enter(presenter, webinar.number), await enter(learner, webinar.number)];
    const publisher = await Publisher.begin(desk);
    accepted(await viewer.subscribe(publisher.camera));
    const { begin } = logDisk;
    let full = true;
    logDisk.begin = async (path) => {
      const file = await begin(path);
      return { ...file, append: async (parts) => (full ? Promise.reject(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })) : file.append(parts)) };
    };
    const told = (client: MediaClient) => client.heard.filter(({ event }) => event === 'live:recording').map(({ told }) => (told as { trouble: boolean }).trouble);
    try {
      accepted(await record(desk, true));
      await desk.until(() => told(desk).includes(true));
      const before = viewer.frames.length;
      publisher.both(Date.now(), 200);
      await viewer.until(() => viewer.frames.length > before);
      full = false;
      await desk.until(() => told(desk).at(-1) === false, 6000);
      publisher.both(Date.now(), 200);
      await new Promise((resolve) => setTimeout(resolve, 400));
      accepted(await record(desk, false));
    } finally {
      logDisk.begin = begin;
    }
    expect(told(viewer)).not.toContain(true);
    await app.settled();
    const replay = await replayOf(presenter, webinar.number);
    expect(replay).toMatchObject({ state: 'ready', gaps: [[expect.any(Number), expect.any(Number)]] });
    expect((replay.gaps[0]?.[1] ?? 0) - (replay.gaps[0]?.[0] ?? 0)).toBeGreaterThan(1);
    expect((await replayOf(learner, webinar.number)).gaps).toEqual([]);
  });

  it('is begun and ended by who leads, where it was announced, once however often it is said; and ends with the webinar', async () => {
    const { webinar, presenter, learner } = await aRecordedWebinar();
    const second = await aPerson();
    await aStaff(webinar, second, 'moderator');
    const [desk, viewer, keeper] = [await enter(presenter, webinar.number), await enter(learner, webinar.number), await enter(second, webinar.number)];
    expect(await record(viewer, true)).toEqual({ ok: false, code: 'forbidden' });
    expect(await record(keeper, true)).toEqual({ ok: false, code: 'forbidden' });
    expect(await viewer.socket.emitWithAck('live:record', { on: 'yes' } as unknown as { on: boolean })).toEqual({ ok: false, code: 'malformed' });
    await Promise.all([record(desk, true), record(desk, true)]);
    expect(await database()('recording_runs').where('webinar_id', webinar.id).select('started_by', 'stopped_at')).toEqual([{ started_by: presenter.id, stopped_at: null }]);
    expect((await (await app.as(presenter)).patch(`webinars/${webinar.number}`, { recorded: false })).body).toMatchObject({ code: 'recording-on' });
    // Who comes later is told at the door
    const late = await MediaClient.connect(app, learner);
    clients.push(late);
    expect(accepted(await late.join(webinar.number)).state).toMatchObject({ recorded: true, recording: { since: expect.any(Number), trouble: false } });
    expect((await (await app.as(presenter)).put(`webinars/${webinar.number}/closing`)).status).toBe(200);
    expect(await database()('recording_runs').where('webinar_id', webinar.id).whereNull('stopped_at')).toEqual([]);
    await app.settled();
    // Nobody sent anything
    await database()('recordings').where('webinar_id', webinar.id).first('state');
    const quiet = await aRecordedWebinar({ recorded: false });
    const unannounced = await enter(quiet.presenter, quiet.webinar.number);
    expect(await record(unannounced, true)).toEqual({ ok: false, code: 'recording-not-announced' });
  });

  it('that nobody ended ends after its webinar, and is made ready', async () => {
    const { webinar, presenter } = await aRecordedWebinar();
    const desk = await enter(presenter, webinar.number);
    const publisher = await Publisher.begin(desk);
    accepted(await record(desk, true));
    publisher.both(Date.now(), 300);
    await new Promise((resolve) => setTimeout(resolve, 400));
    desk.socket.disconnect();
    await endRecordings();
    expect(await database()('recording_runs').where('webinar_id', webinar.id).whereNull('stopped_at')).toHaveLength(1);
    clock.advance(4 * 3_600_000);
    await endRecordings();
    clock.reset();
    await app.settled();
    await endRecordings();
    await app.settled();
    expect(await replayOf(presenter, webinar.number)).toMatchObject({ state: 'ready', files: [{ kind: 'camera' }] });
    // Made again of the same, and by several at once, it is the same files
    const ids = async () => (await database()('recording_files').where('webinar_id', webinar.id).pluck('id')) as string[];
    const before = await ids();
    const { muxRecording } = await import('./mux-recording.ts');
    await muxRecording(webinar.id);
    await muxRecording(randomUUID());
    expect(await ids()).toEqual(before);
    await database()('recordings').where('webinar_id', webinar.id).update({ source: 'of other logs' });
    await Promise.all([muxRecording(webinar.id), muxRecording(webinar.id), muxRecording(webinar.id)]);
    const [made] = (await replayOf(presenter, webinar.number)).files;
    expect((await readFile(await app.as(presenter), webinar.number, made ?? { id: '' })).video.length).toBeGreaterThan(5);
    expect((await readdir(join(logDisk.folder, webinar.id))).filter((name) => !name.endsWith('.log'))).toEqual([]);
    // What the storage does not take is not lost: it is tried again
    await database()('recordings').where('webinar_id', webinar.id).update({ source: 'of other logs' });
    const { keep } = files;
    files.keep = () => Promise.reject(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }));
    await expect(muxRecording(webinar.id)).rejects.toThrow('no space').finally(() => (files.keep = keep));
    expect(await replayOf(presenter, webinar.number)).toMatchObject({ state: 'ready', files: [{ id: made?.id }] });
  });
});
