import type { BodyReference } from '../contract/territory.ts';
import { prepared } from '../database/prepared.ts';
import type { Actor } from '../http/actor.ts';

export interface About {
  body: BodyReference | null;
  pendingBody: BodyReference | null;
  unread: number;
  unreadMessages: number;
}

const ABOUT = `
  select (select json_build_object('id', b.id, 'name', b.name, 'kind', b.kind) from bodies b where b.id = $1) as body,
         (select json_build_object('id', b.id, 'name', b.name, 'kind', b.kind) from affiliations a join bodies b on b.id = a.body_id where a.person_id = $2 and a.status = 'pending') as "pendingBody",
         (select count(*)::int from notices n where n.person_id = $2 and n.read_at is null) as unread,
         -- Nothing is counted where nothing is new
         (select coalesce(sum((select count(*) from direct_messages x where x.conversation_id = c.id and x.sequence > m.read_sequence and x.author_id <> $2)), 0)::int
            from conversation_people m join conversations c on c.id = m.conversation_id where m.person_id = $2 and c.last_sequence > m.read_sequence) as "unreadMessages"`;

/** What every page shows about who is signed in: one query, because every page asks. */
export async function readMe(actor: Actor): Promise<About> {
  const [about] = await prepared<About>('me', ABOUT, [actor.bodyId, actor.id]);
  return about ?? { body: null, pendingBody: null, unread: 0, unreadMessages: 0 };
}
