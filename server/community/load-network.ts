import type { MembershipStatus } from '../contract/community.ts';
import { prepared } from '../database/prepared.ts';
import { forbidden, notFound } from '../errors.ts';
import type { Actor } from '../http/actor.ts';
import type { Network } from './network.ts';
import { requireWriting } from './moderation/suspension.ts';
import { mayRead, mayWrite, type Standing } from './policy.ts';
import { MODERATES, OWN_MEMBERSHIP, reachOf, reachValues, SUSPENDED_UNTIL, VISIBLE } from './reach.ts';

export interface FoundNetwork {
  network: Network;
  standing: Standing;
}

type Row = Network & Standing & { membership: MembershipStatus | null };

const FIND = `select n.id, n.key, n.name, n.summary, n.area_code, n.joining, n.reading, n.archived_at, n.hold_first, m.status as membership, ${MODERATES} as moderates, ${SUSPENDED_UNTIL} as suspended_until
  from networks n ${OWN_MEMBERSHIP} where n.key = $4 and ${VISIBLE}`;

/** A network that the actor may know of, with what she is in it. @throws AppError 404 */
export async function loadNetwork(actor: Actor | null, key: string): Promise<FoundNetwork> {
  const [row] = await prepared<Row>('network-find', FIND, [...reachValues(reachOf(actor)), key]);
  if (!row) throw notFound();
  const { membership, moderates, suspended_until, ...network } = row;
  return { network, standing: { membership, moderates, suspended_until } };
}

/** The same, for who wants to read in it. @throws AppError 404 */
export async function loadReadable(actor: Actor | null, key: string): Promise<FoundNetwork> {
  const found = await loadNetwork(actor, key);
  if (!mayRead(found.network, found.standing)) throw notFound();
  return found;
}

/** The same, for who wants to write in it. @throws AppError 404; 403 `network-not-member`, `writing-suspended` */
export async function loadWritable(actor: Actor, key: string): Promise<FoundNetwork> {
  const found = await loadReadable(actor, key);
  requireWriting(found.standing);
  if (!mayWrite(found.network, found.standing)) throw forbidden('network-not-member');
  return found;
}

/** The same, for who moderates it. @throws AppError 404; 403 */
export async function loadModerated(actor: Actor, key: string): Promise<FoundNetwork> {
  const found = await loadNetwork(actor, key);
  if (!found.standing.moderates) throw forbidden();
  return found;
}
