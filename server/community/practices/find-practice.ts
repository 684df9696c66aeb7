import { prepared } from '../../database/prepared.ts';
import type { Tx } from '../../database/transaction.ts';
import { notFound } from '../../errors.ts';
import type { Actor } from '../../http/actor.ts';
import { belongs, MODERATES, OWN_MEMBERSHIP, reachOf, reachValues, SUSPENDED_UNTIL } from '../reach.ts';
import { placedBody } from './placed-body.ts';
import type { PracticeHead } from './practice.ts';
import { KNOWN } from './reach.ts';

/** Closed accounts belong nowhere. */
const AUTHOR_GONE = `(a.closed_at is not null or not ${belongs('p.author_id', 'p.network_id')})`;

const HEAD = `
  select p.id, p.number, p.network_id, n.key as network_key, n.name as network_name, n.reading, n.archived_at, m.status as membership, ${MODERATES} as moderates, ${SUSPENDED_UNTIL} as suspended_until,
         p.author_id, a.given_name || ' ' || a.family_name as author_name, ${AUTHOR_GONE} as author_gone, p.body_id, ${placedBody('p.body_id')} as body,
         p.revision, p.title, p.tags, p.content, p.files, p.changed_at, p.stage, p.submitted_at, p.version_id, p.superseded_by
    from practices p join networks n on n.id = p.network_id ${OWN_MEMBERSHIP} join people a on a.id = p.author_id
   where p.number = $4 and ${KNOWN}`;

/** A sheet that the actor may know of. @throws AppError 404 */
export async function findPractice(actor: Actor | null, number: number): Promise<PracticeHead> {
  const [head] = await prepared<PracticeHead>('practice-head', HEAD, [...reachValues(reachOf(actor)), number]);
  if (!head) throw notFound();
  return head;
}

/** The same, locked: who decides on a sheet does so one after the other. @throws AppError 404 */
export async function lockPractice(tx: Tx, actor: Actor, number: number): Promise<PracticeHead> {
  await tx('practices').where({ number }).forUpdate().first('id');
  return findPractice(actor, number);
}
