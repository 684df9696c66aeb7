import { transaction } from '../database/transaction.ts';
import { createMailToken } from './mail-token.ts';

/**
 * The first administrator of an installation, or one more: a person of UPI with this address, and the secret of a link with which she
 * chooses her password (and confirms the address).
 */
export async function createAdministrator(email: string, name: { givenName: string; familyName: string }): Promise<string> {
  return transaction(async (tx) => {
    await tx.raw("insert into people (given_name, family_name, email, body_id) select ?, ?, ?, id from bodies where kind = 'upi' on conflict (email) do nothing", [name.givenName, name.familyName, email]);
    const person = (await tx('people').where({ email }).first('id')) as { id: string } | undefined;
    if (!person) throw new Error('The reference data has no UPI');
    await tx.raw("insert into roles (person_id, role, scope) select ?, 'admin', 'platform' where not exists (select from roles where person_id = ? and role = 'admin' and revoked_at is null)", [person.id, person.id]);
    await tx('audit_entries').insert({ act: 'administrator.create', subject_kind: 'person', subject_id: person.id });
    return createMailToken(tx, person.id, 'reset');
  });
}
