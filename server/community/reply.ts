import type { PostInput } from '../contract/community.ts';
import { transaction } from '../database/transaction.ts';
import type { Actor } from '../http/actor.ts';
import { cleanMarkup } from './clean-markup.ts';
import { withFiles } from './documents/attach.ts';
import { findWritable, type ThreadHead } from './find-thread.ts';
import { nameMentions } from './mentions/name-mentions.ts';
import { once, writePost } from './write-post.ts';

/** Answers in a thread; sent twice it is one post. @throws AppError 404; 403 `network-not-member`; 409 `thread-closed`; 422 `post-empty`, `too-many-mentions` */
export async function reply(actor: Actor, number: number, { clientId, html, attachments }: PostInput): Promise<{ thread: ThreadHead; sequence: number }> {
  const thread = await findWritable(actor, number);
  const markup = await nameMentions(thread.network_id, cleanMarkup(html));
  const order = { thread, read: thread.read_sequence ?? 0, clientId, markup };
  const { sequence } = await withFiles(actor, { clientId, attachments }, (taken) => once(() => transaction((tx) => writePost(tx, actor, { ...order, taken }))));
  return { thread, sequence };
}
