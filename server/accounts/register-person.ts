import { randomUUID } from 'node:crypto';
import type { Registration } from '../contract/accounts.ts';
import { transaction } from '../database/transaction.ts';
import { invalidField } from '../errors.ts';
import { record } from '../events.ts';
import { requireJoinable } from './joinable-body.ts';
import { hashPassword, isTrivial } from './password.ts';
import { MAILS } from './request-confirmation.ts';
import { spend } from './throttle.ts';

/**
 * A new account, not yet confirmed, with the wish to belong to a body. An address that has an account already changes nothing and
 * answers the same: its owner is told by mail.
 */
export async function registerPerson(input: Registration): Promise<void> {
  const { givenName, familyName, email, password, bodyId, jobTitle, language } = input;
  if (isTrivial(password, input)) throw invalidField('body.password', 'password-trivial', 'trivial');
  await requireJoinable(bodyId);
  // Also for a known address, so that both take as long
  const passwordHash = await hashPassword(password);
  await transaction(async (tx) => {
    const [person] = (await tx('people')
      .insert({ given_name: givenName, family_name: familyName, email, password_hash: passwordHash, job_title: jobTitle || null, language })
      .onConflict('email').ignore().returning('id')) as { id: string }[];
    if (person) {
      await tx('affiliations').insert({ person_id: person.id, body_id: bodyId });
      await record(tx, 'person.registered', { personId: person.id });
      return;
    }
    const known = (await tx('people').where({ email }).first('id')) as { id: string } | undefined;
    if (known && (await spend(`mail:repeated:${known.id}`, MAILS, tx))) await record(tx, 'registration.repeated', { personId: known.id, requestId: randomUUID() });
  });
}
