import type { FlagInput } from '../../contract/moderation.ts';
import { transaction } from '../../database/transaction.ts';
import { conflict, forbidden, violates } from '../../errors.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import { lockPost } from '../lock-post.ts';
import type { ThreadHead } from '../find-thread.ts';
import { announceCase } from './open-case.ts';
import { requireWriting } from './suspension.ts';

/**
 * Tells the moderators about a post that she may read. Several people's flags are one case, until somebody decides.
 * @throws AppError 404; 403 `flag-own`, `writing-suspended`; 409 `flag-given`, `post-removed`
 */
export async function flagPost(actor: Actor, postId: string, { reason, note }: FlagInput): Promise<ThreadHead> {
  return transaction(async (tx) => {
    const { post, thread } = await lockPost(tx, actor, postId);
    requireWriting(thread);
    if (post.author_id === actor.id) throw forbidden('flag-own');
    if (post.deleted_at) throw conflict('post-removed');
    const now = clock.now();
    const { rows } = await tx.raw<{ rows: { id: string; opened: boolean }[] }>(
      `insert into moderation_cases (kind, network_id, post_id, opened_at) values ('flagged', :network, :post, :now)
       on conflict (post_id) where outcome is null do update set network_id = excluded.network_id returning id, xmax = 0 as opened`,
      { network: thread.network_id, post: postId, now },
    );
    const [found] = rows;
    if (!found) throw new Error('not inserted');
    await tx('post_flags').insert({ case_id: found.id, post_id: postId, person_id: actor.id, reason, note: note || null, at: now });
    if (found.opened) await announceCase(tx, found.id, thread.network_id);
    return thread;
  }).catch((error: unknown) => {
    throw violates(error, 'post_flags_post_id_person_id_key') ? conflict('flag-given') : error;
  });
}
