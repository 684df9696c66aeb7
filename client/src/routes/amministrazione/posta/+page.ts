import type { Mail } from '$contract/notifications.ts';
import { mailsLeave } from '$lib/accounts/mail-service.ts';
import { api, orErrorPage } from '$lib/api.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url }) => {
	const to = (url.searchParams.get('a') ?? '').trim().slice(0, 200);
	const page = await orErrorPage(url, api(fetch).get<{ items: Mail[]; next: string | null }>('/mails', { to, cursor: url.searchParams.get('cursor') }));
	return { to, page, mailsLeave: await mailsLeave(fetch) };
};
