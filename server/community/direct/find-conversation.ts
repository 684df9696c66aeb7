import type { BodyKind } from '../../contract/territory.ts';
import { prepared } from '../../database/prepared.ts';
import { notFound } from '../../errors.ts';
import type { Actor } from '../../http/actor.ts';

/** Somebody with whom one writes. */
export interface OtherPerson {
  other_id: string;
  other_name: string;
  other_body: string | null;
  other_kind: BodyKind | null;
  /** Recognised by a body, and here. */
  reachable: boolean;
  /** By who asks, and of who asks. */
  blocked: boolean;
  blocks: boolean;
  suspended_until: Date | null;
}

export interface ConversationHead extends OtherPerson {
  id: string;
  last_sequence: number;
  read_sequence: number;
}

/** What there is to know of another person `o` for who asks, `$1`. A suspension from writing holds here wherever it was given: nobody moderates this place. */
export const OTHER = `o.id as other_id, o.given_name || ' ' || o.family_name as other_name, b.name as other_body, b.kind as other_kind,
  o.body_id is not null and o.confirmed_at is not null and o.suspended_at is null as reachable,
  exists (select from person_blocks x where x.person_id = $1::uuid and x.blocked_id = o.id) as blocked, exists (select from person_blocks x where x.person_id = o.id and x.blocked_id = $1::uuid) as blocks,
  (select max(s.until) from moderation_measures s where s.person_id = $1::uuid and s.kind = 'suspended' and s.lifted_at is null and s.until > now()) as suspended_until`;

const FIND = `
  select c.id, c.last_sequence, m.read_sequence, ${OTHER}
    from conversation_people m join conversations c on c.id = m.conversation_id join people o on o.id = case when c.low_id = $1::uuid then c.high_id else c.low_id end left join bodies b on b.id = o.body_id
   where m.person_id = $1::uuid and c.id = $2`;

/** A conversation of the actor's own: it is nobody else's to find, whatever her role. @throws AppError 404 */
export async function findConversation(actor: Pick<Actor, 'id'>, id: string): Promise<ConversationHead> {
  const [head] = await prepared<ConversationHead>('conversation-find', FIND, [actor.id, id]);
  if (!head) throw notFound();
  return head;
}

const CORRESPONDENT = `
  select ${OTHER}, c.id as conversation_id from people o left join bodies b on b.id = o.body_id
         left join conversations c on c.low_id = least(o.id, $1::uuid) and c.high_id = greatest(o.id, $1::uuid)
   where o.id = $2 and o.id <> $1::uuid`;

export interface CorrespondentRow extends OtherPerson {
  conversation_id: string | null;
}

/** Somebody whom the actor may want to write to; herself she does not find. @throws AppError 404 */
export async function findCorrespondent(actor: Pick<Actor, 'id'>, personId: string): Promise<CorrespondentRow> {
  const [row] = await prepared<CorrespondentRow>('correspondent-find', CORRESPONDENT, [actor.id, personId]);
  if (!row) throw notFound();
  return row;
}
