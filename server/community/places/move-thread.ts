import { audit } from '../../accounts/audit.ts';
import { transaction } from '../../database/transaction.ts';
import { conflict } from '../../errors.ts';
import type { Actor } from '../../http/actor.ts';
import { loadModerated } from '../load-network.ts';
import { hintDeciders } from '../moderation/open-case.ts';
import { citeAnew } from '../quotes/cite-anew.ts';
import { carryAlong } from './carry-along.ts';
import { lockThreads } from './lock-threads.ts';
import { cutListeners, tellRearranged } from './tell-places.ts';
import { noteOrigin } from './thread-notes.ts';

/**
 * Who moderates both takes a thread into another network. It keeps its number, so its old address leads to the new one; who may read it, be told of it and
 * hear of it is from then on decided there.
 * @throws AppError 404, 403; 409 `network-archived`
 */
export async function moveThread(actor: Actor, number: number, { network: key, reason }: { network: string; reason?: string | undefined }): Promise<void> {
  await transaction(async (tx) => {
    const { network } = await loadModerated(actor, key);
    const [thread] = await lockThreads(tx, actor, [number]);
    if (!thread || thread.network_id === network.id) return;
    if (network.archived_at) throw conflict('network-archived');
    await tx('threads').where('id', thread.id).update({ network_id: network.id });
    await carryAlong(tx, { thread, to: network });
    await citeAnew(tx, (await tx('posts').where('thread_id', thread.id).pluck('id')) as string[], network.id);
    await noteOrigin(tx, actor, thread.id, { kind: 'moved', sequence: 1, networkId: thread.network_id });
    await audit(tx, actor, 'thread.move', 'thread', thread.id, { details: { number, title: thread.title, before: { network: thread.network_key }, after: { network: key }, ...(reason ? { reason } : {}) } });
    for (const place of [thread.network_id, network.id]) tellRearranged(tx, { ...thread, network_id: place });
    for (const place of [thread.network_id, network.id]) await hintDeciders(tx, place);
    if (network.reading !== 'public') cutListeners(tx, number);
  });
}
