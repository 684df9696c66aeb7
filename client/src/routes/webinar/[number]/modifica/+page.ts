import { error } from '@sveltejs/kit';
import type { WebinarPlaces, WebinarSheet } from '$contract/webinars.ts';
import { api, orErrorPage } from '$lib/api.ts';
import { m } from '$lib/paraglide/messages.js';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, params }) => {
	const [webinar, places] = await orErrorPage(url, Promise.all([api(fetch).get<WebinarSheet>(`/webinars/${params.number}`), api(fetch).get<WebinarPlaces>('/webinar-places')]));
	if (!webinar.abilities.change) error(403, { message: m.ui_error_title_forbidden() });
	return { webinar, inspectors: places.abilities.inspectors };
};
