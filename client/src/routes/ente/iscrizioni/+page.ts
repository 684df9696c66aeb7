import type { OutcomePage } from '$contract/learning.ts';
import type { CataloguePage } from '$contract/courses.ts';
import { api, orErrorPage } from '$lib/api.ts';
import { ENROLMENTS } from '$lib/learning/live.ts';
import { statusFrom } from '$lib/learning/words.ts';
import type { PageLoad } from './$types';

const limit = 30;

export const load: PageLoad = async ({ fetch, url, depends }) => {
	depends(ENROLMENTS);
	const status = statusFrom(url.searchParams.get('stato'));
	const [requests, outcomes, courses] = await orErrorPage(
		url,
		Promise.all([
			api(fetch).get<OutcomePage>('/enrolments/outcomes', { status: 'requested', limit: 100 }),
			api(fetch).get<OutcomePage>('/enrolments/outcomes', { status, cursor: url.searchParams.get('da'), limit }),
			api(fetch).get<CataloguePage>('/courses', { open: '1', limit: 100, sort: 'title' })
		])
	);
	return { requests, outcomes, status, limit, courses: courses.items.map(({ key, title }) => ({ key, title })) };
};
