import type { Person } from '$contract/accounts.ts';
import { api } from '$lib/api.ts';
import { isRoleName, type RoleName } from './names.ts';

const STATES = ['active', 'waiting', 'unconfirmed', 'suspended'] as const;
export type PersonStateName = (typeof STATES)[number];

/** What the address of a page asks for: the list of people can be linked and works without JavaScript. */
export interface PeopleFilter {
	q: string;
	state: PersonStateName | '';
	role: RoleName | '';
}

export interface PeoplePage {
	items: Person[];
	next: string | null;
}

export function peopleFilter(url: URL): PeopleFilter {
	const role = url.searchParams.get('ruolo') ?? '';
	return {
		q: (url.searchParams.get('q') ?? '').trim().slice(0, 100),
		state: STATES.find((state) => state === url.searchParams.get('stato')) ?? '',
		role: isRoleName(role) ? role : ''
	};
}

export const fetchPeople = (fetch: typeof globalThis.fetch, filter: PeopleFilter, cursor: string | null) =>
	api(fetch).get<PeoplePage>('/people', { ...filter, cursor });

/** The address of the list so filtered, from its page on. */
export function peopleHref(path: string, { q, state, role }: PeopleFilter, cursor: string | null): string {
	const query = new URLSearchParams(Object.entries({ q, stato: state, ruolo: role, cursor: cursor ?? '' }).filter(([, value]) => value !== ''));
	return `${path}?${query}`;
}
