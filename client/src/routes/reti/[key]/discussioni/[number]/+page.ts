import { error, redirect } from '@sveltejs/kit';
import type { NetworkHome, Successor, ThreadView } from '$contract/community.ts';
import type { HeldPosts } from '$contract/moderation.ts';
import { api, ApiProblem, orErrorPage } from '$lib/api.ts';
import { HELD } from '$lib/moderation/keys.ts';
import { THREAD } from '$lib/community/keys.ts';
import { PAGE_SIZE, pageStart, postHref, threadHref } from '$lib/community/links.ts';
import { m } from '$lib/paraglide/messages.js';
import type { PageLoad } from './$types';

const NUMBER = /^[1-9]\d{0,8}$/;

/** The page of the post that the address names (`da`), or of the first one that a member has not read. */
export const load: PageLoad = async ({ fetch, url, params, parent, depends }) => {
	depends(THREAD);
	depends(HELD);
	if (!NUMBER.test(params.number)) error(404, m.ui_error_not_found());
	const asked = url.searchParams.get('da') ?? '';
	const target = NUMBER.test(asked) ? Number(asked) : null;
	const read = (from: number) => api(fetch).get<ThreadView>(`/threads/${params.number}`, { from, limit: PAGE_SIZE });
	const readFrom = (from: number) => orErrorPage(url, read(from));
	/** What became part of another thread is read there. */
	const followed = async (problem: unknown): Promise<never> => {
		if (!(problem instanceof ApiProblem) || problem.status !== 404) throw problem;
		const found = await api(fetch).get<Successor>(`/threads/${params.number}/successor`, { sequence: target }).catch(() => undefined);
		if (!found || found.number === Number(params.number)) throw problem;
		redirect(307, found.sequence !== null && target !== null ? postHref(found.network, found.number, found.sequence) : threadHref(found.network, found.number));
	};

	let thread = await orErrorPage(url, read(pageStart(target ?? 1)).catch(followed));
	const { key } = thread.network;
	// Not for good: it may move again
	if (key !== params.key) redirect(307, threadHref(key, thread.number) + url.search);
	const unread = target === null && thread.readSequence ? thread.readSequence + 1 : 0;
	// Beyond the end, what is there last
	const start = target !== null && thread.posts.length === 0 ? pageStart(thread.lastSequence) : unread > PAGE_SIZE && unread <= thread.lastSequence ? pageStart(unread) : 0;
	if (start > 0) thread = await readFrom(start);
	const network = thread.abilities.reply ? null : await orErrorPage(url, api(fetch).get<NetworkHome>(`/networks/${key}`));
	const { actor } = await parent();
	const held = thread.holdFirst && actor ? (await orErrorPage(url, api(fetch).get<HeldPosts>(`/networks/${key}/held-posts`))).items.filter((one) => one.thread?.number === thread.number) : [];
	return { thread, target, network, held };
};
