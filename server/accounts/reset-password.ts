import { transaction } from '../database/transaction.ts';
import { AppError, invalidField } from '../errors.ts';
import type { Actor } from '../http/actor.ts';
import { markConfirmed } from './confirm-address.ts';
import { openMailToken, spendMailTokens } from './mail-token.ts';
import { hashPassword, isTrivial, passwordMatches } from './password.ts';
import { Person } from './person.ts';
import { revokeSessions } from './revoke-sessions.ts';
import { forgive } from './throttle.ts';

/**
 * A new password by the link that came by mail. Every session ends: whoever else was in is out.
 * @throws AppError 410 for an unknown, used or expired link; 422 for a trivial password.
 */
export async function resetPassword(secret: string, password: string): Promise<void> {
  await transaction(async (tx) => {
    const token = await openMailToken(tx, secret, 'reset');
    const person = await Person.query(tx).findById(token.person_id).forUpdate();
    if (token.used_at || !person || person.suspended_at) throw new AppError(410, 'link-expired');
    await tx('people').where({ id: person.id }).update({ password_hash: await hashAcceptable(person, password, 'body.password') });
    await spendMailTokens(tx, person.id, 'reset');
    await markConfirmed(tx, person);
    await revokeSessions(tx, person.id, 'all');
    await forgive(`sign-in:account:${person.email}`, tx);
  });
}

/** Her own change, knowing the present one. Her other sessions end. @throws AppError 422 */
export async function changePassword(actor: Actor, { current, next }: { current: string; next: string }): Promise<void> {
  const person = await Person.query().findById(actor.id);
  if (!person || !(await passwordMatches(person.password_hash, current))) throw invalidField('body.current', 'password-wrong', 'wrong');
  const password_hash = await hashAcceptable(person, next, 'body.next');
  await transaction(async (tx) => {
    await tx('people').where({ id: person.id }).update({ password_hash });
    await revokeSessions(tx, person.id, { but: actor.sessionId });
  });
}

/** @throws AppError 422 for a trivial password. */
function hashAcceptable(person: Person, password: string, path: string): Promise<string> {
  if (isTrivial(password, { givenName: person.given_name, familyName: person.family_name, email: person.email })) throw invalidField(path, 'password-trivial', 'trivial');
  return hashPassword(password);
}
