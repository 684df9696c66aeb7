import type { Tx } from '../database/transaction.ts';
import { wordsOf } from './clean-markup.ts';

/** A post says something else, and is found by that; nobody is told, and it does not count as changed by its author. @param title the thread's, of its first post: it is searched with it. */
export async function rewritePost(tx: Tx, id: string, html: string, title: string): Promise<void> {
  const words = wordsOf(html);
  await tx.raw(
    `update posts set html = :html, words = :words, near = left(plain(:title::text || ' ' || :words::text), 8000),
            search = setweight(to_tsvector('italian_plain', :title::text), 'A') || setweight(to_tsvector('italian_plain', left(:words::text, 100000)), 'B') where id = :id`,
    { html, words, title, id },
  );
}
