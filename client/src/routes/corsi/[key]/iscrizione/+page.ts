import { api, orErrorPage } from '$lib/api.ts';
import { ENROLMENTS } from '$lib/learning/live.ts';
import type { CourseSheet } from '$contract/courses.ts';
import type { OwnEnrolments } from '$contract/learning.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, params, depends }) => {
	depends(ENROLMENTS);
	const [course, own] = await Promise.all([
		orErrorPage(url, api(fetch).get<CourseSheet>(`/courses/${encodeURIComponent(params.key)}`)),
		orErrorPage(url, api(fetch).get<OwnEnrolments>('/enrolments'))
	]);
	return { course, enrolments: own.items.filter((one) => one.course.key === params.key), chosen: url.searchParams.get('edizione') };
};
