import type { Transcript } from '$contract/certificates.ts';
import { api, orErrorPage } from '$lib/api.ts';
import { romeYear } from '$lib/ui/format.ts';
import type { PageLoad } from './$types';

/** `?anno=2026` shows one year; `?anno=tutti` all; without it, or with what is no year of ours, the current one. */
export const load: PageLoad = async ({ fetch, url, depends }) => {
	depends('pico:transcript');
	const asked = url.searchParams.get('anno');
	const year = asked === 'tutti' ? undefined : /^20\d\d$/.test(asked ?? '') ? Number(asked) : Number(romeYear(new Date()));
	return { year: year ?? null, transcript: await orErrorPage(url, api(fetch).get<Transcript>('/transcript', { year })) };
};
