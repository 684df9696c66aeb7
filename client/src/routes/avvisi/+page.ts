import type { Notice } from '$contract/notifications.ts';
import { api, orErrorPage } from '$lib/api.ts';
import { NOTICES } from '$lib/notifications/keys.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, depends }) => {
	depends(NOTICES);
	const unread = url.searchParams.get('da-leggere') === 'true';
	const query = { unread: unread ? 'true' : undefined, cursor: url.searchParams.get('cursor') };
	return { unread, page: await orErrorPage(url, api(fetch).get<{ items: Notice[]; next: string | null }>('/notices', query)) };
};
