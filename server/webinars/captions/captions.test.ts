import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import { aPerson } from '../../accounts/factory.ts';
import type { LiveCaption, LiveCaptions } from '../../contract/live-captions.ts';
import type { Replay, ReplayTalk } from '../../contract/recording.ts';
import { database } from '../../database/connection.ts';
import { clock } from '../../gateways/clock.ts';
import { deleteRecordings } from '../recording/delete-recording.ts';
import { startTestApp, type TestApp, type TestClient } from '../../testing/app.ts';
import { aSeat, aStaff, aWebinar } from '../factory.ts';

let app: TestApp;
const sockets: Socket[] = [];
beforeAll(async () => {
  app = await startTestApp({ workers: false });
});
afterEach(() => clock.reset());
afterAll(async () => {
  for (const socket of sockets) socket.disconnect();
  await app.close();
});

async function aRoom(starts = -5) {
  const [presenter, operator, inspector, learner, stranger] = [await aPerson(), await aPerson(), await aPerson(), await aPerson(), await aPerson()];
  const webinar = await aWebinar({ starts, organiser: presenter, recorded: true });
  await aStaff(webinar, operator, 'moderator');
  await aStaff(webinar, inspector, 'inspector');
  await aSeat(webinar, learner);
  const [lead, writes, silent, reads, outside] = [await app.as(presenter), await app.as(operator), await app.as(inspector), await app.as(learner), await app.as(stranger)];
  return { webinar, presenter, operator, path: `webinars/${webinar.number}`, lead, writes, silent, reads, outside };
}

async function hearing(browser: TestClient, number: number): Promise<LiveCaption[]> {
  const socket = io(`${app.url}/app`, { extraHeaders: { cookie: browser.cookieHeader }, transports: ['websocket'], forceNew: true, reconnection: false });
  sockets.push(socket);
  const heard: LiveCaption[] = [];
  socket.on('room:captioned', ({ caption }: { caption: LiveCaption }) => heard.push(caption));
  await socket.emitWithAck('subscribe', `room:${number}`);
  return heard;
}

const line = (text: string, more: object = {}) => ({ clientId: randomUUID(), text, ...more });

