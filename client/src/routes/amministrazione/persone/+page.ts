import { fetchPeople, peopleFilter } from '$lib/accounts/load-people.ts';
import { orErrorPage } from '$lib/api.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url }) => {
	const filter = peopleFilter(url);
	return { filter, people: await orErrorPage(url, fetchPeople(fetch, filter, url.searchParams.get('cursor'))) };
};
