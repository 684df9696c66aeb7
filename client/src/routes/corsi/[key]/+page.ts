import type { CourseSheet } from '$contract/courses.ts';
import type { OwnEnrolments } from '$contract/learning.ts';
import { api, orErrorPage } from '$lib/api.ts';
import { ENROLMENTS } from '$lib/learning/live.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, params, parent, depends }) => {
	depends(ENROLMENTS);
	const course = orErrorPage(url, api(fetch).get<CourseSheet>(`/courses/${encodeURIComponent(params.key)}`));
	const { actor } = await parent();
	const own = actor ? await orErrorPage(url, api(fetch).get<OwnEnrolments>('/enrolments')) : { items: [] };
	return { course: await course, enrolments: own.items.filter((one) => one.course.key === params.key) };
};
