import type { NetworkHome, ThreadPage } from '$contract/community.ts';
import type { HeldPosts } from '$contract/moderation.ts';
import { api, orErrorPage } from '$lib/api.ts';
import { NETWORKS, THREADS } from '$lib/community/keys.ts';
import { readThreadView, threadQuery } from '$lib/community/thread-filters.ts';
import { loadComing } from '$lib/webinars/load-coming.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, params, parent, depends }) => {
	depends(NETWORKS);
	depends(THREADS);
	const view = readThreadView(url.searchParams);
	const network = await orErrorPage(url, api(fetch).get<NetworkHome>(`/networks/${params.key}`));
	// Of a members' network the others see what it is about
	const [threads, coming] = network.abilities.read
		? await orErrorPage(url, Promise.all([api(fetch).get<ThreadPage>(`/networks/${params.key}/threads`, { ...threadQuery(view), cursor: url.searchParams.get('cursore') }), loadComing(fetch, { network: params.key })]))
		: [null, []];
	const { actor } = await parent();
	const held = network.holdFirst && network.abilities.write && actor ? (await orErrorPage(url, api(fetch).get<HeldPosts>(`/networks/${params.key}/held-posts`))).items.filter(({ thread }) => thread === null) : [];
	return { view, network, threads, held, coming };
};
