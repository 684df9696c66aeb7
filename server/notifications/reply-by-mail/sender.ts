import type { Tx } from '../../database/transaction.ts';
import type { Actor } from '../../http/actor.ts';

/** Who writes by mail, as she would act in the page; nobody where she is suspended or never confirmed her address. */
export async function senderOf(tx: Tx, personId: string): Promise<Actor | undefined> {
  const { rows: [row] } = await tx.raw<{ rows: (Omit<Actor, 'sessionId'>)[] }>(
    `select p.id, p.given_name as "givenName", p.family_name as "familyName", p.email::text, p.language, p.body_id as "bodyId",
            coalesce((select json_agg(json_build_object('role', r.role, 'scope', r.scope, 'scopeId', r.scope_id)) from roles r where r.person_id = p.id and r.revoked_at is null), '[]') as roles
       from people p where p.id = ? and p.suspended_at is null and p.confirmed_at is not null`,
    [personId],
  );
  return row ? { ...row, sessionId: '' } : undefined;
}
