import { redirect } from '@sveltejs/kit';
import type { Correspondent } from '$contract/direct.ts';
import { api, orErrorPage } from '$lib/api.ts';
import { CONVERSATION } from '$lib/direct/keys.ts';
import { conversationHref } from '$lib/direct/links.ts';
import type { PageLoad } from './$types';

/** With whom one already writes, one goes on writing there. */
export const load: PageLoad = async ({ fetch, url, depends }) => {
	depends(CONVERSATION);
	const { person, conversationId, refusal } = await orErrorPage(url, api(fetch).get<Correspondent>(`/correspondents/${encodeURIComponent(url.searchParams.get('persona') ?? '')}`));
	if (conversationId) redirect(303, conversationHref(conversationId));
	return { head: { id: null, with: person, readSequence: 0, blocked: false, refusal, abilities: { write: refusal === null } } };
};
