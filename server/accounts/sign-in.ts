import { randomBytes } from 'node:crypto';
import { database } from '../database/connection.ts';
import { AppError, forbidden, tooMany } from '../errors.ts';
import { passwordMatches } from './password.ts';
import { Person } from './person.ts';
import { digestOf, SESSION_DAYS } from './session.ts';
import { forgive, giveBack, spend, waitFor } from './throttle.ts';

/** Wrong passwords alone count: for one account wherever they come from, and from one address (an office shares it) whatever the account. */
const BY_ACCOUNT = { points: 10, seconds: 900 };
const BY_ADDRESS = { points: 100, seconds: 900 };

/**
 * Opens a session. @returns its secret, for the cookie.
 * @throws AppError 401 wrong address or password, not told which; 403 where the password is right and the account is not confirmed or
 * is suspended; 429 after too many wrong ones.
 */
export async function signIn({ email, password }: { email: string; password: string }, from: { ip: string; userAgent: string }): Promise<string> {
  const keys = { account: `sign-in:account:${email}`, address: `sign-in:address:${from.ip}` };
  // Counted before the password is looked at, so that many at once are no more than many one after the other
  const within = [await spend(keys.account, BY_ACCOUNT), await spend(keys.address, BY_ADDRESS)];
  if (within.includes(false)) throw tooMany(Math.max(1, await waitFor(keys.account, BY_ACCOUNT), await waitFor(keys.address, BY_ADDRESS)));
  const person = await Person.query().findOne({ email });
  if (!(await passwordMatches(person?.password_hash ?? null, password)) || !person) throw new AppError(401, 'wrong-credentials');
  await Promise.all([forgive(keys.account), giveBack(keys.address)]);
  if (person.suspended_at) throw forbidden('account-suspended');
  if (!person.confirmed_at) throw forbidden('address-not-confirmed');
  return openSession(person.id, from);
}

async function openSession(personId: string, { ip, userAgent }: { ip: string; userAgent: string }): Promise<string> {
  const secret = randomBytes(32).toString('base64url');
  await database().raw("insert into sessions (person_id, digest, ip, user_agent, expires_at) values (?, ?, ?, ?, now() + make_interval(days => ?))", [personId, digestOf(secret), ip, userAgent.slice(0, 300), SESSION_DAYS]);
  return secret;
}
