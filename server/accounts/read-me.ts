import type { BodyReference } from '../contract/territory.ts';
import { prepared } from '../database/prepared.ts';
import type { Actor } from '../http/actor.ts';

export interface About {
  body: BodyReference | null;
  pendingBody: BodyReference | null;
  unread: number;
}

const ABOUT = `
  select (select json_build_object('id', b.id, 'name', b.name, 'kind', b.kind) from bodies b where b.id = $1) as body,
         (select json_build_object('id', b.id, 'name', b.name, 'kind', b.kind) from affiliations a join bodies b on b.id = a.body_id where a.person_id = $2 and a.status = 'pending') as "pendingBody",
         (select count(*)::int from notices n where n.person_id = $2 and n.read_at is null) as unread`;

/** What every page shows about who is signed in: one query, because every page asks. */
export async function readMe(actor: Actor): Promise<About> {
  const [about] = await prepared<About>('me', ABOUT, [actor.bodyId, actor.id]);
  return about ?? { body: null, pendingBody: null, unread: 0 };
}
