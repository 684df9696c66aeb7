import { notFound } from '../errors.ts';
import type { Actor } from '../http/actor.ts';
import type { ThreadHead } from './find-thread.ts';
import { readPost } from './list-posts.ts';
import { presentPost } from './present.ts';

/** A post as the actor sees it, after every change of it. */
export async function viewPost(actor: Actor, id: string, thread: ThreadHead) {
  const row = await readPost(actor, id);
  if (!row) throw notFound();
  return presentPost(row, thread, actor);
}
