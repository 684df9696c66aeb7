import type { PostInput } from '../contract/community.ts';
import { transaction, transactionClient } from '../database/transaction.ts';
import { AppError } from '../errors.ts';
import type { Actor } from '../http/actor.ts';
import { cleanMarkup, imagesIn } from './clean-markup.ts';
import { type TakenAttachment, withFiles } from './documents/attach.ts';
import { sentDraft } from './drafts/drop-draft.ts';
import { findWritable, type ThreadHead } from './find-thread.ts';
import { listPosts, type PostRow } from './list-posts.ts';
import { resolveReferences } from './resolve-references.ts';
import { admitPost } from './moderation/admit-post.ts';
import { holdPost } from './moderation/hold-post.ts';
import { findSuccessor } from './places/find-successor.ts';
import type { NamedMarkup } from './mentions/name-mentions.ts';
import { once, writePost } from './write-post.ts';
import { writeWithOthers } from './write-posts.ts';

/**
 * Answers in a thread; sent twice it is one post.
 * @param brought files that came with it otherwise than by an upload.
 * @returns the post; null where it waits for a moderator.
 * @throws AppError 404; 403 `network-not-member`, `writing-suspended`; 409 `thread-closed`; 422 `post-empty`, `post-links`, `held-files`, `too-many-mentions`
 */
export async function reply(actor: Actor, number: number, input: PostInput, brought: TakenAttachment[] = []): Promise<Replied> {
  return replyIn(actor, number, input, brought).catch(async (error: unknown) => {
    if (!(error instanceof AppError) || error.status !== 404) throw error;
    // Meanwhile, or since the page was opened, it became part of another one, or went into another network
    return replyIn(actor, (await findSuccessor(actor, number)).number, input, brought);
  });
}

/** What brings nothing along and names nobody can be written together with others'. */
const isPlain = ({ markup }: { markup: NamedMarkup }, files: number, draft: unknown): boolean => files === 0 && draft === undefined && markup.mentioned.length === 0 && imagesIn(markup.html).length === 0 && transactionClient() === undefined;

export interface Replied {
  /** Where it was written: not always where it was sent to. */
  thread: ThreadHead;
  posts: PostRow[] | null;
  lastSequence: number;
}

async function replyIn(actor: Actor, number: number, { clientId, html, attachments, draft }: PostInput, brought: TakenAttachment[]): Promise<Replied> {
  const thread = await findWritable(actor, number);
  const markup = await resolveReferences(thread.network_id, cleanMarkup(html));
  if ((await admitPost(actor, thread, { markup, files: attachments.length + brought.length })) === 'hold' && (await holdPost(actor, { networkId: thread.network_id, threadId: thread.id, title: null, tags: [], clientId, markup, draft }))) return { thread, posts: null, lastSequence: thread.last_sequence };
  const place = { thread_id: thread.id };
  const order = { thread, read: thread.read_sequence ?? 0, clientId, markup };
  const { row, sequence } = isPlain(order, attachments.length + brought.length, draft) ? await writeWithOthers(actor, order) : await withFiles(actor, { clientId, attachments }, (taken) => once(() => transaction(async (tx) => {
    const written = await writePost(tx, actor, { ...order, taken: [...brought, ...taken] });
    // Most replies are written in one go, and no draft of them was kept
    if (draft !== undefined) await sentDraft(tx, actor, place, draft);
    return written;
  })));
  return { thread, posts: row ? [row] : await listPosts(actor, thread.id, sequence, 1), lastSequence: Math.max(thread.last_sequence, sequence) };
}
