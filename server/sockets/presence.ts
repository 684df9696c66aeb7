import type { Namespace, Socket } from 'socket.io';
import type { BetweenServers, ClientToServer, Present, ServerToClient } from '../contract/sockets.ts';
import { publishToServers, roomOf } from './publish.ts';
import type { SocketData } from './socket-data.ts';

type Live = Namespace<ClientToServer, ServerToClient, BetweenServers, SocketData>;
type LiveSocket = Socket<ClientToServer, ServerToClient, BetweenServers, SocketData>;

/** Topics in which people see each other; whoever may subscribe to one may see who else has. */
const SEEN = 'presence:';
const ROOM = roomOf.topic(SEEN);

/** Who comes and goes is told together; where many do, less often. */
const GATHER_MS = 400;
const GATHER_MANY_MS = 3000;
const MANY = 40;
/** So many are named between processes and to browsers; the others are counted. */
const MOST_NAMED = 12;
/** Each process says again who is there; of one that is not heard of any more, nobody is. */
const REPEAT_MS = 30_000;
const FORGET_MS = 75_000;
/** Somebody who writes says so at most so often; what comes between is dropped. */
const TYPING_MS = 2000;

interface Elsewhere {
  count: number;
  people: Present[];
  until: number;
}

interface Topic {
  /** By connection: a person may have several. */
  here: Map<string, Present>;
  elsewhere: Map<string, Elsewhere>;
  timer: NodeJS.Timeout | undefined;
}

/** Who is where, kept in memory alone: each process knows its own connections and hears of the others' through the adapter's channel. */
export function startPresence(app: Live, self: string) {
  const topics = new Map<string, Topic>();
  /** By connection, because it leaves its rooms when it is gone already. */
  const people = new Map<string, Present>();

  app.adapter.on('join-room', (room: string, connection: string) => {
    const person = people.get(connection);
    if (!person || !room.startsWith(ROOM)) return;
    const name = room.slice(ROOM.length - SEEN.length);
    const known = topics.get(name);
    const topic = known ?? { here: new Map<string, Present>(), elsewhere: new Map<string, Elsewhere>(), timer: undefined };
    topics.set(name, topic);
    topic.here.set(connection, person);
    if (!known) announce(name, topic, true);
    later(name, topic);
  });

  app.adapter.on('leave-room', (room: string, connection: string) => {
    if (!room.startsWith(ROOM)) return;
    const name = room.slice(ROOM.length - SEEN.length);
    const topic = topics.get(name);
    if (topic?.here.delete(connection)) later(name, topic);
  });

  app.on('present', ({ process, topic: name, count, people: some, asks }) => {
    if (process === self) return;
    const topic = topics.get(name);
    if (!topic) return;
    if (count === 0) topic.elsewhere.delete(process);
    else topic.elsewhere.set(process, { count, people: some, until: Date.now() + FORGET_MS });
    if (asks) announce(name, topic, false);
    tell(name, topic);
  });

  const repeat = setInterval(() => {
    for (const [name, topic] of topics) announce(name, topic, false);
  }, REPEAT_MS);
  repeat.unref();

  function later(name: string, topic: Topic): void {
    topic.timer ??= setTimeout(() => {
      topic.timer = undefined;
      announce(name, topic, false);
      tell(name, topic);
      if (topic.here.size === 0) topics.delete(name);
    }, topic.here.size > MANY ? GATHER_MANY_MS : GATHER_MS).unref();
  }

  function announce(name: string, { here }: Topic, asks: boolean): void {
    const present = distinct([...here.values()]);
    publishToServers('present', { process: self, topic: name, count: present.length, people: present.slice(0, MOST_NAMED), asks });
  }

  /** Those who are connected to this process; every process tells its own. */
  function tell(name: string, topic: Topic): void {
    const others = [...topic.elsewhere].flatMap(([process, state]) => (state.until > Date.now() ? [state] : (topic.elsewhere.delete(process), [])));
    const present = distinct([...topic.here.values(), ...others.flatMap(({ people: some }) => some)]);
    const unnamed = others.reduce((sum, { count, people: some }) => sum + count - some.length, 0);
    app.local.to(roomOf.topic(name)).emit('presence:changed', { topic: name, count: present.length + unnamed, people: present.slice(0, MOST_NAMED) });
  }

  return {
    stop(): void {
      clearInterval(repeat);
      for (const { timer } of topics.values()) clearTimeout(timer);
      topics.clear();
    },

    /** From now on this connection is this person's, where she lets herself be seen. */
    heed(socket: LiveSocket, person: Present): void {
      people.set(socket.id, person);
      socket.on('disconnect', () => people.delete(socket.id));
      const said = new Map<string, { at: number; going: boolean }>();
      socket.on('typing', (topic: unknown, going: unknown) => {
        if (typeof topic !== 'string' || typeof going !== 'boolean' || !topic.startsWith(SEEN) || !socket.rooms.has(roomOf.topic(topic))) return;
        const before = said.get(topic);
        const now = Date.now();
        if (going ? now - (before?.at ?? 0) < TYPING_MS : !before?.going) return;
        said.set(topic, { at: going ? now : (before?.at ?? now), going });
        const others = socket.to(roomOf.topic(topic)).except(roomOf.person(person.id));
        // Who cannot take it now hears it the next time; that it ended is said once
        (going ? others.volatile : others).emit('presence:typing', { topic, person, going });
      });
    },
  };
}

const distinct = (people: Present[]): Present[] => [...new Map(people.map((person) => [person.id, person])).values()];
