import type { CaseKind, FlagReason, MeasureKind } from '../../contract/moderation.ts';
import type { BodyKind } from '../../contract/territory.ts';
import { prepared } from '../../database/prepared.ts';
import type { Actor } from '../../http/actor.ts';
import { reachOf, reachValues } from '../reach.ts';
import type { WrittenBy } from '../written-by.ts';
import { TRUST_FACTS, type TrustFacts } from './trust.ts';

interface Somebody {
  id: string;
  name: string;
  body: string | null;
  kind: BodyKind | null;
}

export interface CaseRow extends WrittenBy, TrustFacts {
  id: string;
  kind: CaseKind;
  opened_at: Date;
  network_key: string | null;
  network_name: string | null;
  posts: number;
  upheld: number;
  warnings: number;
  suspensions: number;
  html: string | null;
  written_at: Date | null;
  sequence: number | null;
  removed: boolean;
  thread_number: number | null;
  thread_title: string | null;
  flags: (Somebody & { reason: FlagReason; note: string | null; at: string })[] | null;
  appeal_text: string | null;
  measure: (Somebody & { measure: MeasureKind; reason: string | null; until: string | null; at: string }) | null;
}

/** What waits and the actor decides on: permission is inside, so that neither list nor count can forget it. */
const WAITING = `moderation_cases c
  left join held_posts h on h.case_id = c.id
  left join moderation_appeals ap on ap.case_id = c.id left join moderation_measures ms on ms.id = ap.measure_id
  left join direct_messages dm on dm.id = c.message_id
  left join posts w on w.id = coalesce(c.post_id, ms.post_id)
  left join threads t on t.id = coalesce(w.thread_id, h.thread_id)
  left join networks n on n.id = case when c.kind = 'flagged' then t.network_id else c.network_id end
 where c.outcome is null and (c.kind in ('appeal', 'message') or t.deleted_at is null) and $1::uuid is not null and ($2::boolean or n.id = any($3::uuid[])) and ($4::text is null or n.key = $4)`;

const SOMEBODY = (person: string, body: string) => `'id', ${person}.id, 'name', ${person}.given_name || ' ' || ${person}.family_name, 'body', ${body}.name, 'kind', ${body}.kind`;

const LIST = `
  with page as (
    select c.id, c.kind, c.opened_at, n.key as network_key, n.name as network_name, coalesce(h.author_id, ms.person_id, w.author_id, dm.author_id) as author_id, coalesce(h.body_id, w.body_id) as body_id,
           coalesce(h.html, w.html) as html, coalesce(h.created_at, w.created_at) as written_at, w.sequence, w.deleted_at is not null as removed, t.number as thread_number, coalesce(h.title, t.title) as thread_title,
           ap.text as appeal_text, ms.id as measure_id
      from ${WAITING} and ($5::timestamptz is null or (c.opened_at, c.id) > ($5, $6::uuid))
     order by c.opened_at, c.id limit $7)
  select page.*, p.given_name || ' ' || p.family_name as author_name, b.name as author_body, b.kind as author_kind, ${TRUST_FACTS},
         (select count(*)::int from posts x where x.author_id = p.id and x.moved_id is null) as posts,
         (select count(*)::int from moderation_cases x join posts y on y.id = x.post_id where y.author_id = p.id and x.outcome = 'upheld')
           + (select count(*)::int from moderation_cases x join direct_messages y on y.id = x.message_id where y.author_id = p.id and x.outcome = 'upheld') as upheld,
         (select count(*)::int from moderation_measures x where x.person_id = p.id and x.kind = 'warned' and x.lifted_at is null) as warnings,
         (select count(*)::int from moderation_measures x where x.person_id = p.id and x.kind = 'suspended' and x.lifted_at is null) as suspensions,
         (select json_agg(json_build_object(${SOMEBODY('q', 'qb')}, 'reason', f.reason, 'note', f.note, 'at', f.at) order by f.id)
            from (select id, person_id, reason, note, at from post_flags where case_id = page.id union all select id, person_id, reason, note, at from message_reports where case_id = page.id) f join people q on q.id = f.person_id left join bodies qb on qb.id = q.body_id) as flags,
         (select json_build_object(${SOMEBODY('q', 'qb')}, 'measure', m.kind, 'reason', m.reason, 'until', m.until, 'at', m.taken_at)
            from moderation_measures m join people q on q.id = m.taken_by left join bodies qb on qb.id = q.body_id where m.id = page.measure_id) as measure
    from page join people p on p.id = page.author_id left join bodies b on b.id = coalesce(page.body_id, p.body_id)
   order by page.opened_at, page.id`;

export interface CaseOrder {
  network?: string | undefined;
  /** Moment and id of the last one shown. */
  after?: [string, string] | undefined;
  limit: number;
}

/** What waits for this moderator, the oldest first, one row too many; nothing for who moderates nothing. */
export async function listCases(actor: Actor, { network, after, limit }: CaseOrder): Promise<CaseRow[]> {
  return prepared<CaseRow>('moderation-cases', LIST, [...reachValues(reachOf(actor)), network ?? null, ...(after ?? [null, null]), limit + 1]);
}

/** How much waits for her. */
export async function countCases(actor: Actor, network?: string): Promise<number> {
  const [row] = await prepared<{ open: number }>('moderation-count', `select count(*)::int as open from ${WAITING}`, [...reachValues(reachOf(actor)), network ?? null]);
  return row?.open ?? 0;
}
