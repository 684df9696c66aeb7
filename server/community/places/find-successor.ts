import { prepared } from '../../database/prepared.ts';
import { notFound } from '../../errors.ts';
import type { Actor } from '../../http/actor.ts';
import { OWN_MEMBERSHIP, READABLE, reachOf, reachValues } from '../reach.ts';

export interface Successor {
  network_key: string;
  number: number;
  /** Where the post is that was asked for, if it is there. */
  sequence: number | null;
}

/** A thread that became part of another may do so again and again: a removed one never becomes part of anything, so there is an end. */
const SUCCESSOR = `
  with recursive followed as (
    select id, merged_into, 1 as step from threads where number = $4 union all
    select t.id, t.merged_into, f.step + 1 from followed f join threads t on t.id = f.merged_into where f.step < 50)
  select n.key as network_key, t.number,
         (select now_there.sequence from posts was join threads o on o.id = was.thread_id join posts now_there on now_there.id = coalesce(was.moved_id, was.id)
           where o.number = $4 and was.sequence = $5 and now_there.thread_id = t.id) as sequence
    from followed f join threads t on t.id = f.id join networks n on n.id = t.network_id ${OWN_MEMBERSHIP}
   where t.merged_into is null and t.deleted_at is null and ${READABLE}`;

/** The thread that an old address leads to: the same one, or the one that it became part of. @throws AppError 404 where the actor may not read it */
export async function findSuccessor(actor: Actor | null, number: number, sequence = 1): Promise<Successor> {
  const [row] = await prepared<Successor>('thread-successor', SUCCESSOR, [...reachValues(reachOf(actor)), number, sequence]);
  if (!row) throw notFound();
  return row;
}
