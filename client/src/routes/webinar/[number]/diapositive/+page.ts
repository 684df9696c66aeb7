import type { RoomSlides } from '$contract/slides.ts';
import type { WebinarSheet } from '$contract/webinars.ts';
import { api, orErrorPage } from '$lib/api.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, params }) => {
	const [webinar, slides] = await orErrorPage(url, Promise.all([api(fetch).get<WebinarSheet>(`/webinars/${params.number}`), api(fetch).get<RoomSlides>(`/webinars/${params.number}/slides`)]));
	return { webinar, slides };
};
