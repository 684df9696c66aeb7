import { prepared } from '../database/prepared.ts';
import { notFound } from '../errors.ts';
import type { Actor } from '../http/actor.ts';
import { HEAD, type ThreadHead } from './find-thread.ts';
import { type PostRow, POSTS } from './list-posts.ts';
import { movedPlaces } from './places/moved-places.ts';
import { type NoteRow, readNotes } from './places/thread-notes.ts';
import { reachOf, reachValues } from './reach.ts';

/** A post in JSON: its moments are text. */
type JsonRow = Omit<PostRow, 'created_at' | 'edited_at' | 'deleted_at'> & { created_at: string; edited_at: string | null; deleted_at: string | null };

/** One statement, because nothing is read so often; the posts come as JSON, which is read faster than rows. */
const THREAD = `
  with head as materialized (${HEAD})
  select head.*, (select json_agg(post order by post.sequence) from (${POSTS} where p.thread_id = head.id and p.sequence >= $5 order by p.sequence limit $6) post) as posts from head`;

export interface ReadThread {
  thread: ThreadHead;
  posts: PostRow[];
  notes: NoteRow[];
}

/** A thread that the actor may read, with some of its posts. @throws AppError 404 */
export async function readThread(actor: Actor | null, number: number, { from, limit }: { from: number; limit: number }): Promise<ReadThread> {
  const [row] = await prepared<ThreadHead & { posts: JsonRow[] | null }>('thread-read', THREAD, [...reachValues(reachOf(actor)), number, from, limit]);
  if (!row) throw notFound();
  const { posts, ...thread } = row;
  const rows = (posts ?? []).map(withMoments);
  const [places, notes] = await Promise.all([movedPlaces(actor, rows), thread.notes > 0 ? readNotes(actor, thread.id) : []]);
  return { thread, posts: places.size > 0 ? rows.map((post) => ({ ...post, moved_to: places.get(post.moved_id ?? '') })) : rows, notes };
}

const withMoments = (row: JsonRow): PostRow => ({ ...row, created_at: new Date(row.created_at), edited_at: momentOf(row.edited_at), deleted_at: momentOf(row.deleted_at) });

const momentOf = (text: string | null): Date | null => (text === null ? null : new Date(text));
