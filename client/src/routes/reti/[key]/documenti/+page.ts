import type { NetworkHome } from '$contract/community.ts';
import type { DocumentPage } from '$contract/documents.ts';
import type { DocumentSearchPage } from '$contract/search.ts';
import { api, orErrorPage } from '$lib/api.ts';
import { DOCUMENTS } from '$lib/documents/keys.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, params, depends }) => {
	depends(DOCUMENTS);
	const q = (url.searchParams.get('q') ?? '').replaceAll(/\p{Cc}/gu, ' ').trim().slice(0, 120);
	const cursor = url.searchParams.get('cursore');
	const [network, library, found] = await orErrorPage(
		url,
		Promise.all([
			api(fetch).get<NetworkHome>(`/networks/${params.key}`),
			api(fetch).get<DocumentPage>(`/networks/${params.key}/documents`, q.length >= 2 ? { limit: 1 } : { cursor }),
			q.length >= 2 ? api(fetch).get<DocumentSearchPage>('/search/documents', { q, network: params.key, cursor }) : null
		])
	);
	return { network, library, found, q };
};
