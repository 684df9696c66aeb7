import { prepared } from '../../database/prepared.ts';
import type { Actor } from '../../http/actor.ts';
import { reachOf, reachValues } from '../reach.ts';
import type { WrittenBy } from '../written-by.ts';
import type { MeasureRow } from './measures.ts';

export interface ListedMeasure extends MeasureRow, WrittenBy {
  taken_at: Date;
  lift_reason: string | null;
  network_key: string | null;
  network_name: string | null;
  thread_number: number | null;
  thread_title: string | null;
  sequence: number | null;
  html: string | null;
  appeal_text: string | null;
  appealed_at: Date | null;
  appeal_outcome: 'granted' | 'rejected' | null;
  appeal_reason: string | null;
}

const LIST = `
  select s.id, s.kind, s.person_id, s.network_id, s.post_id, s.reason, s.until, s.taken_by, s.taken_at, s.lifted_at, s.lift_reason, n.key as network_key, n.name as network_name,
         p.id as author_id, p.given_name || ' ' || p.family_name as author_name, b.name as author_body, b.kind as author_kind,
         t.number as thread_number, t.title as thread_title, w.sequence, w.html, a.text as appeal_text, a.at as appealed_at, c.outcome as appeal_outcome, c.reason as appeal_reason
    from moderation_measures s join people p on p.id = s.person_id left join bodies b on b.id = p.body_id left join networks n on n.id = s.network_id
         left join posts w on w.id = s.post_id left join threads t on t.id = w.thread_id and t.deleted_at is null
         left join moderation_appeals a on a.measure_id = s.id left join moderation_cases c on c.id = a.case_id
   where case when $4::boolean then s.person_id = $1::uuid else ($2::boolean or s.network_id = any($3::uuid[])) end
     and ($5::text is null or n.key = $5) and ($6::uuid is null or s.id < $6)
   order by s.id desc limit $7`;

export interface MeasureSearch {
  scope: 'mine' | 'moderated';
  network?: string | undefined;
  after?: string | undefined;
  limit: number;
}

/** What was done to her, or what is hers to undo; newest first, one row too many. */
export async function listMeasures(actor: Actor, { scope, network, after, limit }: MeasureSearch): Promise<ListedMeasure[]> {
  return prepared<ListedMeasure>('moderation-measures', LIST, [...reachValues(reachOf(actor)), scope === 'mine', network ?? null, after ?? null, limit + 1]);
}
