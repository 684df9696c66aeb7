import { api } from '$lib/api.ts';
import { ACTOR, type Me } from '$lib/session.ts';
import type { LayoutLoad } from './$types';

/** Who is signed in, on every page. A page must not fall because this does: then nobody is. */
export const load: LayoutLoad = async ({ fetch, depends }) => {
	depends(ACTOR);
	const { actor } = await api(fetch).get<Me>('/me').catch((): Me => ({ actor: null }));
	return { actor };
};
