import { error } from '@sveltejs/kit';
import type { WebinarSheet } from '$contract/webinars.ts';
import { api, orErrorPage, signInHref } from '$lib/api.ts';
import { m } from '$lib/paraglide/messages.js';
import { redirect } from '@sveltejs/kit';
import type { PageLoad } from './$types';

const NUMBER = /^[1-9]\d{0,8}$/;

/** The room of a webinar: only who is signed in comes in. */
export const load: PageLoad = async ({ fetch, url, params, parent }) => {
	if (!NUMBER.test(params.number)) error(404, m.ui_error_not_found());
	const webinar = await orErrorPage(url, api(fetch).get<WebinarSheet>(`/webinars/${params.number}`));
	if ((await parent()).actor === null) redirect(303, signInHref(url));
	return { webinar };
};
