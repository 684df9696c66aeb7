import type { PresenceCode } from '$contract/presence-code.ts';
import type { WebinarSheet } from '$contract/webinars.ts';
import { api, orErrorPage } from '$lib/api.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, params }) => {
	const [webinar, shown] = await orErrorPage(url, Promise.all([api(fetch).get<WebinarSheet>(`/webinars/${params.number}`), api(fetch).get<PresenceCode>(`/webinars/${params.number}/presence-code`)]));
	return { webinar, shown };
};
