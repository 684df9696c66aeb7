import { api, orErrorPage } from '$lib/api.ts';
import { ENROLMENTS } from '$lib/learning/words.ts';
import { EnrolmentStatus, type OutcomePage } from '$contract/learning.ts';
import type { CataloguePage } from '$contract/courses.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, depends }) => {
	depends(ENROLMENTS);
	const status = EnrolmentStatus.safeParse(url.searchParams.get('stato')).data ?? null;
	const cursor = url.searchParams.get('da');
	const [requests, outcomes, courses] = await Promise.all([
		orErrorPage(url, api(fetch).get<OutcomePage>('/enrolments/outcomes', { status: 'requested', limit: 100 })),
		orErrorPage(url, api(fetch).get<OutcomePage>('/enrolments/outcomes', { status, cursor, limit: 30 })),
		orErrorPage(url, api(fetch).get<CataloguePage>('/courses', { open: '1', limit: 100, sort: 'title' }))
	]);
	return { requests, outcomes, status, courses: courses.items.map(({ key, title }) => ({ key, title })) };
};
