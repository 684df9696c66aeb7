import { redirect } from '@sveltejs/kit';
import type { MeasurePage } from '$contract/moderation.ts';
import { api, orErrorPage, signInHref } from '$lib/api.ts';
import { MEASURES } from '$lib/moderation/keys.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, parent, depends }) => {
	depends(MEASURES);
	const { actor } = await parent();
	if (!actor) redirect(303, signInHref(url));
	return { measures: await orErrorPage(url, api(fetch).get<MeasurePage>('/moderation/measures', { cursor: url.searchParams.get('cursore') })) };
};
