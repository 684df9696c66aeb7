import type { LessonView } from '$contract/learning.ts';
import type { LessonRecordings } from '$contract/recording.ts';
import { api, orErrorPage } from '$lib/api.ts';
import { ENROLMENTS } from '$lib/learning/live.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, params, depends }) => {
	depends(ENROLMENTS);
	const lesson = await orErrorPage(url, api(fetch).get<LessonView>(`/enrolments/${params.id}/lessons/${params.lesson}`));
	return { lesson, recordings: (await orErrorPage(url, api(fetch).get<LessonRecordings>('/lesson-recordings', { enrolment: params.id, lesson: params.lesson }))).items };
};
