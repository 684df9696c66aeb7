import { redirect } from '@sveltejs/kit';
import type { NetworkHome } from '$contract/community.ts';
import { api, orErrorPage, signInHref } from '$lib/api.ts';
import { NETWORKS } from '$lib/community/keys.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, params, parent, depends }) => {
	depends(NETWORKS);
	const { actor } = await parent();
	if (!actor) redirect(303, signInHref(url));
	return { network: await orErrorPage(url, api(fetch).get<NetworkHome>(`/networks/${params.key}`)) };
};
