import type { Tx } from '../../database/transaction.ts';
import { AppError, conflict } from '../../errors.ts';
import { findThread } from '../find-thread.ts';
import { resolveReferences } from '../resolve-references.ts';
import { openThread } from '../open-thread.ts';
import { writePost } from '../write-post.ts';

interface Held {
  network_id: string;
  thread_id: string | null;
  title: string | null;
  tags: string[];
  author_id: string;
  body_id: string | null;
  html: string;
  words: string;
  client_id: string;
}

/**
 * A held post becomes one like any other: numbered now, told now, unread to those for whom it is new.
 * @throws AppError 409 `held-place-gone` where its thread is removed, or its author may no longer read there
 */
export async function releasePost(tx: Tx, caseId: string): Promise<void> {
  const held = (await tx('held_posts').where('case_id', caseId).first()) as Held;
  const author = { id: held.author_id, bodyId: held.body_id };
  // Named in it are those who are in the network now
  const markup = await resolveReferences(held.network_id, { html: held.html, words: held.words });
  if (held.title !== null) {
    await openThread(tx, author, held.network_id, { clientId: held.client_id, title: held.title, tags: held.tags, markup });
    return;
  }
  const { number } = (await tx('threads').where('id', held.thread_id).first('number')) as { number: number };
  const thread = await findThread({ id: held.author_id, roles: [] }, number).catch((error: unknown) => {
    throw error instanceof AppError ? conflict('held-place-gone') : error;
  });
  await writePost(tx, author, { thread, read: thread.read_sequence ?? 0, clientId: held.client_id, markup });
}
