import type { OverviewQuery } from '../contract/search.ts';
import { searchDocuments } from '../community/documents/search-documents.ts';
import { searchPractices } from '../community/practices/search-practices.ts';
import { searchPosts } from '../community/search-posts.ts';
import { findCoursesByWords } from '../courses/find-by-words.ts';
import type { Actor } from '../http/actor.ts';
import { searchInSteps } from '../words/search-steps.ts';

/** The best few of each kind and how many there are: each kind one statement with its own permissions, all at the same time. A next step is taken where no kind has anything. */
export function searchEverything(actor: Actor | null, { q, exact, few, ...filters }: OverviewQuery) {
  return searchInSteps({ q, literal: exact === 'true' }, async (asked, near) => {
    const order = { asked, near, filters, limit: few };
    const [threads, documents, practices, courses] = await Promise.all([searchPosts(actor, { ...order, counted: true }), searchDocuments(actor, order), searchPractices(actor, order), findCoursesByWords(order)]);
    return { threads, documents, practices, courses };
  }, ({ threads, documents, practices, courses }) => [threads, documents, practices, courses].every(({ total }) => total === 0));
}
