import { error } from '@sveltejs/kit';
import type { Practice } from '$contract/practices.ts';
import { api, orErrorPage } from '$lib/api.ts';
import { m } from '$lib/paraglide/messages.js';
import { PRACTICE } from '$lib/practices/keys.ts';
import { loadMap } from '$lib/practices/load-map.ts';
import type { PageLoad } from './$types';

const NUMBER = /^[1-9]\d{0,8}$/;

/** What everybody reads; or, as the address asks (`versione`), an older version or the working copy (`lavoro`). */
export const load: PageLoad = async ({ fetch, url, params, depends }) => {
	depends(PRACTICE);
	if (!NUMBER.test(params.number)) error(404, m.ui_error_not_found());
	const asked = url.searchParams.get('versione') ?? '';
	const version = asked === 'lavoro' ? 'work' : /^[1-9]\d{0,3}$/.test(asked) ? asked : null;
	const [practice, map] = await orErrorPage(url, Promise.all([api(fetch).get<Practice>(`/practices/${params.number}`, { version }), loadMap(fetch, url.searchParams)]));
	return { practice, map };
};
