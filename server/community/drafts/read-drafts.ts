import { prepared } from '../../database/prepared.ts';
import { transaction } from '../../database/transaction.ts';
import type { Actor } from '../../http/actor.ts';
import { OWN_MEMBERSHIP, READABLE, reachOf, reachValues } from '../reach.ts';
import { type DraftPlace, type DraftRow, type KeptDraft, othersOf } from './draft.ts';

/** What she is writing in this place, with what other windows of hers wrote: hers alone. */
export async function readDraft(actor: Actor, place: DraftPlace): Promise<KeptDraft | null> {
  return transaction(async (tx) => {
    const draft = (await tx('drafts').where({ person_id: actor.id, ...place }).first()) as DraftRow | undefined;
    return draft ? { draft, others: await othersOf(tx, draft.id) } : null;
  });
}

export interface ListedDraft {
  id: string;
  title: string;
  html: string;
  changed_at: Date;
  others: number;
  network_key: string;
  network_name: string;
  number: number | null;
  thread_title: string | null;
  /** Whether she may still read where she wrote. */
  readable: boolean;
}

const LIST = `
  select d.id, d.title, d.html, d.changed_at, (select count(*)::int from draft_others o where o.draft_id = d.id) as others,
         n.key as network_key, n.name as network_name, t.number, t.title as thread_title, t.deleted_at is null and ${READABLE} as readable
    from drafts d left join threads t on t.id = d.thread_id join networks n on n.id = coalesce(d.network_id, t.network_id) ${OWN_MEMBERSHIP}
   where d.person_id = $1::uuid order by d.changed_at desc, d.id desc`;

/** All that she has begun and not sent, the newest first. */
export const listDrafts = (actor: Actor): Promise<ListedDraft[]> => prepared<ListedDraft>('drafts-own', LIST, reachValues(reachOf(actor)));