describe('what is said, written along', () => {
  it('is heard by the room, numbered without a gap, once however often a line is sent; who comes later has it all', async () => {
    const { webinar, path, lead, writes, reads } = await aRoom();
    const heard = await hearing(reads, webinar.number);
    const first = line('Buongiorno a tutti.');
    const sent = await Promise.all([writes.post(`${path}/captions`, first), writes.post(`${path}/captions`, first), ...Array.from({ length: 8 }, (_, i) => (i % 2 ? lead : writes).post(`${path}/captions`, line(`Riga ${i}`)))]);
    expect(sent.map(({ status }) => status)).toEqual(sent.map(() => 201));
    const { body } = await reads.get<LiveCaptions>(`${path}/captions`);
    expect(body.items.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(body).toMatchObject({ last: 9, abilities: { write: false } });
    for (const deadline = Date.now() + 5000; heard.length < 9 && Date.now() < deadline; ) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(heard.sort((a, b) => a.sequence - b.sequence)).toEqual(body.items);
    expect((await reads.get<LiveCaptions>(`${path}/captions?after=7`)).body.items).toEqual(body.items.slice(7));
    expect((await reads.get<LiveCaptions>(`${path}/captions?after=3&limit=2`)).body.items).toEqual(body.items.slice(3, 5));
    expect((await reads.get<LiveCaptions>(`${path}/captions?latest=1&limit=2`)).body.items).toEqual(body.items.slice(7));
    expect((await writes.get<LiveCaptions>(`${path}/captions`)).body.abilities.write).toBe(true);
  });

  it('is written by who runs the room alone, while it is open, and read by who has a place in it', async () => {
    const { path, silent, reads, outside } = await aRoom();
    for (const browser of [silent, reads, outside]) expect((await browser.post(`${path}/captions`, line('Non lo scrivo io'))).status).toBe(403);
    expect((await silent.get(`${path}/captions`)).status).toBe(200);
    expect((await outside.get(`${path}/captions`)).status).toBe(403);
    const over = await aRoom(-24 * 60);
    expect((await over.writes.post(`${over.path}/captions`, line('Troppo tardi'))).status).toBe(403);
    expect((await over.writes.get<LiveCaptions>(`${over.path}/captions`)).body).toEqual({ items: [], last: 0, abilities: { write: false } });
  });

  it('says what is wrong with a line', async () => {
    const { path, writes } = await aRoom();
    for (const wrong of [line(' '), line('a'.repeat(161)), line('Bene', { typing: -1 }), line('Bene', { typing: 30_001 }), { text: 'Bene' }]) expect({ wrong, status: (await writes.post(`${path}/captions`, wrong)).status }).toEqual({ wrong, status: 422 });
    expect((await writes.get<LiveCaptions>(`${path}/captions`)).body.last).toBe(0);
  });
});

describe('captions of a recording that were written along', () => {
  const at = (start: Date, seconds: number) => new Date(start.getTime() + seconds * 1000);

  /** Recorded up to 60 s and from 100 s on of its clock, an hour ago. */
  async function aRecording() {
    const room = await aRoom(-60);
    const { webinar, presenter, operator } = room;
    const start = webinar.starts_at;
    await database()('recordings').insert({ webinar_id: webinar.id, starts_at: start, state: 'ready', duration_ms: 200_000, visibility: 'room', keep_until: '2030-01-01', source: 'x', ready_at: new Date() });
    await database()('recording_runs').insert([{ started_at: at(start, 0), stopped_at: at(start, 60) }, { started_at: at(start, 100), stopped_at: at(start, 200) }].map((run) => ({ webinar_id: webinar.id, started_by: presenter.id, ...run })));
    const said: [number, number, string][] = [[-5, -3, 'Si sente?'], [2, 4, 'Benvenuti a tutti'], [4.5, 7, 'A & B <firmano> --> ora'], [5, 8, 'e in fretta'], [70, 72, 'Questo è fuori onda'], [110, 115.25, 'Riprendiamo dalla convenzione, che come sapete va approvata dai due consigli prima della firma digitale']];
    await database()('room_captions').insert(said.map(([from, to, text], i) => ({ webinar_id: webinar.id, sequence: i + 1, author_id: operator.id, client_id: randomUUID(), text, began_at: at(start, from), at: at(start, to) })));
    return room;
  }

  it('stand where their words were said, and not where the recording was off', async () => {
    const { path, reads } = await aRecording();
    const { body } = await reads.get<Replay>(`${path}/recording`);
    expect(body.captions).toEqual([{ language: 'it', cues: 4, live: true }]);
    const vtt = await (await reads.raw('GET', `${path}/recording/captions/it`)).text();
    expect(vtt).toBe([
      'WEBVTT\n', '00:00:02.000 --> 00:00:03.500', 'Benvenuti a tutti\n', '00:00:04.500 --> 00:00:05.000', 'A &amp; B &lt;firmano&gt; --&gt; ora\n', '00:00:05.000 --> 00:00:06.500', 'e in fretta\n',
      '00:01:50.000 --> 00:01:56.867', 'Riprendiamo dalla convenzione, che come sapete va approvata dai due consigli prima della firma digitale\n',
    ].join('\n'));
    // And they are found, as they were written
    const { spoken } = (await reads.get<ReplayTalk>(`${path}/recording/talk`)).body;
    expect(spoken.map(({ seconds, text }) => [seconds, text])).toEqual([[2, 'Benvenuti a tutti'], [4.5, 'A & B <firmano> --> ora'], [5, 'e in fretta'], [110, expect.stringContaining('Riprendiamo')]]);
  });

  it('give way to a file that is sent, and go with it', async () => {
    const { path, lead, reads } = await aRecording();
    const better = 'WEBVTT\n\n00:02.000 --> 00:04.000\n<v Rosa>Benvenute e benvenuti\n';
    expect((await lead.raw('PUT', `${path}/recording/captions/it`, { body: better, headers: { 'content-type': 'text/vtt' } })).status).toBe(200);
    expect((await reads.get<Replay>(`${path}/recording`)).body.captions).toEqual([{ language: 'it', cues: 1, live: false }]);
    expect(await (await reads.raw('GET', `${path}/recording/captions/it`)).text()).toBe(better);
    expect((await reads.get<ReplayTalk>(`${path}/recording/talk`)).body.spoken).toEqual([{ seconds: 2, text: 'Benvenute e benvenuti' }]);
    expect((await lead.delete(`${path}/recording/captions/it`)).status).toBe(200);
    expect((await reads.get<Replay>(`${path}/recording`)).body.captions).toEqual([]);
    expect((await reads.raw('GET', `${path}/recording/captions/it`)).status).toBe(404);
  });

  it('leave their numbers behind: who listens misses no line that comes after them', async () => {
    const { webinar, path, lead, writes, reads } = await aRoom();
    for (const text of ['Uno', 'Due']) await writes.post(`${path}/captions`, line(text));
    await database()('recordings').insert({ webinar_id: webinar.id, starts_at: webinar.starts_at, state: 'recording', visibility: 'room', keep_until: '2030-01-01' });
    expect((await lead.delete(`${path}/recording/captions/it`)).status).toBe(200);
    expect((await writes.post<{ caption: LiveCaption }>(`${path}/captions`, line('Tre'))).body.caption.sequence).toBe(3);
    expect((await reads.get<LiveCaptions>(`${path}/captions?after=2`)).body).toMatchObject({ items: [{ sequence: 3, text: 'Tre' }], last: 3 });
  });

  it('of what was not recorded are read by nobody once it is over, and are not kept', async () => {
    const { webinar, path, reads } = await aRecording();
    const never = await aRoom(-60);
    await database()('room_captions').insert({ webinar_id: never.webinar.id, sequence: 1, author_id: never.operator.id, client_id: randomUUID(), text: 'Resti tra noi', began_at: never.webinar.starts_at, at: never.webinar.starts_at });
    await database()('webinars').whereIn('id', [webinar.id, never.webinar.id]).update({ closed_at: new Date() });
    for (const [browser, where] of [[reads, path], [never.reads, never.path]] as const) expect((await browser.get<LiveCaptions>(`${where}/captions`)).body).toEqual({ items: [], last: 0, abilities: { write: false } });
    await deleteRecordings();
    expect(await database()('room_captions').where('webinar_id', never.webinar.id)).toHaveLength(1);
    clock.advance(2 * 86_400_000);
    await deleteRecordings();
    expect(await database()('room_captions').where('webinar_id', never.webinar.id)).toEqual([]);
    expect(((await database()('room_captions').where('webinar_id', webinar.id).orderBy('sequence').pluck('text')) as string[]).slice(0, 2)).toEqual(['Benvenuti a tutti', 'A & B <firmano> --> ora']);
    expect(await database()('room_captions').where({ webinar_id: webinar.id, text: 'Questo è fuori onda' })).toEqual([]);
  });

  it('go with the recording', async () => {
    const { webinar, path, lead, reads } = await aRecording();
    expect((await lead.put(`${path}/recording/removal`, { reason: 'Lo ha chiesto un relatore' })).status).toBe(200);
    expect((await reads.get<Replay>(`${path}/recording`)).body.captions).toEqual([]);
    expect(await database()('room_captions').where('webinar_id', webinar.id)).toEqual([]);
  });
});
