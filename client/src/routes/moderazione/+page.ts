import { redirect } from '@sveltejs/kit';
import { signInHref } from '$lib/api.ts';
import { CASES, MEASURES } from '$lib/moderation/keys.ts';
import { loadQueue } from '$lib/moderation/load-queue.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, parent, depends }) => {
	depends(CASES);
	depends(MEASURES);
	const { actor } = await parent();
	if (!actor) redirect(303, signInHref(url));
	return { queue: actor.abilities.moderate ? await loadQueue(fetch, url) : null };
};
