import type { Tx } from '../../database/transaction.ts';
import { clock } from '../../gateways/clock.ts';

/** Notes whom a post names: once each, and what was noted stays, so that nobody is told twice. @returns whether somebody is new. */
export async function keepMentions(tx: Tx, postId: string, mentioned: string[]): Promise<boolean> {
  if (mentioned.length === 0) return false;
  const at = clock.now();
  const added = (await tx('post_mentions').insert(mentioned.map((person_id) => ({ post_id: postId, person_id, at }))).onConflict(['post_id', 'person_id']).ignore().returning('person_id')) as unknown[];
  return added.length > 0;
}
