import type { WebinarPage } from '$contract/webinars.ts';
import { api, orErrorPage } from '$lib/api.ts';
import { listQuery, readFilters } from '$lib/webinars/addresses.ts';
import { WEBINARS } from '$lib/webinars/keys.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, depends, parent }) => {
	depends(WEBINARS);
	const { actor } = await parent();
	const asked = readFilters(url.searchParams);
	// Who is not signed in has none of her own
	const filters = actor || asked.mostra === 'passati' ? asked : { ...asked, mostra: 'in-arrivo' as const };
	return { filters, webinars: await orErrorPage(url, api(fetch).get<WebinarPage>('/webinars', { ...listQuery(filters), cursor: url.searchParams.get('cursore') })) };
};
