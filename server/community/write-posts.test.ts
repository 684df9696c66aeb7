import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { database } from '../database/connection.ts';
import { startTestApp, type TestApp } from '../testing/app.ts';
import { cleanMarkup } from './clean-markup.ts';
import { aMember, aNetwork, aThread } from './factory.ts';
import { writeWithOthers } from './write-posts.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

interface Post {
  id: string;
  sequence: number;
  author_id: string;
  html: string;
}
const postsOf = async (threadId: string) => (await database()('posts').where('thread_id', threadId).orderBy('sequence').select('id', 'sequence', 'author_id', 'html')) as Post[];
const threadOf = async (number: number) => (await database()('threads').where('number', number).first('id', 'number', 'network_id', 'last_sequence', 'last_author_id')) as { id: string; number: number; network_id: string; last_sequence: number; last_author_id: string };
const markup = (html: string) => ({ ...cleanMarkup(html), mentioned: [] });

/** Two networks, three threads, six people who are in both. */
async function aCrowd() {
  const networks = [await aNetwork(), await aNetwork()] as const;
  const people = await Promise.all(Array.from({ length: 6 }, () => aMember(networks[0])));
  for (const person of people) await aMember(networks[1], { person });
  const clients = await Promise.all(people.map((person) => app.as(person)));
  const asker = clients[0] ?? (await app.as(await aMember(networks[0])));
  const threads = [await aThread(asker, networks[0]), await aThread(asker, networks[0]), await aThread(asker, networks[1])];
  return { networks, people, clients, threads: await Promise.all(threads.map(({ number }) => threadOf(number))) };
}

describe('replies that come at the same moment', () => {
  it('are all written, numbered without a gap in each thread, and followed by what follows a reply', async () => {
    const { people, clients, threads } = await aCrowd();
    const sent = await Promise.all(Array.from({ length: 90 }, (_, i) => clients[i % 6]?.post<{ items: { sequence: number; html: string; author: { id: string } }[]; lastSequence: number }>(`threads/${threads[i % 3]?.number}/posts`, { clientId: randomUUID(), html: `<p>Risposta ${i}</p>` })));
    expect(sent.map((answer) => answer?.status)).toEqual(sent.map(() => 201));
    for (const [t, { id, number }] of threads.entries()) {
      const posts = await postsOf(id);
      expect(posts.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 31 }, (_, i) => i + 1));
      expect(new Set(posts.map(({ html }) => html)).size).toBe(31);
      // Each was told which one is hers
      for (const [i, answer] of sent.entries()) if (i % 3 === t) expect(posts.find(({ sequence }) => sequence === answer?.body.items[0]?.sequence)).toMatchObject({ html: `<p>Risposta ${i}</p>`, author_id: people[i % 6]?.id });
      expect(await threadOf(number)).toMatchObject({ last_sequence: 31, last_author_id: posts.at(-1)?.author_id });
    }
    await app.settled();
    // Who asked hears of the answers
    expect(await database()('notices').where({ person_id: people[0]?.id, kind: 'thread-reply' })).toHaveLength(3);
  });

  it('are one where the same is sent twice among them', async () => {
    const { clients, threads } = await aCrowd();
    const same = { clientId: randomUUID(), html: '<p>La stessa</p>' };
    const path = `threads/${threads[0]?.number}/posts`;
    const sent = await Promise.all([clients[1]?.post(path, same), clients[2]?.post(path, { clientId: randomUUID(), html: '<p>Un’altra</p>' }), clients[1]?.post(path, same), clients[1]?.post(path, same)]);
    expect(sent.map((answer) => answer?.status)).toEqual([201, 201, 201, 201]);
    expect((await postsOf(threads[0]?.id ?? '')).filter(({ html }) => html === '<p>La stessa</p>')).toHaveLength(1);
  });

  it('do not fail with one whose thread is gone, which alone is not written', async () => {
    const { people, threads } = await aCrowd();
    const [first, second, third] = threads;
    if (!first || !second || !third) throw new Error('no threads');
    await database()('threads').where('id', second.id).update({ deleted_at: new Date() });
    const order = (thread: typeof first, i: number) => ({ thread, read: 1, clientId: randomUUID(), markup: markup(`<p>${i}</p>`) });
    // The third is said to be in another network than it is
    const results = await Promise.allSettled([order(first, 1), order(second, 2), order({ ...third, network_id: first.network_id }, 3), order(first, 4), order(third, 5)].map((one, i) => {
      const { id, body_id } = people[i] ?? { id: '', body_id: null };
      return writeWithOthers({ id, bodyId: body_id }, one);
    }));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled', 'fulfilled']);
    expect(results.flatMap((result) => (result.status === 'rejected' ? [(result.reason as { status: number }).status] : []))).toEqual([404, 404]);
    expect((await postsOf(first.id)).map(({ html }) => html).slice(1)).toEqual(['<p>1</p>', '<p>4</p>']);
    expect((await postsOf(third.id)).map(({ sequence, html }) => [sequence, html]).slice(1)).toEqual([[2, '<p>5</p>']]);
  });

  it('do not wait for one whose thread somebody holds, which is written when it is let go', async () => {
    const { people, threads } = await aCrowd();
    const [held, free] = threads;
    if (!held || !free) throw new Error('no threads');
    const write = (i: number, thread: typeof held) => writeWithOthers({ id: people[i]?.id ?? '', bodyId: null }, { thread, read: 1, clientId: randomUUID(), markup: markup(`<p>${i}</p>`) });
    let waiting: Promise<unknown> | undefined;
    let isWritten = false;
    await database().transaction(async (tx) => {
      // A moderator moves it
      await tx('threads').where('id', held.id).forUpdate().first('id');
      waiting = write(1, held).then(() => (isWritten = true));
      await Promise.all([write(2, free), write(3, free)]);
      await write(4, free);
      expect(isWritten).toBe(false);
    });
    await waiting;
    expect((await postsOf(held.id)).map(({ html }) => html).slice(1)).toEqual(['<p>1</p>']);
    expect(await postsOf(free.id)).toHaveLength(4);
  });

  it('leave unread what another wrote just before, and nothing else', async () => {
    const { people, threads } = await aCrowd();
    const [thread] = threads;
    const [, one, two] = people;
    if (!thread || !one || !two) throw new Error('no crowd');
    const order = (read: number) => ({ thread, read, clientId: randomUUID(), markup: markup('<p>Insieme</p>') });
    // A crowd is written together only where somebody is already writing
    await Promise.all([writeWithOthers({ id: people[3]?.id ?? '', bodyId: null }, order(1)), writeWithOthers({ id: one.id, bodyId: one.body_id }, order(2)), writeWithOthers({ id: two.id, bodyId: two.body_id }, order(2))]);
    const readings = (await database()('thread_readings').where('thread_id', thread.id).whereIn('person_id', [one.id, two.id]).select('person_id', 'sequence')) as { person_id: string; sequence: number }[];
    expect(new Map(readings.map(({ person_id, sequence }) => [person_id, sequence]))).toEqual(new Map([[one.id, 3], [two.id, 2]]));
  });
});
