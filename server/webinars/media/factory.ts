import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import { aPerson, type BuiltPerson } from '../../accounts/factory.ts';
import { type ClientToMedia, type LiveAnswer, MEDIA_PATH, type MediaToClient } from '../../contract/live.ts';
import { FLAG, type FrameHeader, KIND, readHeader, writeAcknowledgement, writeFrame } from '../../contract/media-frame.ts';
import * as parser from '../../contract/one-frame-parser.ts';
import { database } from '../../database/connection.ts';
import type { TestApp } from '../../testing/app.ts';

/** A browser's media connection, as far as bytes go: what it was sent, and when. */
export class MediaClient {
  readonly frames: FrameHeader[] = [];
  readonly heard: { event: string; told: unknown }[] = [];
  readonly closed: Promise<string>;
  private readonly newest = new Map<string, { track: number; spatial: number; seq: number }>();

  private constructor(readonly socket: Socket<MediaToClient, ClientToMedia>) {
    socket.on('frame', (bytes) => {
      const header = readHeader(bytes);
      if (!header) return;
      this.frames.push(header);
      const spatial = header.kind === KIND.audio ? 0 : header.layer >> 4;
      this.newest.set(`${header.track}/${spatial}`, { track: header.track, spatial, seq: header.seq });
    });
    socket.onAny((event: string, told: unknown) => event !== 'frame' && this.heard.push({ event, told }));
    this.closed = new Promise((resolve) => {
      let reason = '';
      socket.on('live:closed', (told) => (reason = told.reason)).on('disconnect', (why) => resolve(reason || why));
    });
  }

  static async connect(app: TestApp, person: { id: string } | null): Promise<MediaClient> {
    const cookie = person ? (await app.as(person)).cookieHeader : '';
    const socket: Socket<MediaToClient, ClientToMedia> = io(app.url + parser.MEDIA_NAMESPACE, { path: MEDIA_PATH, parser, transports: ['websocket'], forceNew: true, reconnection: false, extraHeaders: { cookie } });
    const client = new MediaClient(socket);
    await new Promise<void>((resolve, reject) => socket.on('connect', () => resolve()).on('connect_error', reject));
    return client;
  }

  join = (number: number) => this.socket.emitWithAck('live:join', { number });
  subscribe = (track: number, mostSpatial = 3) => this.socket.emitWithAck('live:sub', { track, mostSpatial, on: true });

  /** Publishes a camera in one size, ready to send. */
  async publishCamera(): Promise<number> {
    const { track } = accepted(await this.socket.emitWithAck('live:publish', { kind: 'camera', layers: [{ spatial: 0, codec: 'vp8', width: 320, height: 180 }] }));
    accepted(await this.socket.emitWithAck('live:config', { track, spatial: 0, config: 1, decoderConfig: '{"codec":"vp8"}' }));
    return track;
  }

  send(header: Partial<FrameHeader> & { track: number; seq: number }, payload = new Uint8Array(50)): void {
    this.socket.emit('frame', writeFrame({ kind: KIND.camera, flags: header.seq === 1 ? FLAG.key : 0, layer: 0, config: 1, group: 1, pts: Date.now() * 1000, ...header }, payload));
  }

  acknowledge(rung = 0): void {
    this.socket.emit('frame', writeAcknowledgement({ rung, received: [...this.newest.values()] }));
  }

  async until(what: () => boolean, waitMs = 5000): Promise<void> {
    for (const deadline = Date.now() + waitMs; !what(); ) {
      if (Date.now() > deadline) throw new Error('It did not happen in time');
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

/** @throws Error where the room refused. */
export function accepted<T>(answer: LiveAnswer<T>): { ok: true } & T {
  if (!answer.ok) throw new Error(`refused: ${answer.code}`);
  return answer;
}

/** A webinar whose doors are open, with its presenter and so many who registered. */
export async function aLiveWebinar(attendees = 2): Promise<{ id: string; number: number; presenter: BuiltPerson; people: BuiltPerson[] }> {
  const presenter = await aPerson();
  const [webinar] = (await database()('webinars').insert({
    kind: 'open', title: 'Come si scrive una convenzione', starts_at: new Date(Date.now() - 60_000), ends_at: new Date(Date.now() + 3_600_000), scheduled_at: new Date(), organiser_id: presenter.id, client_id: randomUUID(), created_at: new Date(),
  }).returning(['id', 'number'])) as { id: string; number: number }[];
  if (!webinar) throw new Error('not inserted');
  await database()('webinar_staff').insert({ webinar_id: webinar.id, person_id: presenter.id, role: 'presenter' });
  const people: BuiltPerson[] = [];
  for (let i = 0; i < attendees; i += 1) {
    const person = await aPerson();
    await database()('webinar_seats').insert({ webinar_id: webinar.id, person_id: person.id, body_id: person.body_id, status: 'registered', at: new Date() });
    people.push(person);
  }
  return { ...webinar, presenter, people };
}
