import { redirect } from '@sveltejs/kit';
import type { OwnScan } from '$contract/presence-code.ts';
import type { WebinarSheet } from '$contract/webinars.ts';
import { api, orErrorPage, signInHref } from '$lib/api.ts';
import type { PageLoad } from './$types';

/** Where the code on the wall leads: who is not signed in comes back here afterwards. */
export const load: PageLoad = async ({ fetch, url, params, parent }) => {
	if ((await parent()).actor === null) redirect(303, signInHref(url));
	const [webinar, own] = await orErrorPage(url, Promise.all([api(fetch).get<WebinarSheet>(`/webinars/${params.number}`), api(fetch).get<OwnScan>(`/webinars/${params.number}/presence`)]));
	return { webinar, own, code: url.searchParams.get('codice')?.slice(0, 20) ?? '' };
};
