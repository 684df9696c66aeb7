import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { ConfigInput, HandInput, JoinInput, type LiveAnswer, PersonInput, PublishInput, REACTIONS_A_SECOND, ReactionInput, RecordInput, SubscribeInput, TrackInput } from '../../contract/live.ts';
import { readAcknowledgement, readHeader } from '../../contract/media-frame.ts';
import { PointerInput, POINTS_A_SECOND } from '../../contract/slides.ts';
import { OVERRUN_MINUTES } from '../../contract/webinars.ts';
import type { RecordingTold } from '../../contract/recording.ts';
import { audit } from '../../accounts/audit.ts';
import { transaction } from '../../database/transaction.ts';
import { AppError } from '../../errors.ts';
import type { Actor } from '../../http/actor.ts';
import { log } from '../../http/log.ts';
import type { MediaLine, MediaSocket } from '../../sockets/media.ts';
import { followRecording, recordingTold } from '../recording/record-rooms.ts';
import { startRecording, stopRecording } from '../recording/run-recording.ts';
import { admit } from './admit.ts';
import { attend } from './attend.ts';
import { leads, type Room } from './room.ts';
import { forgetIfEmpty, roomOfWebinar } from './rooms.ts';
import { tellStreams } from './tell-streams.ts';
import { Viewer } from './viewer.ts';
import { lineNow } from './line-clock.ts';

/** Events of one connection in a second; nobody clicks so often. */
const MOST_EVENTS = 60;
/** Acknowledgements in a second (a browser sends five), and what arrives after its track has ended. */
const MOST_STRAY = 40;
/** To begin to send weighs as much as so many clicks: everybody is told of it. */
const PUBLISHING = 10;
/** A connection that nobody reads may keep so much waiting in the kernel's stead. */
const MOST_WAITING = 4 * 1024 * 1024;

interface Seat {
  room: Room;
  viewer: Viewer;
  webinar: { id: string; number: number };
  topic: string;
  leads: boolean;
  leave(): void;
}

