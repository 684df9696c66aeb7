import type { ConversationPage } from '$contract/direct.ts';
import { api, orErrorPage } from '$lib/api.ts';
import { CONVERSATIONS } from '$lib/direct/keys.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, depends }) => {
	depends(CONVERSATIONS);
	return { page: await orErrorPage(url, api(fetch).get<ConversationPage>('/conversations', { cursor: url.searchParams.get('cursor') })) };
};
