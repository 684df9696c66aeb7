import { error } from '@sveltejs/kit';
import { type Channel, ChannelPlace } from '$contract/channels.ts';
import { api, orErrorPage } from '$lib/api.ts';
import { CHANNEL } from '$lib/channels/keys.ts';
import { m } from '$lib/paraglide/messages.js';
import type { PageLoad } from './$types';

/** So many before the one that was asked for: what it answers. */
const BEFORE = 10;
const SHOWN = 50;

/** The newest messages (`ultimi`: whatever is new before them), or those around the number `da`. */
export const load: PageLoad = async ({ fetch, url, params, depends }) => {
	depends(CHANNEL);
	if (!ChannelPlace.safeParse(params.place).success) error(404, m.ui_error_not_found());
	const at = Number(url.searchParams.get('da'));
	const asked = Number.isInteger(at) && at >= 1 && at < 2_000_000_000 ? at : undefined;
	const get = (query: { from?: number; limit: number }) => orErrorPage(url, api(fetch).get<Channel>(`/channels/${params.place}`, query));
	const from = (sequence: number) => get({ from: Math.max(1, sequence - BEFORE), limit: SHOWN + BEFORE });
	if (asked) return { at: asked, channel: await from(asked) };
	const channel = await get({ limit: SHOWN });
	// More is new than fits: it begins where she left off, so that nothing is passed over
	const { readSequence, lastSequence } = channel;
	return { at: undefined, channel: readSequence > 0 && lastSequence - readSequence > SHOWN && !url.searchParams.has('ultimi') ? await from(readSequence + 1) : channel };
};
