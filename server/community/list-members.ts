import type { BodyKind } from '../contract/territory.ts';
import { database } from '../database/connection.ts';

export interface MemberRow {
  id: string;
  status: 'active' | 'requested';
  person_id: string;
  name: string;
  body: string | null;
  kind: BodyKind | null;
  motivation: string | null;
  reason: string | null;
  requested_at: Date;
  moderator: boolean;
  family_name: string;
}

/** Members of a network by family name, or who asks to be one; one row too many. The caller has checked who may see them. */
export async function listMembers(networkId: string, { status, after, limit }: { status: 'active' | 'requested'; after?: [string, string] | undefined; limit: number }): Promise<MemberRow[]> {
  const { rows } = await database().raw<{ rows: MemberRow[] }>(
    `select m.id, m.status, m.person_id, p.given_name || ' ' || p.family_name as name, b.name as body, b.kind, m.motivation, m.reason, m.requested_at, p.family_name,
            exists (select from roles r where r.person_id = p.id and r.role = 'moderator' and r.scope_id = m.network_id and r.revoked_at is null) as moderator
       from network_members m join people p on p.id = m.person_id left join bodies b on b.id = p.body_id
      where m.network_id = :networkId and m.status = :status and p.suspended_at is null
        and (:family::text is null or (p.family_name, m.id) > (:family::text, :id::uuid))
      order by p.family_name, m.id limit :limit`,
    { networkId, status, family: after?.[0] ?? null, id: after?.[1] ?? null, limit: limit + 1 },
  );
  return rows;
}
