import { error, redirect } from '@sveltejs/kit';
import type { NetworkList } from '$contract/community.ts';
import { api, orErrorPage, signInHref } from '$lib/api.ts';
import { m } from '$lib/paraglide/messages.js';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, parent }) => {
	const { actor } = await parent();
	if (!actor) redirect(303, signInHref(url));
	const { abilities } = await orErrorPage(url, api(fetch).get<NetworkList>('/networks'));
	if (!abilities.create) error(403, m.community_form_forbidden());
};
