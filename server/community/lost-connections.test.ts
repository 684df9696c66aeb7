import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import type { PostList } from '../contract/community.ts';
import { database } from '../database/connection.ts';
import { startTestApp, type TestApp, type TestClient } from '../testing/app.ts';
import { aMember, aNetwork, aThread, type BuiltNetwork } from './factory.ts';

const CLIENTS = 50;
const REPLIES = 1000;
const SECONDS = 60;
const AUTHORS = 25;
const BREATH_MS = 250;
/** Longer than any machine takes: time decides nothing here. */
const PATIENCE_MS = 300_000;

/** What every client of a thread does, the page included: a hint says how far it goes, a new connection asks; what is missing is fetched by sequence. */
class Follower {
  readonly seen: { sequence: number; html: string }[] = [];
  hints = 0;
  /** Whether what happens now is told to this one. */
  listens = false;
  private asking: Promise<void> | undefined;
  private again = false;
  private constructor(private readonly client: TestClient, private readonly number: number, readonly socket: Socket) {}

  static async open(app: TestApp, client: TestClient, number: number): Promise<Follower> {
    const socket = io(`${app.url}/app`, { transports: ['websocket'], forceNew: true, extraHeaders: { cookie: client.cookieHeader }, reconnectionDelay: 20, reconnectionDelayMax: 200 });
    const follower = new Follower(client, number, socket);
    socket.on('thread:changed', () => {
      follower.hints += 1;
      follower.look();
    });
    socket.on('disconnect', () => (follower.listens = false));
    await new Promise<void>((resolve) => socket.on('connect', () => socket.emit('subscribe', `thread:${number}`, () => {
      follower.listens = true;
      follower.look();
      resolve();
    })));
    return follower;
  }

  /** One question at a time; what is heard meanwhile asks once more. */
  look(): void {
    this.again = true;
    this.asking ??= this.catchUp().finally(() => (this.asking = undefined));
  }

  private async catchUp(): Promise<void> {
    while (this.again) {
      this.again = false;
      for (;;) {
        const { body } = await this.client.get<PostList>(`threads/${this.number}/posts?from=${(this.seen.at(-1)?.sequence ?? 0) + 1}&limit=100`);
        this.seen.push(...body.items.map(({ sequence, html }) => ({ sequence, html })));
        if ((this.seen.at(-1)?.sequence ?? 0) >= body.lastSequence) break;
      }
      // Nobody reads faster: what comes meanwhile is asked for together
      await pause(BREATH_MS);
    }
  }

  async quiet(): Promise<void> {
    await this.asking;
  }

  async done(last: number, deadline: number): Promise<void> {
    while (((this.seen.at(-1)?.sequence ?? 0) < last || !this.listens) && Date.now() < deadline) await pause(50);
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe(`${CLIENTS} clients whose connections are cut at random while ${REPLIES} replies are written`, () => {
  let app: TestApp;
  let network: BuiltNetwork;
  beforeAll(async () => {
    app = await startTestApp({ workers: false });
    network = await aNetwork();
  });
  afterAll(() => app.close());

  it('all end up with what the database has, in order, nothing lost and nothing twice', async () => {
    const authors = await Promise.all(Array.from({ length: AUTHORS }, async () => app.as(await aMember(network))));
    const [first] = authors;
    if (!first) throw new Error('no author');
    const { number } = await aThread(first, network);
    const followers = await Promise.all(Array.from({ length: CLIENTS }, (_, i) => Follower.open(app, authors[i % AUTHORS] ?? first, number)));
    let cuts = 0;
    let writing = true;
    const saboteur = (async () => {
      while (writing) {
        followers[Math.floor(Math.random() * CLIENTS)]?.socket.io.engine?.close();
        cuts += 1;
        await pause(60);
      }
    })();
    try {
      const started = Date.now();
      let sent = 0;
      // Each at its own pace; every tenth reply is sent twice, as by somebody whose answer got lost
      await Promise.all(authors.map(async (author, a) => {
        for (let i = a; i < REPLIES; i += AUTHORS) {
          await pause(Math.max(0, started + (i / REPLIES) * SECONDS * 1000 - Date.now()));
          const order = { clientId: randomUUID(), html: `<p>Risposta ${i}</p>` };
          const replies = await Promise.all(Array.from({ length: i % 10 === 0 ? 2 : 1 }, () => author.post(`threads/${number}/posts`, order)));
          for (const { status } of replies) if (status !== 201) throw new Error(`reply ${i}: ${status}`);
          sent += 1;
        }
      }));
      writing = false;
      await saboteur;
      expect(sent).toBe(REPLIES);
      expect(cuts).toBeGreaterThan(300);
      const written = (await database()('posts as p').join('threads as t', 't.id', 'p.thread_id').where('t.number', number).orderBy('p.sequence').select('p.sequence', 'p.html')) as { sequence: number; html: string }[];
      expect(written.map(({ sequence }) => sequence)).toEqual(Array.from({ length: REPLIES + 1 }, (_, i) => i + 1));
      expect(new Set(written.map(({ html }) => html)).size).toBe(REPLIES + 1);
      await Promise.all(followers.map((follower) => follower.done(written.length, Date.now() + PATIENCE_MS)));
      for (const follower of followers) expect(follower.seen).toEqual(written);
      // They did hear: this was not a test of polling. And whoever came back hears of the next one
      expect(followers.filter(({ hints }) => hints === 0)).toEqual([]);
      await Promise.all(followers.map((follower) => follower.quiet()));
      const before = followers.map(({ hints }) => hints);
      expect((await first.post(`threads/${number}/posts`, { clientId: randomUUID(), html: '<p>L’ultima</p>' })).status).toBe(201);
      await Promise.all(followers.map((follower) => follower.done(written.length + 1, Date.now() + PATIENCE_MS)));
      expect(followers.map(({ seen }) => seen.length)).toEqual(followers.map(() => written.length + 1));
      expect(followers.filter(({ hints }, i) => hints === before[i])).toEqual([]);
    } finally {
      writing = false;
      for (const { socket } of followers) socket.close();
      // A hint that came last may still be asking, and the server is about to end
      await Promise.all(followers.map((follower) => follower.quiet()));
    }
  }, 2 * PATIENCE_MS);
});
