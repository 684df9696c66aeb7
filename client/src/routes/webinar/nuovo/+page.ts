import type { WebinarPlaces } from '$contract/webinars.ts';
import { api, orErrorPage } from '$lib/api.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url }) => {
	const places = await orErrorPage(url, api(fetch).get<WebinarPlaces>('/webinar-places'));
	const [edition, network] = [url.searchParams.get('edizione'), url.searchParams.get('rete')];
	const all = [...(places.alone ? ['alone'] : []), ...places.networks.map(({ key }) => `network:${key}`), ...places.editions.map(({ id }) => `edition:${id}`)];
	const asked = edition ? `edition:${edition}` : `network:${network ?? ''}`;
	return { places, place: all.includes(asked) ? asked : (all[0] ?? '') };
};
