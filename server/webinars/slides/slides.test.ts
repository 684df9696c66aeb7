import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import { aPerson, anAdministrator } from '../../accounts/factory.ts';
import { anUpload } from '../../community/documents/factory.ts';
import type { Replay } from '../../contract/recording.ts';
import type { RoomSlides, ShownSlide, SlidePages } from '../../contract/slides.ts';
import { database } from '../../database/connection.ts';
import { slidesFile, type SlideText } from '../../demonstration/slides-file.ts';
import { files } from '../../gateways/files.ts';
import { startTestApp, type TestApp, type TestClient } from '../../testing/app.ts';
import { aSeat, aStaff, aWebinar } from '../factory.ts';
import { accepted, MediaClient } from '../media/factory.ts';
import { Publisher } from '../recording/factory.ts';

let app: TestApp;
const sockets: { disconnect(): unknown }[] = [];
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(async () => {
  for (const socket of sockets) socket.disconnect();
  await app.close();
});

const THREE: SlideText[] = [{ title: 'La convenzione', lines: ['Chi fa che cosa'] }, { title: 'Le soglie', lines: ['Lavori', 'Servizi'] }, { title: 'Domande', lines: [] }];

async function aRoom(more: Parameters<typeof aWebinar>[0] = {}) {
  const [presenter, second, moderator, learner, stranger] = [await aPerson(), await aPerson(), await aPerson(), await aPerson(), await aPerson()];
  const webinar = await aWebinar({ starts: -5, organiser: presenter, ...more });
  await aStaff(webinar, second, 'co-presenter');
  await aStaff(webinar, moderator, 'moderator');
  await aSeat(webinar, learner);
  return { webinar, path: `webinars/${webinar.number}/slides`, presenter, learner, lead: await app.as(presenter), co: await app.as(second), keeps: await app.as(moderator), viewer: await app.as(learner), outside: await app.as(stranger) };
}

async function add(browser: TestClient, path: string, slides = THREE, name = 'Lezione.pdf'): Promise<string> {
  const { status, body } = await browser.post<RoomSlides>(path, { uploadId: await anUpload(browser, name, await slidesFile('Lezione', slides)) });
  expect(status).toBe(201);
  await app.settled();
  return body.decks.at(-1)?.id ?? '';
}

const codes = async (reply: Promise<{ status: number; body: unknown }>) => {
  const { status, body } = await reply;
  const { code, errors } = body as { code?: string; errors?: { code?: string; path: string }[] };
  return [status, code, ...(errors ?? []).map((error) => `${error.path} ${error.code}`)];
};

async function hearing(browser: TestClient, topic: string): Promise<{ event: string; told: Partial<ShownSlide> }[]> {
  const socket: Socket = io(`${app.url}/app`, { extraHeaders: { cookie: browser.cookieHeader }, transports: ['websocket'], forceNew: true, reconnection: false });
  sockets.push(socket);
  const heard: { event: string; told: Partial<ShownSlide> }[] = [];
  socket.onAny((event: string, told: Partial<ShownSlide>) => heard.push({ event, told }));
  expect(await socket.emitWithAck('subscribe', topic)).toEqual({ ok: true });
  return heard;
}

