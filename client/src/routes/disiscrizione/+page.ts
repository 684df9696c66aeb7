import type { Unsubscription } from '$contract/notifications.ts';
import { api, orErrorPage } from '$lib/api.ts';
import type { PageLoad } from './$types';

/** Who comes by a link of a mail need not sign in: the link says whose it is. */
export const load: PageLoad = async ({ fetch, url }) => {
	const code = encodeURIComponent(url.searchParams.get('codice') ?? '');
	return { code, found: await orErrorPage(url, api(fetch).get<Unsubscription>(`/unsubscriptions/${code === '' ? '-' : code}/scope`)) };
};
