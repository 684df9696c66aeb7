import type { ProfileChange } from '../contract/accounts.ts';
import { transaction } from '../database/transaction.ts';
import type { Actor } from '../http/actor.ts';
import { audit } from './audit.ts';

/** Her own names, job title, language. A change of name is noted: certificates carry it. */
export async function changeProfile(actor: Actor, { givenName, familyName, jobTitle, language }: ProfileChange): Promise<void> {
  const renamed = (givenName !== undefined && givenName !== actor.givenName) || (familyName !== undefined && familyName !== actor.familyName);
  const columns = Object.fromEntries(
    Object.entries({ given_name: givenName, family_name: familyName, language, job_title: jobTitle === undefined ? undefined : jobTitle || null }).filter(([, value]) => value !== undefined),
  );
  if (Object.keys(columns).length === 0) return;
  await transaction(async (tx) => {
    await tx('people').where({ id: actor.id }).update(columns);
    if (renamed) await audit(tx, actor, 'person.rename', 'person', actor.id, { bodyId: actor.bodyId, details: { before: `${actor.givenName} ${actor.familyName}`, after: `${givenName ?? actor.givenName} ${familyName ?? actor.familyName}` } });
  });
}
