import { bodyTitle } from '../contract/body-name.ts';
import type { BodyKind } from '../contract/territory.ts';
import { transaction } from '../database/transaction.ts';
import { notify } from './notify.ts';

interface Facts {
  person_id: string;
  role: string;
  place: string | null;
  kind: BodyKind | null;
  network: string | null;
  network_key: string | null;
}

/** Where a new role is exercised. */
const LINKS: Record<string, string> = { admin: '/amministrazione', coordinator: '/ente' };

/** Tells a person that she holds a role now. */
export async function tellRole({ roleId }: { roleId: string }): Promise<void> {
  await transaction(async (tx) => {
    const { rows } = await tx.raw<{ rows: Facts[] }>(
      "select r.person_id, r.role, b.name as place, b.kind, n.name as network, n.key as network_key from roles r left join bodies b on r.scope = 'body' and b.id = r.scope_id left join networks n on r.scope = 'network' and n.id = r.scope_id where r.id = ? and r.revoked_at is null",
      [roleId],
    );
    const facts = rows[0];
    if (!facts) return;
    const kind = facts.role === 'coordinator' ? 'role-coordinator' : facts.role === 'admin' ? 'role-admin' : facts.network ? 'role-moderator' : 'role-other';
    await notify(tx, { personId: facts.person_id, kind, key: `role:${roleId}`, params: { body: facts.place && facts.kind ? bodyTitle({ kind: facts.kind, name: facts.place }) : '', network: facts.network ?? '' }, link: facts.network_key ? `/reti/${facts.network_key}` : (LINKS[facts.role] ?? '/profilo') });
  });
}
