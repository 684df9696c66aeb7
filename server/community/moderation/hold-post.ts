import { database } from '../../database/connection.ts';
import { transaction } from '../../database/transaction.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import type { Markup } from '../clean-markup.ts';
import { sentDraft } from '../drafts/drop-draft.ts';
import { openCase } from './open-case.ts';

interface Order {
  networkId: string;
  /** A reply, or what would open a thread. */
  threadId: string | null;
  title: string | null;
  tags: string[];
  clientId: string;
  markup: Markup;
  /** The version of the draft that is sent with it. */
  draft?: number | undefined;
}

/** Keeps a post for the moderators; sent twice it is one. @returns false where it is shown already, or was sent and shown before. */
export async function holdPost(actor: Actor, { networkId, threadId, title, tags, clientId, markup, draft }: Order): Promise<boolean> {
  return transaction(async (tx) => {
    // The author's own row stands for the one that is not there yet
    await tx('people').where('id', actor.id).forNoKeyUpdate().first('id');
    const mine = { author_id: actor.id, client_id: clientId };
    if (await tx('posts').where(mine).first('id')) return false;
    if (await tx('held_posts').where(mine).first('id')) return true;
    const caseId = await openCase(tx, 'held', networkId);
    await tx('held_posts').insert({ ...mine, case_id: caseId, network_id: networkId, thread_id: threadId, title, tags, body_id: actor.bodyId, html: markup.html, words: markup.words, created_at: clock.now() });
    if (draft !== undefined) await sentDraft(tx, actor, threadId === null ? { network_id: networkId } : { thread_id: threadId }, draft);
    return true;
  });
}

export interface HeldRow {
  id: string;
  thread_number: number | null;
  title: string | null;
  html: string;
  created_at: Date;
}

/** What she wrote in a network and nobody but the moderators sees yet, oldest first. */
export async function listHeld(actor: Actor, networkId: string): Promise<HeldRow[]> {
  return (await database()('held_posts as h').join('moderation_cases as c', 'c.id', 'h.case_id').leftJoin('threads as t', 't.id', 'h.thread_id')
    .where({ 'h.author_id': actor.id, 'h.network_id': networkId }).whereNull('c.outcome').orderBy('h.id').limit(50).select('h.id', 't.number as thread_number', 'h.title', 'h.html', 'h.created_at')) as HeldRow[];
}
