import type { Conversation } from '$contract/direct.ts';
import { api, orErrorPage } from '$lib/api.ts';
import { CONVERSATION } from '$lib/direct/keys.ts';
import type { PageLoad } from './$types';

const SHOWN = 50;

/** The newest messages, or those that end with `fino`. */
export const load: PageLoad = async ({ fetch, url, params, depends }) => {
	depends(CONVERSATION);
	const until = Number(url.searchParams.get('fino'));
	const older = Number.isInteger(until) && until >= 1 ? { from: Math.max(1, until - SHOWN + 1), limit: Math.min(SHOWN, until) } : { limit: SHOWN };
	return { conversation: await orErrorPage(url, api(fetch).get<Conversation>(`/conversations/${params.id}`, older)) };
};
