import type { WebinarSheet } from '$contract/webinars.ts';
import { api, orErrorPage } from '$lib/api.ts';
import { WEBINARS } from '$lib/webinars/keys.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, params, depends }) => {
	depends(WEBINARS);
	return { webinar: await orErrorPage(url, api(fetch).get<WebinarSheet>(`/webinars/${params.number}`)) };
};
