import { error } from '@sveltejs/kit';
import type { NetworkHome } from '$contract/community.ts';
import { api, orErrorPage } from '$lib/api.ts';
import { m } from '$lib/paraglide/messages.js';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, params }) => {
	const network = await orErrorPage(url, api(fetch).get<NetworkHome>(`/networks/${params.key}`));
	if (!network.abilities.update) error(403, m.community_form_forbidden());
	return { network };
};