describe('slides of a room', () => {
  it('are drawn in three sizes with their words, and shown to the room; others see what has been shown, and nothing else', async () => {
    const { path, webinar, lead, viewer, keeps, outside } = await aRoom();
    const deck = await add(lead, path);
    expect((await lead.get<RoomSlides>(path)).body).toMatchObject({ decks: [{ id: deck, title: 'Lezione', state: 'ready', pages: 3, drawn: 3, wasShown: false }], shown: { sequence: 0, deck: null }, abilities: { present: true } });
    const pages = (await lead.get<SlidePages>(`${path}/${deck}/pages`)).body.items;
    expect(pages.map(({ number, width, height }) => [number, width, height])).toEqual([[1, 1920, 1080], [2, 1920, 1080], [3, 1920, 1080]]);
    expect(pages[1]?.words).toMatch(/^Le soglie\n.*Lavori/s);
    const sizes = await Promise.all((['small', 'medium', 'large'] as const).map((size) => lead.raw('GET', `/api/v1/${path}/${deck}/pages/1/${size}`)));
    const { default: sharp } = await import('sharp');
    expect(await Promise.all(sizes.map(async (reply) => (await sharp(await reply.arrayBuffer()).metadata()).width))).toEqual([256, 960, 1920]);
    expect(sizes.map(({ headers }) => [headers.get('content-type'), headers.get('cache-control')])).toEqual(Array.from({ length: 3 }, () => ['image/webp', 'private, max-age=86400, immutable']));
    // Nobody knows of what has not been shown
    for (const browser of [viewer, keeps]) {
      expect((await browser.get<RoomSlides>(path)).body).toMatchObject({ decks: [], abilities: { present: false } });
      expect((await browser.get(`${path}/${deck}/pages`)).status).toBe(404);
    }
    const heard = await hearing(viewer, `room:${webinar.number}`);
    expect((await lead.put<ShownSlide>(`${path}/shown`, { deck, page: 2 })).body).toEqual({ sequence: 1, deck, page: 2 });
    expect((await lead.put<ShownSlide>(`${path}/shown`, { deck, page: 2 })).body.sequence).toBe(1);
    for (const until = Date.now() + 3000; heard.length < 1 && Date.now() < until; ) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(heard).toEqual([{ event: 'room:slide', told: { number: webinar.number, sequence: 1, deck, page: 2 } }]);
    expect((await viewer.get<RoomSlides>(path)).body).toMatchObject({ decks: [{ id: deck }], shown: { sequence: 1, deck, page: 2 } });
    expect((await viewer.raw('GET', `/api/v1/${path}/${deck}/pages/3/small`)).status).toBe(200);
    expect((await viewer.raw('GET', `/api/v1/${path}/${deck}/content`)).headers.get('content-disposition')).toContain('Lezione.pdf');
    for (const browser of [outside, app.anonymous()]) {
      expect((await browser.raw('GET', `/api/v1/${path}/${deck}/pages/1/medium`)).status).toBe(404);
      expect((await browser.raw('GET', `/api/v1/${path}/${deck}/content`)).status).toBe(404);
    }
    expect(await codes(outside.get(path))).toEqual([403, 'webinar-not-registered']);
  });

  it('are put there, shown and taken away by who presents alone', async () => {
    const { path, lead, co, viewer, keeps, outside } = await aRoom();
    const deck = await add(co, path);
    for (const browser of [viewer, keeps, outside]) {
      expect(await codes(browser.post(path, { uploadId: await anUpload(browser, 'a.pdf', await slidesFile('A', THREE)) }))).toEqual([403, 'forbidden']);
      expect(await codes(browser.put(`${path}/shown`, { deck, page: 1 }))).toEqual([403, 'forbidden']);
      expect(await codes(browser.patch(`${path}/${deck}`, { title: 'Mia' }))).toEqual([403, 'forbidden']);
      expect(await codes(browser.delete(`${path}/${deck}`))).toEqual([403, 'forbidden']);
    }
    const other = await aRoom();
    expect(await codes(other.lead.put(`${other.path}/shown`, { deck, page: 1 }))).toEqual([404, 'not-found']);
    expect((await lead.patch<RoomSlides>(`${path}/${deck}`, { title: 'Della convenzione' })).body.decks[0]?.title).toBe('Della convenzione');
  });

  it('refuse what is no PDF, a page that is not there, and more than there may be', async () => {
    const { path, webinar, presenter, lead } = await aRoom();
    const text = new TextEncoder().encode('Non sono diapositive');
    expect(await codes(lead.post(path, { uploadId: await anUpload(lead, 'appunti.txt', text) }))).toEqual([422, 'invalid', 'body.uploadId slides-no-pdf']);
    expect(await codes(lead.post(path, { uploadId: await anUpload(lead, 'appunti.pdf', text) }))).toEqual([422, 'invalid', 'body.uploadId document-type']);
    const deck = await add(lead, path);
    expect(await codes(lead.put(`${path}/shown`, { deck, page: 4 }))).toEqual([422, 'invalid', 'body.page slides-no-page']);
    expect((await lead.put(`${path}/shown`, { deck, page: 0 })).status).toBe(422);
    const row = { webinar_id: webinar.id, file_name: 'x.pdf', digest: 'x', bytes: 1, author_id: presenter.id, at: new Date() };
    await database()('slide_decks').insert(Array.from({ length: 19 }, (_, i) => ({ ...row, title: `Altra ${i}`, position: i + 1, upload_id: `${webinar.id}${i}` })));
    expect(await codes(lead.post(path, { uploadId: await anUpload(lead, 'b.pdf', await slidesFile('B', THREE)) }))).toEqual([409, 'slides-enough']);
  });

  it('say why their pages cannot be drawn', async () => {
    const { path, lead } = await aRoom();
    const whole = await slidesFile('Rotta', THREE);
    await lead.post(path, { uploadId: await anUpload(lead, 'rotta.pdf', whole.slice(0, 200)) });
    await lead.post(path, { uploadId: await anUpload(lead, 'lunga.pdf', await slidesFile('Lunga', Array.from({ length: 301 }, (_, i) => ({ title: String(i), lines: [] })))) });
    await app.settled();
    expect((await lead.get<RoomSlides>(path)).body.decks.map(({ title, state, trouble, drawn }) => [title, state, trouble, drawn])).toEqual([['rotta', 'failed', 'broken', 0], ['lunga', 'failed', 'too-many-pages', 0]]);
  });

  it('are one however often they are sent, and everybody ends at the same page when two press at once', async () => {
    const { path, webinar, lead, co, viewer } = await aRoom();
    const uploadId = await anUpload(lead, 'Una.pdf', await slidesFile('Una', THREE));
    const sent = await Promise.all([lead.post<RoomSlides>(path, { uploadId }), lead.post<RoomSlides>(path, { uploadId }), lead.post<RoomSlides>(path, { uploadId })]);
    expect(sent.map(({ status }) => status)).toEqual([201, 201, 201]);
    await app.settled();
    const [deck] = (await lead.get<RoomSlides>(path)).body.decks;
    expect((await lead.get<RoomSlides>(path)).body.decks).toHaveLength(1);
    await lead.put(`${path}/shown`, { deck: deck?.id, page: 1 });
    const heard = await hearing(viewer, `room:${webinar.number}`);
    const shown = await Promise.all(Array.from({ length: 20 }, (_, i) => (i % 2 ? lead : co).put<ShownSlide>(`${path}/shown`, { deck: deck?.id, page: (i % 3) + 1 })));
    const last = (await viewer.get<RoomSlides>(path)).body.shown;
    for (const until = Date.now() + 3000; !heard.some(({ told }) => told.sequence === last.sequence) && Date.now() < until; ) await new Promise((resolve) => setTimeout(resolve, 5));
    const highest = heard.reduce((a, b) => ((a.told.sequence ?? 0) > (b.told.sequence ?? 0) ? a : b));
    expect(highest.told).toMatchObject({ deck: last.deck, page: last.page });
    expect(Math.max(...shown.map(({ body }) => body.sequence))).toBe(last.sequence);
    const numbers = (await database()('slide_changes').where('webinar_id', webinar.id).orderBy('sequence').pluck('sequence')) as number[];
    expect(numbers).toEqual(numbers.map((_, i) => i + 1));
  });

  it('stand in another order, and go with their files, but not with those that others still have', async () => {
    const { path, webinar, lead, viewer } = await aRoom();
    const [first, second] = [await add(lead, path, [{ title: 'Solo mia', lines: ['Una riga'] }], 'prima.pdf'), await add(lead, path, THREE, 'seconda.pdf')];
    const other = await aRoom();
    await add(other.lead, other.path, THREE, 'seconda.pdf');
    expect((await lead.patch<RoomSlides>(`${path}/${second}`, { position: 0 })).body.decks.map(({ id }) => id)).toEqual([second, first]);
    await lead.put(`${path}/shown`, { deck: first, page: 1 });
    const pictures = async (deck: string) => ((await database()('slide_pages').where('deck_id', deck).select('large')) as { large: string }[]).map(({ large }) => large);
    const [[mine], shared] = [await pictures(first), await pictures(second)];
    const heard = await hearing(viewer, `room:${webinar.number}`);
    expect((await lead.delete(`${path}/${first}`)).status).toBe(200);
    await lead.delete(`${path}/${second}`);
    expect((await lead.delete(`${path}/${second}`)).status).toBe(404);
    await app.settled();
    expect((await viewer.get<RoomSlides>(path)).body).toMatchObject({ decks: [], shown: { deck: null, page: null } });
    expect(heard.map(({ told }) => told.deck)).toEqual([null]);
    const readable = (digest: string) => new Promise<boolean>((resolve) => void files.read(digest).on('data', () => resolve(true)).on('error', () => resolve(false)));
    expect(await readable(mine ?? '')).toBe(false);
    expect(await Promise.all(shared.map(readable))).toEqual([true, true, true]);
    expect((await database()('audit_entries').where({ act: 'webinar.slides.delete', subject_id: webinar.id }).select('details')).map(({ details }: { details: { title: string } }) => details.title)).toEqual(['prima', 'seconda']);
  });

  it('stand in the replay when they stood in the room, with their words for its search', async () => {
    const { path, webinar, presenter, lead, viewer } = await aRoom({ recorded: true });
    const deck = await add(lead, path);
    const desk = await MediaClient.connect(app, presenter);
    sockets.push(desk.socket);
    accepted(await desk.join(webinar.number));
    await lead.put(`${path}/shown`, { deck, page: 1 });
    accepted(await desk.socket.emitWithAck('live:record', { on: true }));
    const publisher = await Publisher.begin(desk);
    publisher.both(Date.now(), 400);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await lead.put(`${path}/shown`, { deck, page: 2 });
    publisher.both(Date.now(), 400);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await lead.put(`${path}/shown`, { deck: null });
    accepted(await desk.socket.emitWithAck('live:record', { on: false }));
    await app.settled();
    const { chapters } = (await viewer.get<Replay>(`webinars/${webinar.number}/recording`)).body;
    expect(chapters.map(({ title, kind, image }) => [title, kind, image])).toEqual([1, 2].map((page) => [`${page}. ${THREE[page - 1]?.title}`, 'slide', `/api/v1/${path}/${deck}/pages/${page}/medium`]));
    expect(chapters[0]?.seconds).toBe(0);
    expect(chapters[1]?.seconds).toBeGreaterThan(0.3);
    expect(chapters[1]?.words).toContain('Servizi');
    expect((await viewer.raw('GET', chapters[1]?.image ?? '')).status).toBe(200);
    // Who may watch the recording sees its slides, who may not, not
    const stranger = await app.as(await aPerson());
    expect((await stranger.raw('GET', chapters[1]?.image ?? '')).status).toBe(404);
    await (await app.as(await anAdministrator())).patch(`webinars/${webinar.number}/recording`, { visibility: 'public' });
    expect((await stranger.raw('GET', chapters[1]?.image ?? '')).status).toBe(200);
  });

  it('are pointed at by who leads, so often and no more', async () => {
    const { webinar, presenter, learner } = await aRoom();
    const [desk, seat] = [await MediaClient.connect(app, presenter), await MediaClient.connect(app, learner)];
    sockets.push(desk.socket, seat.socket);
    for (const client of [desk, seat]) accepted(await client.join(webinar.number));
    const seen = (client: MediaClient) => client.heard.filter(({ event }) => event === 'live:pointer').map(({ told }) => told);
    seat.socket.emit('live:pointer', { at: [0.1, 0.1] });
    for (let i = 0; i < 40; i += 1) desk.socket.emit('live:pointer', { at: [0.5, i / 100] });
    await seat.until(() => seen(seat).length > 0);
    // Answered after all of them: what was to come has come
    await desk.socket.emitWithAck('live:clock');
    await seat.socket.emitWithAck('live:clock');
    expect(seen(seat)[0]).toEqual({ at: [0.5, 0] });
    expect(seen(seat).length).toBeLessThanOrEqual(20);
    expect(seen(desk)).toEqual([]);
    desk.socket.emit('live:pointer', { at: [2, 0] });
    expect(await desk.closed).toBe('malformed');
  });
});
