import type { QueryBuilder } from 'objection';
import { holds, type Actor } from '../http/actor.ts';
import { coveredBodies } from '../accounts/covered-bodies.ts';
import { notFound } from '../errors.ts';
import { Certificate } from './certificate.ts';
import { normaliseCode } from './code.ts';
import { maySee } from './policy.ts';

const withRevocation = (): QueryBuilder<Certificate> => Certificate.query().withGraphFetched('revocation');

/** By its number, as anybody may. @throws AppError 404 also for what cannot be a number. */
export async function findByCode(typed: string): Promise<Certificate> {
  const code = normaliseCode(typed);
  const certificate = code ? await withRevocation().findOne({ code }) : undefined;
  if (!certificate) throw notFound();
  return certificate;
}

/** By id, if the actor may see it. @throws AppError 404 where it is not hers to see. */
export async function findForActor(actor: Actor, id: string): Promise<Certificate> {
  const certificate = await withRevocation().findById(id);
  if (!certificate || !maySee(actor, certificate, new Set(await coveredBodies(actor)))) throw notFound();
  return certificate;
}

export interface CertificateFilter {
  scope: 'own' | 'body' | 'all';
  q?: string | undefined;
  /** Keys of the last row of the page before: newest first. */
  after?: { issuedAt: string; id: string } | undefined;
  limit: number;
}

/** A page of certificates, one row too many, newest first. A scope that the actor does not have is empty. */
export async function listCertificates(actor: Actor, { scope, q, after, limit }: CertificateFilter): Promise<Certificate[]> {
  const query = withRevocation().orderBy([{ column: 'issued_at', order: 'desc' }, { column: 'id', order: 'desc' }]).limit(limit + 1);
  if (scope === 'own') query.where('person_id', actor.id);
  else if (scope === 'body' || !holds(actor, 'admin')) query.whereIn('body_id', await coveredBodies(actor));
  if (q) {
    // A name can look like a number
    query.whereRaw("(code = ? or plain((snapshot->'person'->>'givenName') || ' ' || (snapshot->'person'->>'familyName')) like '%' || plain(?) || '%')", [normaliseCode(q) ?? '', q.replace(/[%_\\]/g, '\\$&')]);
  }
  if (after) query.whereRaw('(issued_at, id) < (?::timestamptz, ?::uuid)', [after.issuedAt, after.id]);
  return query;
}
