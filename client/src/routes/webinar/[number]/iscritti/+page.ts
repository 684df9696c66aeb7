import type { SeatPage, WebinarSheet } from '$contract/webinars.ts';
import { api, orErrorPage } from '$lib/api.ts';
import type { PageLoad } from './$types';

const SHOWN = { '': 'registered', 'in-attesa': 'waiting', 'rinunce': 'withdrawn' } as const;

export const load: PageLoad = async ({ fetch, url, params }) => {
	const asked = url.searchParams.get('stato');
	const shown = asked === 'in-attesa' || asked === 'rinunce' ? asked : '';
	const status = SHOWN[shown];
	const [webinar, seats] = await orErrorPage(url, Promise.all([api(fetch).get<WebinarSheet>(`/webinars/${params.number}`), api(fetch).get<SeatPage>(`/webinars/${params.number}/seats`, { status, limit: 50, cursor: url.searchParams.get('cursore') })]));
	return { webinar, seats, shown, status };
};
