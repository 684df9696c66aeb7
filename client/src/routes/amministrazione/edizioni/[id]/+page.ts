import type { EditionDetail, ManagedCourses } from '$contract/courses.ts';
import { api, orErrorPage } from '$lib/api.ts';
import { loadComing } from '$lib/webinars/load-coming.ts';
import type { PageLoad } from './$types';

/** `depends` key: `invalidate` after a change. */
const EDITION = 'pico:edition';

export const load: PageLoad = async ({ fetch, url, params, depends }) => {
	depends(EDITION);
	const { items: courses } = await orErrorPage(url, api(fetch).get<ManagedCourses>('/managed-courses'));
	const [edition, coming] = await orErrorPage(url, Promise.all([api(fetch).get<EditionDetail>(`/editions/${params.id}`), loadComing(fetch, { edition: params.id })]));
	return { edition, coming, trainers: courses.find(({ id }) => id === edition.course.id)?.trainers ?? [], key: EDITION };
};
