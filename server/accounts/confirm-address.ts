import { transaction, type Tx } from '../database/transaction.ts';
import { AppError } from '../errors.ts';
import { record } from '../events.ts';
import { clock } from '../gateways/clock.ts';
import { Body } from '../territory/body.ts';
import { Affiliation } from './affiliation.ts';
import { openMailToken, spendMailTokens } from './mail-token.ts';
import { Person } from './person.ts';
import { settleAffiliation } from './settle-affiliation.ts';

export interface Confirmed {
  affiliation: 'approved' | 'pending' | 'none';
  body: Body | undefined;
}

/**
 * The address is hers: she came by the link that was sent there. The same link again, as careful mail programs and double clicks do,
 * finds it done.
 * @throws AppError 410 for an unknown or expired link.
 */
export async function confirmAddress(secret: string): Promise<Confirmed> {
  return transaction(async (tx) => {
    const token = await openMailToken(tx, secret, 'confirm');
    const person = await Person.query(tx).findById(token.person_id).forUpdate();
    if (!person || (token.used_at && !person.confirmed_at)) throw new AppError(410, 'link-expired');
    await markConfirmed(tx, person);
    return outcomeFor(tx, person.id);
  });
}

/** Whoever proved that the address is hers, by either kind of link. */
export async function markConfirmed(tx: Tx, person: Person): Promise<void> {
  await spendMailTokens(tx, person.id, 'confirm');
  if (person.confirmed_at) return;
  await tx('people').where({ id: person.id }).update({ confirmed_at: clock.now() });
  await record(tx, 'person.confirmed', { personId: person.id });
  const wish = await Affiliation.query(tx).findOne({ person_id: person.id, status: 'pending' });
  if (wish) await settleAffiliation(tx, wish, person);
}

async function outcomeFor(tx: Tx, personId: string): Promise<Confirmed> {
  const last = await Affiliation.query(tx).where({ person_id: personId }).whereIn('status', ['pending', 'approved']).orderBy('id', 'desc').first().withGraphFetched('body');
  if (!last?.body) return { affiliation: 'none', body: undefined };
  return { affiliation: last.status === 'approved' ? 'approved' : 'pending', body: last.body };
}
