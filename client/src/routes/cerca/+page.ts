import type { NetworkList, SearchPage } from '$contract/community.ts';
import { api, orErrorPage } from '$lib/api.ts';
import { readSearch, searchQuery } from '$lib/community/search.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url }) => {
	const search = readSearch(url.searchParams);
	const [{ items: networks }, results] = await orErrorPage(
		url,
		Promise.all([
			api(fetch).get<NetworkList>('/networks'),
			search.q.length >= 2 ? api(fetch).get<SearchPage>('/search', { ...searchQuery(search), cursor: url.searchParams.get('cursore') }) : null
		])
	);
	return { search, networks, results };
};
