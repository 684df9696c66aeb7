import { audit } from '../../accounts/audit.ts';
import type { Trust } from '../../contract/moderation.ts';
import { transaction } from '../../database/transaction.ts';
import { notFound } from '../../errors.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import { reachOf } from '../reach.ts';
import { forgetTrust, readTrust } from './trust.ts';

/** A moderator vouches for somebody of a network of hers: she is new no more, everywhere. Done twice it changes nothing. @throws AppError 404 for who moderates no network of hers */
export async function grantTrust(actor: Actor, personId: string): Promise<Trust> {
  const { everything, moderated } = reachOf(actor);
  await transaction(async (tx) => {
    const person = (await tx('people as p').where('p.id', personId)
      .whereRaw('(?::boolean or exists (select from network_members m where m.person_id = p.id and m.network_id = any(?::uuid[])))', [everything, moderated]).first('p.id')) as { id: string } | undefined;
    if (!person) throw notFound();
    const before = await readTrust(personId);
    const granted = (await tx('trust_grants').insert({ person_id: personId, granted_by: actor.id, at: clock.now() }).onConflict('person_id').ignore().returning('person_id')) as unknown[];
    if (granted.length > 0) await audit(tx, actor, 'trust.grant', 'person', personId, { details: { before: { trust: before }, after: { trust: 'member' } } });
  });
  forgetTrust(personId);
  return readTrust(personId);
}
