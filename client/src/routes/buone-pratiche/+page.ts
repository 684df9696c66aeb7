import type { PracticeOverview, PracticePage } from '$contract/practices.ts';
import { api, orErrorPage } from '$lib/api.ts';
import { listQuery, readFilters } from '$lib/practices/address.ts';
import { PRACTICES } from '$lib/practices/keys.ts';
import { loadMap } from '$lib/practices/load-map.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, depends, parent }) => {
	depends(PRACTICES);
	const { actor } = await parent();
	const asked = readFilters(url.searchParams);
	// Who is not signed in has none of her own
	const filters = actor ? asked : { ...asked, mostra: asked.mostra === 'superseded' ? asked.mostra : ('published' as const) };
	const { get } = api(fetch);
	const [practices, overview, map] = await orErrorPage(
		url,
		Promise.all([get<PracticePage>('/practices', { ...listQuery(filters), cursor: url.searchParams.get('cursore') }), get<PracticeOverview>('/practices/overview', listQuery(filters)), loadMap(fetch, url.searchParams)])
	);
	return { filters, practices, overview, map };
};
