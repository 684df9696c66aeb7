import type { PracticeContent } from '../../contract/practices.ts';
import { cleanOrNothing } from '../clean-markup.ts';
import type { SheetContent } from './practice.ts';

export interface CleanSheet {
  title: string;
  tags: string[];
  content: SheetContent;
}

/** A sheet has no pictures: they belong to posts, and would be shown to nobody. */
const withoutPictures = (html: string): string => cleanOrNothing(cleanOrNothing(html).html.replaceAll(/<img\b[^>]*>/g, '')).html;

/** A sheet as it may be kept: its HTML through the one door, each tag once. */
export function cleanSheet(sheet: PracticeContent): CleanSheet {
  const { title, tags, problem, solution, costEuro, costNote, staff, time, legalBasis, results, contact } = sheet;
  return { title, tags: [...new Set(tags)], content: { problem: withoutPictures(problem), solution: withoutPictures(solution), costEuro, costNote, staff, time, legalBasis, results, contact } };
}

/** What a search weighs: title, then theme and solution, then the rest. */
export function searchedWords({ title, tags, content }: CleanSheet): { title: string; main: string; rest: string } {
  const { problem, solution, costNote, staff, time, legalBasis, results, contact } = content;
  return {
    title,
    main: [...tags, cleanOrNothing(solution).words, cleanOrNothing(problem).words].join(' '),
    rest: [costNote, staff, time, ...legalBasis, ...results.map(({ label, unit }) => `${label} ${unit}`), contact].join(' '),
  };
}

const EXCERPT = 220;

/** The first words of a text, ending at a whole one. */
export function excerptOf(html: string): string {
  const { words } = cleanOrNothing(html);
  if (words.length <= EXCERPT) return words;
  const cut = words.slice(0, EXCERPT);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), 1)).replace(/[\s,;:.]+$/, '')} …`;
}
