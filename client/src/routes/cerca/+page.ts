import type { DocumentSearchPage } from '$contract/documents.ts';
import type { NetworkList, SearchPage } from '$contract/community.ts';
import { api, orErrorPage } from '$lib/api.ts';
import { readSearch, searchQuery } from '$lib/community/search.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url }) => {
	const search = readSearch(url.searchParams);
	const cursor = url.searchParams.get('cursore');
	const asked = search.q.length >= 2;
	const [{ items: networks }, results, documents] = await orErrorPage(
		url,
		Promise.all([
			api(fetch).get<NetworkList>('/networks'),
			asked && search.kind === 'threads' ? api(fetch).get<SearchPage>('/search', { ...searchQuery(search), cursor }) : null,
			asked && search.kind === 'documents' ? api(fetch).get<DocumentSearchPage>('/search/documents', { q: search.q, network: search.network, cursor }) : null
		])
	);
	return { search, networks, results, documents };
};
