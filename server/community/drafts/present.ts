import type { z } from 'zod';
import type { DraftState, DraftSummary } from '../../contract/drafts.ts';
import { wordsOf } from '../clean-markup.ts';
import type { KeptDraft, OtherRow } from './draft.ts';
import type { ListedDraft } from './read-drafts.ts';

/** So much of a draft is enough to know which it is. */
const EXCERPT = 240;

export function presentDraft(found: KeptDraft | null): z.input<typeof DraftState> {
  if (!found) return { draft: null };
  const { id, version, ...words } = found.draft;
  return { draft: { id, version, ...presentWords(words), others: found.others.map((other) => ({ id: other.id, ...presentWords(other) })) } };
}

const presentWords = ({ title, tags, html, changed_at }: Omit<OtherRow, 'id' | 'device'>) => ({ title, tags, html, changedAt: changed_at });

export function presentListed({ id, title, html, changed_at, others, network_key, network_name, number, thread_title, readable }: ListedDraft): z.input<typeof DraftSummary> {
  const words = wordsOf(html);
  const thread = number !== null && thread_title !== null ? { number, title: thread_title } : null;
  return {
    id, title, excerpt: words.length > EXCERPT ? `${words.slice(0, EXCERPT).trimEnd()}…` : words, changedAt: changed_at, others,
    place: readable ? { network: { key: network_key, name: network_name }, thread } : null,
  };
}
