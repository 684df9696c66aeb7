import type { EditionsPage, ManagedCourses } from '$contract/courses.ts';
import { api, orErrorPage } from '$lib/api.ts';
import { editionStateOf } from '$lib/courses/edition-form.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url }) => {
	const course = url.searchParams.get('corso') ?? '';
	const state = editionStateOf(url.searchParams.get('stato') ?? '');
	const cursor = url.searchParams.get('cursore') ?? '';
	const { items: courses } = await orErrorPage(url, api(fetch).get<ManagedCourses>('/managed-courses'));
	const known = courses.some(({ key }) => key === course) ? course : '';
	return { courses, course: known, state, editions: await orErrorPage(url, api(fetch).get<EditionsPage>('/editions', { course: known, state, cursor })) };
};
