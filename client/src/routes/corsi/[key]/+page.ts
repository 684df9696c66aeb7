import type { CourseSheet } from '$contract/courses.ts';
import { api, orErrorPage } from '$lib/api.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, params }) => ({
	course: await orErrorPage(url, api(fetch).get<CourseSheet>(`/courses/${encodeURIComponent(params.key)}`))
});
