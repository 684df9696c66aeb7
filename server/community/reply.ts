import type { PostInput } from '../contract/community.ts';
import { transaction } from '../database/transaction.ts';
import type { Actor } from '../http/actor.ts';
import { cleanMarkup } from './clean-markup.ts';
import { findWritable, type ThreadHead } from './find-thread.ts';
import { nameMentions } from './mentions/name-mentions.ts';
import { once, writePost } from './write-post.ts';

/** Answers in a thread; sent twice it is one post. @throws AppError 404; 403 `network-not-member`; 409 `thread-closed`; 422 `post-empty`, `too-many-mentions` */
export async function reply(actor: Actor, number: number, { clientId, html }: PostInput): Promise<{ thread: ThreadHead; sequence: number }> {
  const thread = await findWritable(actor, number);
  const markup = await nameMentions(thread.network_id, cleanMarkup(html));
  const { sequence } = await once(() => transaction((tx) => writePost(tx, actor, { thread, read: thread.read_sequence ?? 0, clientId, markup })));
  return { thread, sequence };
}
