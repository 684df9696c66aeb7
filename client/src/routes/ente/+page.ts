import type { Affiliation } from '$contract/accounts.ts';
import { REQUESTS } from '$lib/accounts/keys.ts';
import { fetchPeople, peopleFilter } from '$lib/accounts/load-people.ts';
import { api, orErrorPage } from '$lib/api.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, depends }) => {
	depends(REQUESTS);
	const filter = peopleFilter(url);
	const [requests, people] = await orErrorPage(
		url,
		Promise.all([api(fetch).get<{ items: Affiliation[]; next: string | null }>('/affiliations'), fetchPeople(fetch, filter, url.searchParams.get('cursor'))])
	);
	return { filter, requests, people };
};
