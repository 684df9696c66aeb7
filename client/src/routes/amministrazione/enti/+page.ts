import type { BodyDomain } from '$contract/territory.ts';
import { DOMAINS } from '$lib/accounts/keys.ts';
import { api, orErrorPage } from '$lib/api.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, depends }) => {
	depends(DOMAINS);
	const { items } = await orErrorPage(url, api(fetch).get<{ items: BodyDomain[] }>('/body-domains'));
	return { domains: items, q: url.searchParams.get('q') ?? '' };
};
