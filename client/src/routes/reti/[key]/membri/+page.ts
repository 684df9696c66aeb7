import { redirect } from '@sveltejs/kit';
import type { z } from 'zod';
import type { MembershipPage, NetworkHome } from '$contract/community.ts';
import { api, orErrorPage, signInHref } from '$lib/api.ts';
import { MEMBERS } from '$lib/community/keys.ts';
import type { PageLoad } from './$types';

type Page = z.output<typeof MembershipPage>;

export const load: PageLoad = async ({ fetch, url, params, parent, depends }) => {
	depends(MEMBERS);
	const { actor } = await parent();
	if (!actor) redirect(303, signInHref(url));
	const network = await orErrorPage(url, api(fetch).get<NetworkHome>(`/networks/${params.key}`));
	const { moderate } = network.abilities;
	const members = (query: Record<string, string | null>) => orErrorPage(url, api(fetch).get<Page>(`/networks/${params.key}/members`, query));
	const [list, requests] = await Promise.all([
		moderate || network.membership?.status === 'active' ? members({ cursor: url.searchParams.get('cursore') }) : null,
		moderate ? members({ status: 'requested' }) : null
	]);
	return { network, members: list, requests };
};
