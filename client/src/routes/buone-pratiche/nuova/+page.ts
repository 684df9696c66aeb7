import { redirect } from '@sveltejs/kit';
import type { NetworkList } from '$contract/community.ts';
import type { PracticeOverview } from '$contract/practices.ts';
import { api, orErrorPage, signInHref } from '$lib/api.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, parent }) => {
	const { actor } = await parent();
	if (!actor) redirect(303, signInHref(url));
	const { get } = api(fetch);
	const [networks, overview] = await orErrorPage(url, Promise.all([get<NetworkList>('/networks'), get<PracticeOverview>('/practices/overview')]));
	const mine = networks.items.filter(({ membership }) => membership?.status === 'active').map(({ key, name }) => ({ key, name }));
	const asked = url.searchParams.get('rete') ?? '';
	return { networks: mine, network: mine.find(({ key }) => key === asked)?.key ?? (mine.length === 1 ? (mine[0]?.key ?? '') : ''), themes: overview.tags };
};
