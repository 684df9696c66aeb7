import type { NetworkHome, ThreadPage } from '$contract/community.ts';
import { api, orErrorPage } from '$lib/api.ts';
import { NETWORKS, THREADS } from '$lib/community/keys.ts';
import { readThreadView, threadQuery } from '$lib/community/thread-filters.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, params, depends }) => {
	depends(NETWORKS);
	depends(THREADS);
	const view = readThreadView(url.searchParams);
	const network = await orErrorPage(url, api(fetch).get<NetworkHome>(`/networks/${params.key}`));
	// Of a members' network the others see what it is about
	const threads = network.abilities.read
		? await orErrorPage(url, api(fetch).get<ThreadPage>(`/networks/${params.key}/threads`, { ...threadQuery(view), cursor: url.searchParams.get('cursore') }))
		: null;
	return { view, network, threads };
};
