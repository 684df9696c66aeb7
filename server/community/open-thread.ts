import type { Tx } from '../database/transaction.ts';
import { clock } from '../gateways/clock.ts';
import type { Actor } from '../http/actor.ts';
import type { TakenAttachment } from './documents/attach.ts';
import type { NamedMarkup } from './mentions/name-mentions.ts';
import { writePost } from './write-post.ts';

interface Opening {
  clientId: string;
  title: string;
  tags: string[];
  markup: NamedMarkup;
  taken?: TakenAttachment[];
}

/** Opens a thread with its first post; sent twice it is one. Call it in `once`. @returns the thread's number. */
export async function openThread(tx: Tx, author: Pick<Actor, 'id' | 'bodyId'>, networkId: string, { clientId, title, tags, markup, taken = [] }: Opening): Promise<number> {
  // The author's own row stands for the thread that is not there yet
  await tx('people').where('id', author.id).forNoKeyUpdate().first('id');
  const sent = (await tx('posts as p').join('threads as t', 't.id', 'p.thread_id').where({ 'p.author_id': author.id, 'p.client_id': clientId }).first('t.number')) as { number: number } | undefined;
  if (sent) return sent.number;
  const now = clock.now();
  const [thread] = (await tx('threads')
    .insert({ network_id: networkId, title, tags: [...new Set(tags)], author_id: author.id, body_id: author.bodyId, created_at: now, last_post_at: now, last_author_id: author.id })
    .returning(['id', 'number'])) as { id: string; number: number }[];
  if (!thread) throw new Error('not inserted');
  await writePost(tx, author, { thread: { ...thread, network_id: networkId }, read: 0, clientId, markup, title, taken });
  return thread.number;
}
