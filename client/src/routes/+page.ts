import type { CataloguePage } from '$contract/courses.ts';
import type { NetworkList, ThreadPage } from '$contract/community.ts';
import type { OwnEnrolments } from '$contract/learning.ts';
import type { ProgrammeStatistics } from '$contract/statistics.ts';
import type { z } from 'zod';
import { api } from '$lib/api.ts';
import type { LatestThread } from '$lib/community/latest.ts';
import type { PageLoad } from './$types';

const MOST_NETWORKS = 2;
const MOST_THREADS = 4;

/** The portal shows what it can: a part that does not answer is left out, the rest stands. */
export const load: PageLoad = async ({ fetch, parent }) => {
	const { actor } = await parent();
	const orNothing = <T>(answer: Promise<T>) => answer.catch(() => null);
	const [courses, programme, own, threads] = await Promise.all([
		orNothing(api(fetch).get<CataloguePage>('/courses', { open: 'true', sort: 'start', limit: 4 })),
		orNothing(api(fetch).get<ProgrammeStatistics>('/statistics/programme')),
		actor ? orNothing(api(fetch).get<z.output<typeof OwnEnrolments>>('/enrolments')) : null,
		orNothing(latestThreads(fetch))
	]);
	return { courses: courses?.items ?? [], programme, running: own?.items.filter(({ abilities }) => abilities.learn) ?? [], threads: threads ?? [] };
};

/** What was written last in the networks that everybody reads. */
async function latestThreads(fetch: typeof globalThis.fetch): Promise<LatestThread[]> {
	const { items } = await api(fetch).get<NetworkList>('/networks');
	const liveliest = items
		.filter(({ reading, lastPostAt }) => reading === 'public' && lastPostAt !== null)
		.sort((one, other) => (other.lastPostAt ?? '').localeCompare(one.lastPostAt ?? ''))
		.slice(0, MOST_NETWORKS);
	const threads = await Promise.all(
		liveliest.map(async ({ key, name }) => (await api(fetch).get<ThreadPage>(`/networks/${key}/threads`, { limit: MOST_THREADS })).items.map((thread) => ({ thread, network: { key, name } })))
	);
	return threads
		.flat()
		.sort((one, other) => other.thread.lastPostAt.localeCompare(one.thread.lastPostAt))
		.slice(0, MOST_THREADS);
}
