import type { Transcript } from '$contract/certificates.ts';
import { api, orErrorPage } from '$lib/api.ts';
import type { PageLoad } from './$types';

/** `?anno=2026` shows one year; without it the current one; `?anno=tutti` all. */
export const load: PageLoad = async ({ fetch, url, depends }) => {
	depends('pico:transcript');
	const asked = url.searchParams.get('anno');
	const year = asked === 'tutti' ? undefined : /^\d{4}$/.test(asked ?? '') ? Number(asked) : new Date().getFullYear();
	return { year: year ?? null, transcript: await orErrorPage(url, api(fetch).get<Transcript>('/transcript', { year })) };
};
