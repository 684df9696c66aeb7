import { error } from '@sveltejs/kit';
import { type Channel, ChannelPlace } from '$contract/channels.ts';
import { api, orErrorPage } from '$lib/api.ts';
import { CHANNEL } from '$lib/channels/keys.ts';
import { m } from '$lib/paraglide/messages.js';
import type { PageLoad } from './$types';

/** So many before the one that was asked for: what it answers. */
const BEFORE = 10;

/** The newest messages, or those around the number `da`. */
export const load: PageLoad = async ({ fetch, url, params, depends }) => {
	depends(CHANNEL);
	if (!ChannelPlace.safeParse(params.place).success) error(404, m.ui_error_not_found());
	const at = Number(url.searchParams.get('da'));
	const asked = Number.isInteger(at) && at >= 1 && at < 2_000_000_000 ? at : undefined;
	return { at: asked, channel: await orErrorPage(url, api(fetch).get<Channel>(`/channels/${params.place}`, asked ? { from: Math.max(1, asked - BEFORE), limit: 60 } : { limit: 50 })) };
};
