import { transaction } from '../database/transaction.ts';
import { conflict, invalidField, notFound } from '../errors.ts';
import type { Actor } from '../http/actor.ts';
import { BodyDomain } from '../territory/body-domain.ts';
import { domainsOf } from '../territory/declared-domain.ts';
import { audit } from './audit.ts';
import { requireJoinable } from './joinable-body.ts';

/** Where anybody can have an address. */
const PUBLIC = new Set([
  'gmail.com', 'googlemail.com', 'outlook.com', 'outlook.it', 'hotmail.com', 'hotmail.it', 'live.it', 'live.com', 'msn.com', 'yahoo.com', 'yahoo.it', 'icloud.com', 'me.com', 'libero.it', 'virgilio.it', 'alice.it', 'tim.it', 'tin.it', 'tiscali.it',
  'email.it', 'inwind.it', 'iol.it', 'fastwebnet.it', 'poste.it', 'pec.it', 'legalmail.it', 'arubapec.it', 'aruba.it', 'proton.me', 'protonmail.com', 'gmx.com', 'mail.com', 'gov.it', 'edu.it', 'com.it', 'co.uk',
]);

/**
 * From now on who writes from this domain, or below it, needs no approval to join the body.
 * @throws AppError 422 for a domain that anybody can have; 409 when it is another body's.
 */
export async function declareDomain(actor: Actor, bodyId: string, domain: string): Promise<BodyDomain> {
  await requireJoinable(bodyId);
  if (PUBLIC.has(domain) || domainsOf(`x@${domain}`).length < 1) throw invalidField('params.domain', 'domain-public', 'public');
  return transaction(async (tx) => {
    const added = (await tx('body_domains').insert({ domain, body_id: bodyId, declared_by: actor.id }).onConflict('domain').ignore().returning('domain')) as { domain: string }[];
    const declared = await BodyDomain.query(tx).findById(domain).withGraphFetched('body');
    if (!declared || declared.body_id !== bodyId) throw conflict('domain-taken');
    if (added.length > 0) await audit(tx, actor, 'domain.declare', 'body', bodyId, { bodyId, details: { domain } });
    return declared;
  });
}

/** Who already joined stays. @throws AppError 404 when the body has not declared it. */
export async function withdrawDomain(actor: Actor, bodyId: string, domain: string): Promise<void> {
  await transaction(async (tx) => {
    if ((await tx('body_domains').where({ domain, body_id: bodyId }).delete()) === 0) throw notFound();
    await audit(tx, actor, 'domain.withdraw', 'body', bodyId, { bodyId, details: { domain } });
  });
}
