import { error } from '@sveltejs/kit';
import type { EditionDetail, EditionsPage } from '$contract/courses.ts';
import type { OutcomePage } from '$contract/learning.ts';
import { api, orErrorPage } from '$lib/api.ts';
import { ENROLMENTS } from '$lib/learning/live.ts';
import { statusFrom } from '$lib/learning/words.ts';
import { m } from '$lib/paraglide/messages.js';
import type { PageLoad } from './$types';

const limit = 50;

export const load: PageLoad = async ({ fetch, url, params, depends }) => {
	depends(ENROLMENTS);
	const status = statusFrom(url.searchParams.get('stato'));
	const edition = (await orErrorPage(url, findEdition(fetch, params.key, params.code))) ?? error(404, { message: m.ui_error_not_found() });
	const outcomes = await orErrorPage(url, api(fetch).get<OutcomePage>(`/editions/${edition.id}/enrolments`, { status, cursor: url.searchParams.get('da'), limit }));
	return { edition, outcomes, status, limit };
};

/** Among those that the person manages, past and future. */
async function findEdition(fetch: typeof globalThis.fetch, course: string, code: string): Promise<EditionDetail | undefined> {
	let cursor: string | null = null;
	do {
		const page: EditionsPage = await api(fetch).get<EditionsPage>('/editions', { course, cursor, limit: 100 });
		const found = page.items.find((edition) => edition.code === code);
		if (found) return found;
		cursor = page.next;
	} while (cursor !== null);
	return undefined;
}
