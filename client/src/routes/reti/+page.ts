import type { NetworkList } from '$contract/community.ts';
import { api, orErrorPage } from '$lib/api.ts';
import { NETWORKS } from '$lib/community/keys.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, depends }) => {
	depends(NETWORKS);
	return { networks: await orErrorPage(url, api(fetch).get<NetworkList>('/networks')) };
};
