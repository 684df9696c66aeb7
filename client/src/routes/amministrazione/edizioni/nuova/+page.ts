import type { ManagedCourses } from '$contract/courses.ts';
import { api, orErrorPage } from '$lib/api.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url }) => {
	const { items: courses } = await orErrorPage(url, api(fetch).get<ManagedCourses>('/managed-courses'));
	const asked = url.searchParams.get('corso');
	return { courses, course: courses.find(({ key }) => key === asked)?.key ?? (courses.length === 1 ? (courses[0]?.key ?? '') : '') };
};
