import type { EditionDetail, ManagedCourses } from '$contract/courses.ts';
import { api, orErrorPage } from '$lib/api.ts';
import type { PageLoad } from './$types';

/** `depends` key: `invalidate` after a change. */
const EDITION = 'pico:edition';

export const load: PageLoad = async ({ fetch, url, params, depends }) => {
	depends(EDITION);
	const { items: courses } = await orErrorPage(url, api(fetch).get<ManagedCourses>('/managed-courses'));
	const edition = await orErrorPage(url, api(fetch).get<EditionDetail>(`/editions/${params.id}`));
	return { edition, trainers: courses.find(({ id }) => id === edition.course.id)?.trainers ?? [], key: EDITION };
};
