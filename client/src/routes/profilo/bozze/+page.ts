import type { DraftList } from '$contract/drafts.ts';
import { api, orErrorPage } from '$lib/api.ts';
import { DRAFTS } from '$lib/community/keys.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, depends }) => {
	depends(DRAFTS);
	return { drafts: (await orErrorPage(url, api(fetch).get<DraftList>('/drafts'))).items };
};
