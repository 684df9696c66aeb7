import type { CataloguePage } from '$contract/courses.ts';
import { api, orErrorPage } from '$lib/api.ts';
import { apiQuery, readFilters } from '$lib/courses/filters.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url }) => {
	const filters = readFilters(url.searchParams);
	const cursor = url.searchParams.get('cursore') ?? '';
	return { filters, catalogue: await orErrorPage(url, api(fetch).get<CataloguePage>('/courses', { ...apiQuery(filters), cursor })) };
};
