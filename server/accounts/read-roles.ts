import type { Knex } from 'knex';
import { type Actor, type HeldRole, holds } from '../http/actor.ts';
import type { BodyKind } from '../territory/body.ts';
import { NAMED_NETWORK } from './named-network.ts';

export interface RoleRow extends Pick<HeldRole, 'role' | 'scope'> {
  id: string;
  person_id: string;
  scope_id: string | null;
  place: string | null;
  /** Where the place is a body. */
  body_kind: BodyKind | null;
  granted_at: Date;
}

/** The roles that people hold now, with the names of the places where they hold them; of others not those in a network that the reader may not know of. */
export async function readRoles(on: Knex, personIds: string[], reader: Pick<Actor, 'id' | 'roles'>): Promise<RoleRow[]> {
  const { rows } = await on.raw<{ rows: RoleRow[] }>(
    `select r.id, r.person_id, r.role, r.scope, r.scope_id, r.granted_at, coalesce(b.name, v.title, w.name) as place, b.kind as body_kind
       from roles r
       left join bodies b on r.scope = 'body' and b.id = r.scope_id
       left join courses c on r.scope = 'course' and c.id = r.scope_id
       left join course_versions v on v.id = c.current_version_id
       left join networks w on r.scope = 'network' and w.id = r.scope_id
      where r.person_id = any(:people) and r.revoked_at is null and (:everything or r.person_id = :reader or w.id is null or ${NAMED_NETWORK}) order by r.granted_at, r.id`,
    { people: personIds, reader: reader.id, everything: holds(reader, 'admin') },
  );
  return rows;
}
