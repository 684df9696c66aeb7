import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import type { PostList, ThreadView } from '../../contract/community.ts';
import type { ServerToClient } from '../../contract/sockets.ts';
import { database } from '../../database/connection.ts';
import { startTestApp, type TestApp, type TestClient } from '../../testing/app.ts';
import { aMember, aModerator, aNetwork, aReply, aThread } from '../factory.ts';

const CLIENTS = 8;
const REPLIES = 60;
const SPLITS = 4;
/** Longer than any machine takes: time decides nothing here. */
const PATIENCE_MS = 120_000;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

interface Shown {
  id: string;
  sequence: number;
  html: string;
  moved: boolean;
}

/** What the page of a thread does (client/src/lib/community/live-thread.svelte.ts): new posts by sequence, a changed one again, and all of them again after a cut or where several changed. */
class Follower {
  readonly shown = new Map<number, Shown>();
  /** Posts that were shown twice at once would be two of these. */
  rearrangements = 0;
  private asking: Promise<void> | undefined;
  private wanted: 'nothing' | 'news' | 'all' = 'nothing';
  private constructor(private readonly client: TestClient, private readonly number: number, readonly socket: Socket) {}

  static async open(app: TestApp, client: TestClient, number: number): Promise<Follower> {
    const socket = io(`${app.url}/app`, { transports: ['websocket'], forceNew: true, extraHeaders: { cookie: client.cookieHeader }, reconnectionDelay: 20, reconnectionDelayMax: 100, timeout: 2000 });
    const follower = new Follower(client, number, socket);
    socket.on('thread:changed', ({ changed }: Parameters<ServerToClient['thread:changed']>[0]) => {
      if (changed === 'several') follower.rearrangements += 1;
      follower.look(changed === undefined ? 'news' : 'all');
    });
    await new Promise<void>((resolve) => socket.on('connect', () => socket.emit('subscribe', `thread:${number}`, () => {
      follower.look('all');
      resolve();
    })));
    return follower;
  }

  look(at: 'news' | 'all'): void {
    if (this.wanted !== 'all') this.wanted = at;
    this.asking ??= this.ask().finally(() => (this.asking = undefined));
  }

  private async ask(): Promise<void> {
    while (this.wanted !== 'nothing') {
      const from = this.wanted === 'all' ? 1 : this.shown.size + 1;
      this.wanted = 'nothing';
      await this.read(from);
    }
  }

  private async read(from: number): Promise<void> {
    for (let next = from; ;) {
      const { body } = await this.client.get<PostList>(`threads/${this.number}/posts?from=${next}&limit=100`);
      for (const { id, sequence, html, moved } of body.items) this.shown.set(sequence, { id, sequence, html, moved: moved !== null });
      next = this.shown.size + 1;
      if (this.shown.size >= body.lastSequence) return;
    }
  }

  get view(): Shown[] {
    return [...this.shown.values()].toSorted((a, b) => a.sequence - b.sequence);
  }
}

const written = async (number: number) => (await database()('posts as p').join('threads as t', 't.id', 'p.thread_id').where('t.number', number).orderBy('p.sequence').select('p.id', 'p.sequence', 'p.html', database().raw('p.moved_id is not null as moved'))) as Shown[];

describe('clients whose connections are cut while posts are written, taken out of their thread and come from another', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ workers: false });
  });
  afterAll(() => app.close());

  it('all end up with what the database has, in order, nothing lost and nothing twice', async () => {
    const network = await aNetwork();
    const authors = await Promise.all(Array.from({ length: 6 }, async () => app.as(await aMember(network))));
    const moderators = await Promise.all([1, 2].map(async () => app.as(await aModerator(network))));
    const [first] = authors;
    if (!first) throw new Error('no author');
    const { number } = await aThread(first, network);
    const { number: other } = await aThread(first, network);
    for (let i = 0; i < 5; i += 1) await aReply(first, other, `<p>Altrove ${i}</p>`);
    const followers = await Promise.all(Array.from({ length: CLIENTS }, (_, i) => Follower.open(app, authors[i % authors.length] ?? first, number)));
    let working = true;
    const saboteur = (async () => {
      while (working) {
        followers[Math.floor(Math.random() * CLIENTS)]?.socket.io.engine?.close();
        await pause(120);
      }
    })();
    try {
      const created: number[] = [];
      const order = async () => {
        for (let round = 0; round < SPLITS; round += 1) {
          await pause(300);
          const here = (await written(number)).filter(({ moved, sequence }) => !moved && sequence > 1).slice(round, round + 3).map(({ id }) => id);
          // Two at once, of the same posts
          const answers = await Promise.all(moderators.map((moderator, i) => moderator.post<ThreadView>(`threads/${number}/splits`, { title: `Un argomento ${round} ${i}`, postIds: here })));
          expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
          for (const { status, body } of answers) if (status === 201) created.push(body.number);
          if (round === SPLITS / 2) expect((await moderators[0]?.put(`threads/${other}/merger`, { into: number }))?.status).toBe(200);
        }
        // One comes back, behind what has been written since
        expect((await moderators[1]?.put(`threads/${created[0]}/merger`, { into: number }))?.status).toBe(200);
      };
      await Promise.all([order(), ...authors.map(async (author, a) => {
        for (let i = a; i < REPLIES; i += authors.length) {
          await aReply(author, number, `<p>Risposta ${i}</p>`);
          await pause(100);
        }
      })]);
      working = false;
      await saboteur;
      const posts = await written(number);
      expect(posts.map(({ sequence }) => sequence)).toEqual(posts.map((_, index) => index + 1));
      // Everything that was written stands in one place, in a thread that is there
      const { rows } = await database().raw<{ rows: { html: string }[] }>("select p.html from posts p join threads t on t.id = p.thread_id where p.moved_id is null and t.deleted_at is null and (p.html like '<p>Risposta%' or p.html like '<p>Altrove%')");
      expect(rows.map(({ html }) => html).toSorted()).toEqual([...Array.from({ length: REPLIES }, (_, i) => `<p>Risposta ${i}</p>`), ...Array.from({ length: 5 }, (_, i) => `<p>Altrove ${i}</p>`)].toSorted());
      const deadline = Date.now() + PATIENCE_MS;
      const same = (follower: Follower) => JSON.stringify(follower.view) === JSON.stringify(posts);
      while (!followers.every(same) && Date.now() < deadline) await pause(50);
      for (const follower of followers) expect(follower.view).toEqual(posts);
      // They did hear of it: not only the cuts made them look again
      expect(followers.reduce((sum, { rearrangements }) => sum + rearrangements, 0)).toBeGreaterThan(CLIENTS);
    } finally {
      working = false;
      for (const { socket } of followers) socket.close();
    }
  }, 2 * PATIENCE_MS);
});
