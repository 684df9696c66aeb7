import type { BodyKind } from '../../contract/territory.ts';
import { prepared } from '../../database/prepared.ts';
import type { Actor } from '../../http/actor.ts';

export interface ConversationRow {
  id: string;
  last_sequence: number;
  last_at: Date;
  other_id: string;
  other_name: string;
  other_body: string | null;
  other_kind: BodyKind | null;
  excerpt: string;
  mine: boolean;
  unread: number;
}

const EXCERPT = 140;

/** What another wrote after the last that she has read: her own words are not new to her. */
const UNREAD = '(select count(*)::int from direct_messages x where x.conversation_id = c.id and x.sequence > m.read_sequence and x.author_id <> m.person_id)';

const LIST = `
  with page as (
    select c.id, c.last_sequence, c.last_at, case when c.low_id = $1::uuid then c.high_id else c.low_id end as other_id, ${UNREAD} as unread
      from conversation_people m join conversations c on c.id = m.conversation_id
     where m.person_id = $1::uuid and ($2::timestamptz is null or (c.last_at, c.id) < ($2, $3::uuid)) order by c.last_at desc, c.id desc limit $4)
  select page.*, o.given_name || ' ' || o.family_name as other_name, b.name as other_body, b.kind as other_kind, left(x.text, ${EXCERPT}) as excerpt, x.author_id = $1::uuid as mine
    from page join people o on o.id = page.other_id left join bodies b on b.id = o.body_id join direct_messages x on x.conversation_id = page.id and x.sequence = page.last_sequence
   order by page.last_at desc, page.id desc`;

/** A person's conversations, what was written last first; one row too many. */
export const listConversations = (actor: Pick<Actor, 'id'>, after: [string, string] | undefined, limit: number): Promise<ConversationRow[]> =>
  prepared<ConversationRow>('conversations-list', LIST, [actor.id, ...(after ?? [null, null]), limit + 1]);

/** How many messages she has not read yet. */
export async function countUnreadMessages(actor: Pick<Actor, 'id'>): Promise<number> {
  const [row] = await prepared<{ unread: number }>('conversations-unread', `select coalesce(sum(${UNREAD}), 0)::int as unread from conversation_people m join conversations c on c.id = m.conversation_id where m.person_id = $1::uuid and c.last_sequence > m.read_sequence`, [actor.id]);
  return row?.unread ?? 0;
}
