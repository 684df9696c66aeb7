import { redirect } from '@sveltejs/kit';
import type { NetworkHome } from '$contract/community.ts';
import { api, orErrorPage, signInHref } from '$lib/api.ts';
import { CASES, MEASURES } from '$lib/moderation/keys.ts';
import { loadQueue } from '$lib/moderation/load-queue.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, params, parent, depends }) => {
	depends(CASES);
	depends(MEASURES);
	const { actor } = await parent();
	if (!actor) redirect(303, signInHref(url));
	const network = await orErrorPage(url, api(fetch).get<NetworkHome>(`/networks/${params.key}`));
	return { network, queue: network.abilities.moderate ? await loadQueue(fetch, url, params.key) : null };
};
