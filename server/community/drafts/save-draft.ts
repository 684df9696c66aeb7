import type { DraftInput } from '../../contract/drafts.ts';
import { transaction, type Tx } from '../../database/transaction.ts';
import { conflict } from '../../errors.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import { cleanOrNothing } from '../clean-markup.ts';
import { citeQuotes } from '../quotes/cite-quotes.ts';
import { type DraftPlace, type DraftRow, type KeptDraft, lockDraft, othersOf } from './draft.ts';

/** Nobody writes in more places at once. */
const MOST_DRAFTS = 100;

/** Words of so many other windows are kept beside a draft. */
const MOST_OTHERS = 5;

type Words = Pick<DraftRow, 'title' | 'tags' | 'html'>;

/**
 * Keeps what somebody is writing. Who saves without having seen what another window of hers has saved wins, and what that one wrote is kept beside:
 * nothing is lost, whichever she wants. Sent twice it is saved once.
 * @param networkId whose readers would read it.
 * @throws AppError 409 `draft-too-many`
 */
export async function saveDraft(actor: Actor, place: DraftPlace, networkId: string, { version, device, ...written }: DraftInput): Promise<KeptDraft> {
  const { html } = await citeQuotes(networkId, { ...cleanOrNothing(written.html), mentioned: [] });
  const words = { title: written.title, tags: written.tags, html };
  return transaction(async (tx) => {
    const found = (await lockDraft(tx, actor.id, place)) ?? (await begin(tx, actor.id, place, words, device)) ?? (await lockDraft(tx, actor.id, place));
    if (!found) throw conflict();
    // Under the lock: what another window saves next is not taken for seen
    if (isSame(found, words)) return { draft: found, others: await othersOf(tx, found.id) };
    if (found.version !== version && found.device !== device) await putAside(tx, found);
    await tx('draft_others').where({ draft_id: found.id, device }).delete();
    const saved = { ...words, device, version: nextVersion(found.version), changed_at: clock.now() };
    await tx('drafts').where('id', found.id).update(saved);
    return { draft: { ...found, ...saved }, others: await othersOf(tx, found.id) };
  });
}

/** Nothing where another window of hers has just begun one. */
async function begin(tx: Tx, personId: string, place: DraftPlace, words: Words, device: string): Promise<DraftRow | undefined> {
  const { count } = (await tx('drafts').where('person_id', personId).count({ count: '*' }).first()) as { count: number };
  if (Number(count) >= MOST_DRAFTS) throw conflict('draft-too-many');
  const [row] = (await tx('drafts').insert({ person_id: personId, ...place, ...words, device, version: nextVersion(0), changed_at: clock.now() })
    .onConflict(tx.raw('(person_id, thread_id, network_id)')).ignore().returning('*')) as DraftRow[];
  return row;
}

/** Not from 1: a window that has slept must not take a draft begun since then for the one that it knows. */
const nextVersion = (before: number): number => Math.max(before + 1, Math.floor(Date.now() / 1000));

const isSame = (row: Words, { title, tags, html }: Words): boolean => row.title === title && row.html === html && row.tags.join('\n') === tags.join('\n');

async function putAside(tx: Tx, { id, device, title, tags, html, changed_at }: DraftRow): Promise<void> {
  await tx('draft_others').insert({ draft_id: id, device, title, tags, html, changed_at }).onConflict(['draft_id', 'device']).merge(['title', 'tags', 'html', 'changed_at']);
  await tx.raw('delete from draft_others where draft_id = :id and id not in (select id from draft_others where draft_id = :id order by changed_at desc limit :most)', { id, most: MOST_OTHERS });
}
