import type { CasePage, MeasurePage } from '$contract/moderation.ts';
import { api, orErrorPage } from '$lib/api.ts';

/** What waits for this moderator and what was done, in one network or in all hers. */
export async function loadQueue(fetch: typeof globalThis.fetch, url: URL, network?: string): Promise<{ cases: CasePage; measures: MeasurePage }> {
	const [cases, measures] = await Promise.all([
		orErrorPage(url, api(fetch).get<CasePage>('/moderation/cases', { network, cursor: url.searchParams.get('cursore') })),
		orErrorPage(url, api(fetch).get<MeasurePage>('/moderation/measures', { scope: 'moderated', network }))
	]);
	return { cases, measures };
}
