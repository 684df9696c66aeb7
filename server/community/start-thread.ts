import type { ThreadInput } from '../contract/community.ts';
import { transaction } from '../database/transaction.ts';
import type { Actor } from '../http/actor.ts';
import { cleanMarkup } from './clean-markup.ts';
import { withFiles } from './documents/attach.ts';
import { sentDraft } from './drafts/drop-draft.ts';
import { loadWritable } from './load-network.ts';
import { resolveReferences } from './resolve-references.ts';
import { admitPost } from './moderation/admit-post.ts';
import { holdPost } from './moderation/hold-post.ts';
import { openThread } from './open-thread.ts';
import { once } from './write-post.ts';

/**
 * Opens a thread with its first post; sent twice it is one.
 * @returns the thread's number; null where it waits for a moderator.
 * @throws AppError 404; 403 `network-not-member`, `writing-suspended`; 422 `post-empty`, `post-links`, `held-files`, `too-many-mentions`
 */
export async function startThread(actor: Actor, key: string, { clientId, title, html, tags, attachments, draft }: ThreadInput): Promise<number | null> {
  const { network, standing } = await loadWritable(actor, key);
  const markup = await resolveReferences(network.id, cleanMarkup(html));
  const waits = (await admitPost(actor, { ...network, ...standing }, { markup, files: attachments.length })) === 'hold' && (await holdPost(actor, { networkId: network.id, threadId: null, title, tags, clientId, markup, draft }));
  return waits ? null : withFiles(actor, { clientId, attachments }, (taken) => once(() => transaction(async (tx) => {
    const number = await openThread(tx, actor, network.id, { clientId, title, tags, markup, taken });
    if (draft !== undefined) await sentDraft(tx, actor, { network_id: network.id }, draft);
    return number;
  })));
}
