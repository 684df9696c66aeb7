import type { MailDetail } from '$contract/notifications.ts';
import { api, orErrorPage } from '$lib/api.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, params }) => ({ mail: await orErrorPage(url, api(fetch).get<MailDetail>(`/mails/${params.id}`)) });
