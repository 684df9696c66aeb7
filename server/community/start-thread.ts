import type { ThreadInput } from '../contract/community.ts';
import { transaction } from '../database/transaction.ts';
import { clock } from '../gateways/clock.ts';
import type { Actor } from '../http/actor.ts';
import { cleanMarkup } from './clean-markup.ts';
import { withFiles } from './documents/attach.ts';
import { loadWritable } from './load-network.ts';
import { nameMentions } from './mentions/name-mentions.ts';
import { once, writePost } from './write-post.ts';

/**
 * Opens a thread with its first post; sent twice it is one.
 * @returns the thread's number.
 * @throws AppError 404; 403 `network-not-member`; 422 `post-empty`, `too-many-mentions`
 */
export async function startThread(actor: Actor, key: string, { clientId, title, html, tags, attachments }: ThreadInput): Promise<number> {
  const { network } = await loadWritable(actor, key);
  const markup = await nameMentions(network.id, cleanMarkup(html));
  return withFiles(actor, { clientId, attachments }, (taken) => once(() => transaction(async (tx) => {
    // The author's own row stands for the thread that is not there yet
    await tx('people').where('id', actor.id).forNoKeyUpdate().first('id');
    const sent = (await tx('posts as p').join('threads as t', 't.id', 'p.thread_id').where({ 'p.author_id': actor.id, 'p.client_id': clientId }).first('t.number')) as { number: number } | undefined;
    if (sent) return sent.number;
    const now = clock.now();
    const [thread] = (await tx('threads')
      .insert({ network_id: network.id, title, tags: [...new Set(tags)], author_id: actor.id, body_id: actor.bodyId, created_at: now, last_post_at: now, last_author_id: actor.id })
      .returning(['id', 'number'])) as { id: string; number: number }[];
    if (!thread) throw new Error('not inserted');
    await writePost(tx, actor, { thread: { ...thread, network_id: network.id }, read: 0, clientId, markup, title, taken });
    return thread.number;
  })));
}
