import type { CataloguePage } from '$contract/courses.ts';
import type { OwnEnrolments } from '$contract/learning.ts';
import type { ProgrammeStatistics } from '$contract/statistics.ts';
import type { z } from 'zod';
import { api } from '$lib/api.ts';
import type { PageLoad } from './$types';

/** The portal shows what it can: a part that does not answer is left out, the rest stands. */
export const load: PageLoad = async ({ fetch, parent }) => {
	const { actor } = await parent();
	const orNothing = <T>(answer: Promise<T>) => answer.catch(() => null);
	const [courses, programme, own] = await Promise.all([
		orNothing(api(fetch).get<CataloguePage>('/courses', { open: 'true', sort: 'start', limit: 4 })),
		orNothing(api(fetch).get<ProgrammeStatistics>('/statistics/programme')),
		actor ? orNothing(api(fetch).get<z.output<typeof OwnEnrolments>>('/enrolments')) : null
	]);
	return { courses: courses?.items ?? [], programme, running: own?.items.filter(({ abilities }) => abilities.learn) ?? [] };
};
