import { error } from '@sveltejs/kit';
import type { Replay, ReplayTalk } from '$contract/recording.ts';
import { api, orErrorPage } from '$lib/api.ts';
import { m } from '$lib/paraglide/messages.js';
import type { PageLoad } from './$types';

const NUMBER = /^[1-9]\d{0,8}$/;

/** The recording of a webinar, with what was written meanwhile. */
export const load: PageLoad = async ({ fetch, url, params }) => {
	if (!NUMBER.test(params.number)) error(404, m.ui_error_not_found());
	const [replay, talk] = await orErrorPage(url, Promise.all([api(fetch).get<Replay>(`/webinars/${params.number}/recording`), api(fetch).get<ReplayTalk>(`/webinars/${params.number}/recording/talk`)]));
	return { replay, talk };
};
