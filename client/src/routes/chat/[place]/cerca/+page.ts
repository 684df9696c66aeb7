import { error } from '@sveltejs/kit';
import { type Channel, type ChannelHits, ChannelPlace } from '$contract/channels.ts';
import { api, orErrorPage } from '$lib/api.ts';
import { m } from '$lib/paraglide/messages.js';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, params }) => {
	if (!ChannelPlace.safeParse(params.place).success) error(404, m.ui_error_not_found());
	const q = (url.searchParams.get('q') ?? '').trim().slice(0, 100);
	const before = Number(url.searchParams.get('prima')) || null;
	const path = `/channels/${params.place}`;
	const [channel, hits] = await orErrorPage(url, Promise.all([api(fetch).get<Channel>(path, { limit: 1 }), q.length < 2 ? { items: [], next: null } : api(fetch).get<ChannelHits>(`${path}/search`, { q, before })]));
	return { q, channel, hits };
};
