import type { WebinarCard, WebinarPage } from '$contract/webinars.ts';
import { api } from '$lib/api.ts';

/** The next few webinars of a network or an edition. */
export async function loadComing(fetch: typeof globalThis.fetch, place: { network?: string; edition?: string }): Promise<WebinarCard[]> {
	return (await api(fetch).get<WebinarPage>('/webinars', { ...place, limit: 3 })).items;
}
