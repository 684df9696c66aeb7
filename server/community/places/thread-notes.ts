import { prepared } from '../../database/prepared.ts';
import type { Tx } from '../../database/transaction.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import { OWN_MEMBERSHIP, READABLE, reachOf, reachValues, VISIBLE } from '../reach.ts';

interface NewNote {
  kind: 'moved' | 'split' | 'merged';
  /** Before which post it stands. */
  sequence: number;
  networkId?: string;
  fromThreadId?: string;
  solutionDropped?: boolean;
}

/** Notes in a thread where it, or some of it, came from. The thread is locked. */
export async function noteOrigin(tx: Tx, actor: Actor, threadId: string, { kind, sequence, networkId, fromThreadId, solutionDropped = false }: NewNote): Promise<void> {
  await tx('thread_notes').insert({ thread_id: threadId, kind, sequence, network_id: networkId ?? null, from_thread_id: fromThreadId ?? null, solution_dropped: solutionDropped, at: clock.now(), by_id: actor.id });
  await tx('threads').where('id', threadId).increment('notes', 1);
}

export interface NoteRow {
  kind: NewNote['kind'];
  sequence: number;
  at: Date;
  solution_dropped: boolean;
  /** null where the reader may not know of it. */
  network_key: string | null;
  network_name: string | null;
  number: number | null;
  title: string | null;
}

/** What became part of another thread keeps its title; where a thread is that was removed, nobody is told. */
const NOTES = `
  select x.kind, x.sequence, x.at, x.solution_dropped, case when ${VISIBLE} then n.key end as network_key, case when ${VISIBLE} then n.name end as network_name,
         case when ${READABLE} then t.number end as number, case when ${READABLE} then t.title end as title
    from thread_notes x left join threads t on t.id = x.from_thread_id and (t.deleted_at is null or t.merged_into is not null)
         left join networks n on n.id = coalesce(x.network_id, t.network_id) ${OWN_MEMBERSHIP}
   where x.thread_id = $4 order by x.sequence, x.id`;

/** Where a thread that the actor may read came from, as far as she may know. */
export const readNotes = (actor: Actor | null, threadId: string): Promise<NoteRow[]> => prepared<NoteRow>('thread-notes', NOTES, [...reachValues(reachOf(actor)), threadId]);
