import { error, redirect } from '@sveltejs/kit';
import type { Practice, PracticeOverview } from '$contract/practices.ts';
import { api, orErrorPage, signInHref } from '$lib/api.ts';
import { m } from '$lib/paraglide/messages.js';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, params, parent }) => {
	const { actor } = await parent();
	if (!actor) redirect(303, signInHref(url));
	if (!/^[1-9]\d{0,8}$/.test(params.number)) error(404, m.ui_error_not_found());
	const { get } = api(fetch);
	const [practice, overview] = await orErrorPage(url, Promise.all([get<Practice>(`/practices/${params.number}`, { version: 'work' }), get<PracticeOverview>('/practices/overview')]));
	return { practice, themes: overview.tags };
};
