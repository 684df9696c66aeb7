import type { Tx } from '../database/transaction.ts';

/** What a notice of a post says of it. */
export interface PostFacts {
  post_id: string;
  sequence: number;
  words: string;
  author_id: string;
  author: string;
  thread_id: string;
  number: number;
  title: string;
  closed: boolean;
  network_id: string;
  network_key: string;
  network: string;
}

/** Nothing where the post or its thread was removed meanwhile. */
export async function factsOf(tx: Tx, postId: string): Promise<PostFacts | undefined> {
  const { rows } = await tx.raw<{ rows: PostFacts[] }>(
    `select p.id as post_id, p.sequence, p.words, p.author_id, a.given_name || ' ' || a.family_name as author, t.id as thread_id, t.number, t.title, t.closed_at is not null as closed,
            n.id as network_id, n.key as network_key, n.name as network
       from posts p join people a on a.id = p.author_id join threads t on t.id = p.thread_id join networks n on n.id = t.network_id
      where p.id = ? and p.deleted_at is null and t.deleted_at is null`,
    [postId],
  );
  return rows[0];
}

export const linkOf = ({ network_key, number, sequence }: Pick<PostFacts, 'network_key' | 'number' | 'sequence'>): string => `/reti/${network_key}/discussioni/${number}?da=${sequence}`;
