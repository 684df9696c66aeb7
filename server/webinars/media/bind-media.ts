import { randomUUID } from 'node:crypto';
import type { Socket as WireSocket } from 'node:net';
import { z } from 'zod';
import { ConfigInput, HandInput, JoinInput, type LiveAnswer, PersonInput, PublishInput, SubscribeInput, TrackInput } from '../../contract/live.ts';
import { MOST_ACK_BYTES, readAcknowledgement, readHeader } from '../../contract/media-frame.ts';
import { AppError } from '../../errors.ts';
import type { Actor } from '../../http/actor.ts';
import { log } from '../../http/log.ts';
import type { MediaSocket } from '../../sockets/media.ts';
import { findRoom } from '../find-room.ts';
import { attend } from './attend.ts';
import type { Room } from './room.ts';
import { forgetIfEmpty, roomOfWebinar } from './rooms.ts';
import { Viewer } from './viewer.ts';

/** Events of one connection in a second; nobody clicks so often. */
const MOST_EVENTS = 60;
/** A connection that nobody reads may keep so much waiting in the kernel's stead. */
const MOST_WAITING = 4 * 1024 * 1024;

interface Seat {
  webinarId: string;
  room: Room;
  leave(): void;
}

/** What a browser says on the media connection, and what it hears. A message that is none closes the connection, with the reason. */
export function bindMedia(socket: MediaSocket, actor: Actor, wire: WireSocket): void {
  const connection = randomUUID();
  let seat: Seat | undefined;
  let entering: Promise<unknown> | undefined;
  const close = (reason: string): void => {
    socket.emit('live:closed', { reason });
    socket.disconnect(true);
  };

  let second = 0;
  let events = 0;
  socket.use((_event, next) => {
    const now = Math.floor(Date.now() / 1000);
    if (now !== second) [second, events] = [now, 0];
    // Frames have their own bounds, by track
    if (_event[0] !== 'frame') events += 1;
    if (events > MOST_EVENTS) return close('too-much');
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
      (error: unknown) => {
        if (!(error instanceof AppError)) log.error({ err: error }, 'a live room could not be entered');
        answered({ ok: false, code: error instanceof AppError ? error.code : 'internal' } satisfies LiveAnswer);
      },
    ).finally(() => (entering = undefined));
  });

  async function enter(number: number) {
    const { webinar, role } = await findRoom(actor, number);
    if (!socket.connected) throw new AppError(409, 'gone');
    const room = roomOfWebinar(webinar.id, {
      tracks: (told) => [...told.guests.values()].forEach(({ outlet }) => outlet.tell('live:tracks', told.trackInfos())),
      people: (told) => [...told.guests.values()].forEach(({ outlet }) => outlet.tell('live:people', told.people())),
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
      invited: (speaks: boolean) => void socket.emit('live:invited', { speaks }),
      tell: socket.emit.bind(socket),
    };
    const presence = attend({ webinarId: webinar.id, personId: actor.id, connection, role });
    room.enter({ connection, personId: actor.id, name: `${actor.givenName} ${actor.familyName}`, role, outlet, viewer: new Viewer(outlet, performance.now()) });
    seat = {
      webinarId: webinar.id,
      room,
      leave() {
        room.exit(connection);
        presence.leave();
        forgetIfEmpty(webinar.id);
      },
    };
    return { role, personId: actor.id, tracks: room.trackInfos(), ...room.people(), clock: Date.now() };
  }

  socket.on('live:publish', answer(PublishInput, ({ kind, layers }, room) => {
    const track = room.publish(connection, kind, layers);
    return typeof track === 'number' ? { track } : track;
  }));
  socket.on('live:unpublish', answer(TrackInput, ({ track }, room) => done(room.unpublish(connection, track))));
  socket.on('live:config', answer(ConfigInput, ({ track, ...configuration }, room) => done(room.configure(connection, track, configuration))));
  socket.on('live:sub', answer(SubscribeInput, ({ track, mostSpatial, on }, room) => done(room.watch(connection, track, mostSpatial, on, performance.now()))));
  socket.on('live:key', answer(TrackInput, ({ track }, room) => {
    room.wantKey(track, performance.now());
    return {};
  }));
  socket.on('live:hand', answer(HandInput, ({ up }, room) => {
    room.raiseHand(connection, up, Date.now());
    return {};
  }));
  socket.on('live:invite', answer(PersonInput, ({ personId }, room) => done(room.invite(connection, personId, true))));
  socket.on('live:dismiss', answer(PersonInput, ({ personId }, room) => done(room.invite(connection, personId, false))));
  socket.on('live:clock', (answered: unknown) => {
    if (typeof answered === 'function') answered({ ok: true, clock: Date.now() });
  });

  socket.on('frame', (bytes: Uint8Array) => {
    if (!seat) return close('not-joined');
    const now = performance.now();
    if (bytes.byteLength <= MOST_ACK_BYTES) {
      const ack = readAcknowledgement(bytes);
      if (ack) return seat.room.acknowledge(connection, ack, now);
    }
    const header = readHeader(bytes);
    const refusal = header ? seat.room.frame(connection, header, bytes, now) : 'malformed';
    if (refusal) close(refusal);
  });

  socket.on('disconnect', () => {
    seat?.leave();
    seat = undefined;
  });
}
