import { type Actor, holds } from '../http/actor.ts';
import { Affiliation } from './affiliation.ts';
import { coveredBodies } from './covered-bodies.ts';

export interface AffiliationFilter {
  status: Affiliation['status'];
  /** The last row of the page before. */
  after?: { requestedAt: string; id: string } | undefined;
  limit: number;
}

/**
 * Wishes of people with a confirmed address to belong to the actor's bodies; UPI sees all. One row too many. Who waits longest comes
 * first; what is decided, newest first.
 */
export async function listAffiliations(actor: Actor, { status, after, limit }: AffiliationFilter): Promise<Affiliation[]> {
  const order = status === 'pending' ? 'asc' : 'desc';
  const query = Affiliation.query().withGraphFetched('[person.body, body]').joinRelated('person').whereNotNull('person.confirmed_at').whereNull('person.suspended_at').where('affiliations.status', status)
    .orderBy([{ column: 'affiliations.requested_at', order }, { column: 'affiliations.id', order }]).limit(limit + 1).select('affiliations.*', Affiliation.raw('affiliations.requested_at::text as requested_key'));
  if (!holds(actor, 'admin')) query.whereRaw('affiliations.body_id = any(?)', [await coveredBodies(actor)]);
  if (after) query.whereRaw(`(affiliations.requested_at, affiliations.id) ${order === 'asc' ? '>' : '<'} (?::timestamptz, ?::uuid)`, [after.requestedAt, after.id]);
  return query;
}
