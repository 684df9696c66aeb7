import type { ChannelList } from '$contract/channels.ts';
import type { ConversationPage } from '$contract/direct.ts';
import { api, orErrorPage } from '$lib/api.ts';
import { CHANNELS } from '$lib/channels/keys.ts';
import { CONVERSATIONS } from '$lib/direct/keys.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, depends }) => {
	depends(CONVERSATIONS, CHANNELS);
	const [page, channels] = await orErrorPage(url, Promise.all([api(fetch).get<ConversationPage>('/conversations', { cursor: url.searchParams.get('cursor') }), api(fetch).get<ChannelList>('/channels')]));
	return { page, channels: channels.items };
};