/** What a browser says on the media connection, and what it hears. A message that is none closes the connection, with the reason. */
export function bindMedia(socket: MediaSocket, actor: Actor, { wire, acknowledged }: MediaLine): void {
  const connection = randomUUID();
  let seat: Seat | undefined;
  let entering: Promise<unknown> | undefined;
  const close = (reason: string): void => {
    socket.emit('live:closed', { reason });
    socket.disconnect(true);
  };

  const spent = { second: 0, events: 0, stray: 0, points: 0, reactions: 0 };
  /** @returns whether it was too much for one second. */
  const spend = (what: 'events' | 'stray' | 'points' | 'reactions', weight: number, most: number): boolean => {
    const now = Math.floor(Date.now() / 1000);
    if (now !== spent.second) Object.assign(spent, { second: now, events: 0, stray: 0, points: 0, reactions: 0 });
    spent[what] += weight;
    return spent[what] > most;
  };
  socket.use(([event], next) => {
    // Frames have bounds of their own: those of a track in the room, all others below
    if (event !== 'frame' && spend('events', event === 'live:publish' ? PUBLISHING : 1, MOST_EVENTS)) return close('too-much');
    next();
  });

  /** Answers with what `act` says, or with the code of its refusal; what does not fit the schema is refused as a whole. */
  const answer = <S extends z.ZodType, T extends object>(schema: S, act: (input: z.output<S>, room: Room) => T | string) => (input: unknown, done: unknown): void => {
    if (typeof done !== 'function') return close('malformed');
    const parsed = schema.safeParse(input);
    if (!parsed.success) return void done({ ok: false, code: 'malformed' });
    if (!seat) return void done({ ok: false, code: 'not-joined' });
    const said = act(parsed.data, seat.room);
    done(typeof said === 'string' ? { ok: false, code: said } : { ok: true, ...said });
  };
  const done = (yes: boolean) => (yes ? {} : 'not-found');

  socket.on('live:join', (input: unknown, answered: unknown) => {
    if (typeof answered !== 'function') return close('malformed');
    const parsed = JoinInput.safeParse(input);
    if (!parsed.success) return void answered({ ok: false, code: 'malformed' } satisfies LiveAnswer);
    // Said twice it is one entry
    if (seat || entering) return void answered({ ok: false, code: 'joined-already' } satisfies LiveAnswer);
    entering = enter(parsed.data.number).then(
      (state) => answered({ ok: true, state }),
      (error: unknown) => answered({ ok: false, ...refusalOf(error) } satisfies LiveAnswer),
    ).finally(() => (entering = undefined));
  });

  async function enter(number: number) {
    const { webinar, role, topic } = await admit(socket, actor, number);
    if (!socket.connected) throw new AppError(409, 'gone');
    const { nsp } = socket;
    const room = roomOfWebinar(webinar.id, new Date(webinar.ends_at.getTime() + OVERRUN_MINUTES * 60_000), {
      tracks: (told) => {
        nsp.local.to(topic).emit('live:tracks', told.trackInfos());
        tellStreams(number);
      },
      people: (told) => void nsp.local.to(topic).emit('live:people', told.people()),
      reactions: (told) => void nsp.local.volatile.to(topic).emit('live:reactions', told.takeReactions()),
    });
    const outlet = {
      write: (frame: Buffer) => {
        if (wire.writableLength > MOST_WAITING) close('stalled');
        else if (!wire.destroyed) wire.write(frame);
      },
      configure: (track: number, configuration: { spatial: number; config: number; decoderConfig: string }) => void socket.emit('live:config', { track, ...configuration }),
      rung: (rung: number) => void socket.emit('live:rung', { rung }),
      close,
      askKey: (track: number, spatial: number) => void socket.emit('live:key', { track, spatial }),
      silenced: (track: number) => void socket.emit('live:silenced', { track }),
      recording: (told: RecordingTold) => void socket.emit('live:recording', told),
    };
    const presence = attend({ webinarId: webinar.id, personId: actor.id, connection, role });
    const viewer = new Viewer(outlet, lineNow());
    room.enter({ connection, personId: actor.id, name: `${actor.givenName} ${actor.familyName}`, role, outlet, viewer });
    seat = {
      room,
      viewer,
      webinar,
      topic,
      leads: leads(role),
      leave() {
        room.exit(connection);
        presence.leave();
        forgetIfEmpty(webinar.id);
        void followRecording(webinar.id);
      },
    };
    void followRecording(webinar.id);
    return { role, personId: actor.id, tracks: room.trackInfos(), ...room.people(), recorded: webinar.recorded, recording: recordingTold(webinar.id, leads(role)), clock: Date.now() };
  }

  socket.on('live:publish', answer(PublishInput, ({ kind, layers }, room) => {
    const track = room.publish(connection, kind, layers);
    return typeof track === 'number' ? { track } : track;
  }));
  socket.on('live:unpublish', answer(TrackInput, ({ track }, room) => done(room.unpublish(connection, track))));
  socket.on('live:config', answer(ConfigInput, ({ track, ...configuration }, room) => done(room.configure(connection, track, configuration))));
  socket.on('live:sub', answer(SubscribeInput, ({ track, mostSpatial, on }, room) => done(room.watch(connection, track, mostSpatial, on, lineNow()))));
  socket.on('live:key', answer(TrackInput, ({ track }, room) => {
    room.wantKey(track, lineNow());
    return {};
  }));
  socket.on('live:hand', answer(HandInput, ({ up }, room) => {
    room.raiseHand(connection, up, Date.now());
    return {};
  }));
  socket.on('live:invite', answer(PersonInput, ({ personId }, room) => done(room.invite(connection, personId, true))));
  socket.on('live:dismiss', answer(PersonInput, ({ personId }, room) => {
    if (!room.invite(connection, personId, false)) return 'not-found';
    if (seat && personId !== actor.id) noteSilenced(actor, seat.webinar, personId);
    return {};
  }));
  socket.on('live:record', (input: unknown, answered: unknown) => {
    if (typeof answered !== 'function') return close('malformed');
    const parsed = RecordInput.safeParse(input);
    if (!parsed.success || !seat) return void answered({ ok: false, code: seat ? 'malformed' : 'not-joined' } satisfies LiveAnswer);
    const { webinar } = seat;
    (parsed.data.on ? startRecording : stopRecording)(actor, webinar.number).then(() => followRecording(webinar.id)).then(
      () => answered({ ok: true } satisfies LiveAnswer),
      (error: unknown) => answered({ ok: false, ...refusalOf(error) } satisfies LiveAnswer),
    );
  });
  socket.on('live:pointer', (input: unknown) => {
    const parsed = PointerInput.safeParse(input);
    if (!parsed.success) return close('malformed');
    // Who leads no longer, or points too often, is not heard: the next one is as good
    if (!seat?.leads || spend('points', 1, POINTS_A_SECOND)) return;
    socket.local.volatile.to(seat.topic).emit('live:pointer', parsed.data);
  });
  socket.on('live:react', (input: unknown) => {
    const parsed = ReactionInput.safeParse(input);
    if (!parsed.success) return close('malformed');
    if (!spend('reactions', 1, REACTIONS_A_SECOND)) seat?.room.react(connection, parsed.data.kind);
  });
  socket.on('live:clock', (answered: unknown) => {
    if (typeof answered === 'function') answered({ ok: true, clock: Date.now() });
  });

  acknowledged((bytes) => {
    const ack = readAcknowledgement(bytes);
    if (!ack) close('malformed');
    else if (!seat) close('not-joined');
    else if (spend('stray', 1, MOST_STRAY)) close('too-much');
    else seat.viewer.acknowledge(ack, lineNow());
  });

  socket.on('frame', (bytes: Uint8Array) => {
    if (!seat) return close('not-joined');
    const header = readHeader(bytes);
    const refusal = header ? seat.room.frame(connection, header, bytes, lineNow()) : 'malformed';
    if (refusal === 'ended') {
      if (spend('stray', 1, MOST_STRAY)) close('too-much');
    } else if (refusal) close(refusal);
  });

  socket.on('disconnect', () => {
    seat?.leave();
    seat = undefined;
  });
}

/** Whoever took the word from somebody is on record; the room goes on without a database. */
function noteSilenced(actor: Actor, { id, number }: { id: string; number: number }, personId: string): void {
  transaction((tx) => audit(tx, actor, 'webinar.silence', 'webinar', id, { details: { number, personId } })).catch((error: unknown) => log.error({ err: error, number, personId }, 'who took the word from somebody could not be recorded'));
}

/** The code of a refusal, and what somebody wrote as its reason; what is none is our defect. */
function refusalOf(error: unknown): { code: string; reason?: string } {
  if (error instanceof AppError) {
    const { reason } = error.params;
    return { code: error.code, ...(typeof reason === 'string' ? { reason } : {}) };
  }
  log.error({ err: error }, 'in a live room');
  return { code: 'internal' };
}
