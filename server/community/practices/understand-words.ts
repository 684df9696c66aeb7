import type { PracticeFilters, PracticeView } from '../../contract/practices.ts';
import { prepared } from '../../database/prepared.ts';
import type { Actor } from '../../http/actor.ts';
import { searchInSteps } from '../../words/search-steps.ts';
import { filterValues, matching, NO_WORDS, type PracticeWordsAsked } from './list-practices.ts';

const anyOf = (view: PracticeView): string => `select exists (select ${matching(view)}) as found`;
const ANY: Record<PracticeView, string> = { published: anyOf('published'), superseded: anyOf('superseded'), mine: anyOf('mine'), review: anyOf('review') };

interface Understood {
  words: PracticeWordsAsked;
  near: boolean;
  also: string[];
  corrected: string | null;
}

/** Which words a list and its map look for: those typed and their other names where any sheet has them, else a name spelt right, else what looks alike. */
export async function understandWords(actor: Actor | null, { q, exact, ...filters }: PracticeFilters): Promise<Understood> {
  if (q === undefined) return { words: NO_WORDS, near: false, also: [], corrected: null };
  const { found, step, also, corrected } = await searchInSteps({ q, literal: exact === 'true' }, async (asked, near) => {
    const words: PracticeWordsAsked = near ? { text: null, alike: asked.words } : { text: asked.text, alike: null };
    const [row] = await prepared<{ found: boolean }>(`practices-any-${filters.view}`, ANY[filters.view], filterValues(actor, filters, words));
    return { words, any: row?.found ?? false };
  }, ({ any }) => !any);
  return { words: found.words, near: step === 'near', also, corrected };
}
