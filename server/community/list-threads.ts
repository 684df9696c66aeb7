import type { ThreadFilter } from '../contract/community.ts';
import type { BodyKind } from '../contract/territory.ts';
import { prepared } from '../database/prepared.ts';
import type { Actor } from '../http/actor.ts';
import { loadReadable } from './load-network.ts';
import { MUTED, OWN_MEMBERSHIP, READ_SEQUENCE, READABLE, reachOf, reachValues, VISIBLE } from './reach.ts';
import type { WrittenBy } from './written-by.ts';

export interface ThreadRow extends WrittenBy {
  id: string;
  number: number;
  title: string;
  tags: string[];
  created_at: Date;
  last_post_at: Date;
  last_author_id: string;
  last_author_name: string;
  last_author_body: string | null;
  last_author_kind: BodyKind | null;
  last_sequence: number;
  moved_away: number;
  solved: boolean;
  pinned: boolean;
  closed: boolean;
  interested: number;
  unread: number | null;
}

const FILTERS: Record<ThreadFilter, string> = {
  all: 'true',
  unanswered: 't.accepted_post_id is null and t.closed_at is null',
  solved: 't.accepted_post_id is not null',
  unread: `m.status = 'active' and t.last_sequence > ${READ_SEQUENCE} and not ${MUTED}`,
  mine: 't.author_id = $1::uuid',
};

/** Pinned ones lead the whole list alone. */
const PINNED: Record<ThreadFilter, string> = { all: '(t.pinned_at is not null)', unanswered: 'false', solved: 'false', unread: 'false', mine: 'false' };

/** The length of a page unless another is asked for. */
const USUAL = 20;

interface Shape {
  filter: ThreadFilter;
  usual: boolean;
  after: boolean;
  tag: boolean;
}

/**
 * A text for each shape, with no condition that is sometimes true and the usual length (else `$5`) in it: so that the database plans it
 * once. Where it does not know how many are wanted, in a network of a hundred thousand threads it plans anew each time.
 */
function statement({ filter, usual, after, tag }: Shape): string {
  const pinned = PINNED[filter];
  return `
  with m as materialized (
    select n.id as network_id, m.status, m.read_until from networks n ${OWN_MEMBERSHIP} where n.key = $4 and ${VISIBLE} and ${READABLE}),
  page as materialized (
    select t.*, ${pinned} as leads, case when m.status = 'active' then case when ${MUTED} then 0 else t.last_sequence - ${READ_SEQUENCE} end end as unread
      from threads t cross join m left join thread_readings r on r.thread_id = t.id and r.person_id = $1::uuid
     -- Not a join: so the index gives them in their order
     where t.network_id = (select network_id from m) and t.deleted_at is null and ${FILTERS[filter]} ${after ? `and (${pinned}, t.last_post_at, t.id) < ($6::boolean, $7::timestamptz, $8::uuid)` : ''}
       and $5::int is not null ${tag ? `and t.tags @> array[$${after ? 9 : 6}::text]` : ''}
     order by leads desc, t.last_post_at desc, t.id desc limit ${usual ? USUAL + 1 : '$5'})
  select page.id, page.number, page.title, page.tags, page.author_id, a.given_name || ' ' || a.family_name as author_name, ab.name as author_body, ab.kind as author_kind, page.created_at, page.last_post_at,
         page.last_author_id, l.given_name || ' ' || l.family_name as last_author_name, lb.name as last_author_body, lb.kind as last_author_kind, page.last_sequence, page.moved_away,
         page.accepted_post_id is not null as solved, page.pinned_at is not null as pinned, page.closed_at is not null as closed,
         (select count(distinct i.body_id)::int from thread_interests i where i.thread_id = page.id) as interested, page.unread
    from page join people a on a.id = page.author_id left join bodies ab on ab.id = page.body_id
         join people l on l.id = page.last_author_id left join bodies lb on lb.id = l.body_id
   order by page.leads desc, page.last_post_at desc, page.id desc`;
}

const STATEMENTS = new Map<string, string>();

function textOf(name: string, shape: Shape): string {
  const kept = STATEMENTS.get(name) ?? statement(shape);
  STATEMENTS.set(name, kept);
  return kept;
}

export interface ThreadOrder {
  filter: ThreadFilter;
  tag?: string | undefined;
  /** Whether it leads, moment and id of the last one shown. */
  after?: [0 | 1, string, string] | undefined;
  limit: number;
}

/** Threads of a network, newest post first, one row too many. @throws AppError 404 where the actor may not read it */
export async function listThreads(actor: Actor | null, key: string, { filter, tag, after, limit }: ThreadOrder): Promise<ThreadRow[]> {
  const shape = { filter, usual: limit === USUAL, after: after !== undefined, tag: tag !== undefined };
  const name = `threads-${Object.values(shape).join('-')}`;
  const values = [...reachValues(reachOf(actor)), key, limit + 1, ...(after ? [after[0] === 1, after[1], after[2]] : []), ...(tag === undefined ? [] : [tag])];
  const rows = await prepared<ThreadRow>(name, textOf(name, shape), values);
  // Nothing found tells nothing of the network: only then is it asked for
  if (rows.length === 0) await loadReadable(actor, key);
  return rows;
}

/** Whether this thread stands before all others in a list of this kind. */
export const leads = (filter: ThreadFilter, thread: Pick<ThreadRow, 'pinned'>): boolean => filter === 'all' && thread.pinned;
