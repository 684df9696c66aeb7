import type { OverviewQuery } from '../contract/search.ts';
import { searchDocuments } from '../community/documents/search-documents.ts';
import { searchPeople } from '../community/experts/find-experts.ts';
import { searchPractices } from '../community/practices/search-practices.ts';
import { searchPosts } from '../community/search-posts.ts';
import { findCoursesByWords } from '../courses/find-by-words.ts';
import { recognised } from '../http/access.ts';
import type { Actor } from '../http/actor.ts';
import { searchInSteps } from '../words/search-steps.ts';

/** The best few of each kind and how many there are: each kind one statement with its own permissions, all at the same time. A next step is taken where no kind has anything. */
export function searchEverything(actor: Actor | null, { q, exact, few, ...filters }: OverviewQuery) {
  return searchInSteps({ q, literal: exact === 'true' }, async (asked, near) => {
    const order = { asked, near, filters, limit: few };
    const [threads, documents, practices, courses, people] = await Promise.all([
      searchPosts(actor, { ...order, counted: true }), searchDocuments(actor, order), searchPractices(actor, order), findCoursesByWords(order), recognised.allows(actor) ? searchPeople(actor, order) : null,
    ]);
    return { threads, documents, practices, courses, people };
  }, ({ threads, documents, practices, courses, people }) => [threads, documents, practices, courses, people].every((kind) => kind === null || kind.total === 0));
}
