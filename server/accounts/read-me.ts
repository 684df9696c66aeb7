import type { BodyReference } from '../contract/territory.ts';
import { database } from '../database/connection.ts';
import type { Actor } from '../http/actor.ts';

export interface About {
  body: BodyReference | null;
  pendingBody: BodyReference | null;
  unread: number;
}

/** What every page shows about who is signed in: one query, because every page asks. */
export async function readMe(actor: Actor): Promise<About> {
  const { rows } = await database().raw<{ rows: About[] }>(
    `select (select json_build_object('id', b.id, 'name', b.name, 'kind', b.kind) from bodies b where b.id = ?) as body,
            (select json_build_object('id', b.id, 'name', b.name, 'kind', b.kind) from affiliations a join bodies b on b.id = a.body_id where a.person_id = ? and a.status = 'pending') as "pendingBody",
            (select count(*)::int from notices n where n.person_id = ? and n.read_at is null) as unread`,
    [actor.bodyId, actor.id, actor.id],
  );
  return rows[0] ?? { body: null, pendingBody: null, unread: 0 };
}
