import type { SearchHit } from '$contract/community.ts';
import type { DocumentHit } from '$contract/documents.ts';
import type { ExpertCard } from '$contract/experts.ts';
import type { CourseHit, CourseSearchPage, DocumentSearchPage, PeopleSearchPage, PracticeHit, PracticeSearchPage, SearchOverview, SearchPage } from '$contract/search.ts';
import { api, type Query } from '$lib/api.ts';
import type { Kind } from './search.ts';

/** Something that was found. */
export type Result = { kind: 'discussioni'; hit: SearchHit } | { kind: 'documenti'; hit: DocumentHit } | { kind: 'pratiche'; hit: PracticeHit } | { kind: 'corsi'; hit: CourseHit } | { kind: 'persone'; hit: ExpertCard };

export interface Understood {
	near: boolean;
	also: string[];
	corrected: string | null;
}

export interface Results extends Understood {
	items: Result[];
	next: string | null;
}

type Fetch = typeof globalThis.fetch;

const threads = (hit: SearchHit): Result => ({ kind: 'discussioni', hit });
const documents = (hit: DocumentHit): Result => ({ kind: 'documenti', hit });
const practices = (hit: PracticeHit): Result => ({ kind: 'pratiche', hit });
const courses = (hit: CourseHit): Result => ({ kind: 'corsi', hit });
const people = (hit: ExpertCard): Result => ({ kind: 'persone', hit });

/** A page of one kind. */
export async function loadResults(kind: Exclude<Kind, 'tutto'>, query: Query, fetch?: Fetch): Promise<Results> {
	const got = <H>({ items, ...rest }: Understood & { items: H[]; next: string | null }, result: (hit: H) => Result): Results => ({ ...rest, items: items.map(result) });
	switch (kind) {
		case 'discussioni':
			return got(await api(fetch).get<SearchPage>('/search', query), threads);
		case 'documenti':
			return got(await api(fetch).get<DocumentSearchPage>('/search/documents', query), documents);
		case 'pratiche':
			return got(await api(fetch).get<PracticeSearchPage>('/search/practices', query), practices);
		case 'corsi':
			return got(await api(fetch).get<CourseSearchPage>('/search/courses', query), courses);
		case 'persone':
			return got(await api(fetch).get<PeopleSearchPage>('/search/people', query), people);
	}
}

/** Some of a kind, and how many there are. */
export interface Section {
	kind: Exclude<Kind, 'tutto'>;
	total: number;
	items: Result[];
}

/** The best few of each kind, in the order of the tabs. */
export const sectionsOf = (overview: SearchOverview): Section[] => [
	{ kind: 'discussioni', total: overview.threads.total, items: overview.threads.items.map(threads) },
	{ kind: 'documenti', total: overview.documents.total, items: overview.documents.items.map(documents) },
	{ kind: 'pratiche', total: overview.practices.total, items: overview.practices.items.map(practices) },
	{ kind: 'corsi', total: overview.courses.total, items: overview.courses.items.map(courses) },
	...(overview.people ? [{ kind: 'persone' as const, total: overview.people.total, items: overview.people.items.map(people) }] : [])
];

/** Two results of a kind are told apart by this. */
export function keyOf({ kind, hit }: Result): string {
	switch (kind) {
		case 'discussioni':
			return `${kind}:${hit.thread.number}:${hit.sequence}`;
		case 'corsi':
			return `${kind}:${hit.key}`;
		case 'persone':
			return `${kind}:${hit.person.id}`;
		default:
			return `${kind}:${hit.number}`;
	}
}
