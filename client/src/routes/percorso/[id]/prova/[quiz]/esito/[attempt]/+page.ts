import { redirect } from '@sveltejs/kit';
import type { AttemptResult } from '$contract/learning.ts';
import { api, ApiProblem, orErrorPage } from '$lib/api.ts';
import { quizHref } from '$lib/learning/links.ts';
import { ENROLMENTS } from '$lib/learning/live.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, params, depends }) => {
	depends(ENROLMENTS);
	const asked = api(fetch).get<AttemptResult>(`/attempts/${params.attempt}/result`);
	// Not handed in yet: back to the questions
	asked.catch(() => undefined);
	const open = await asked.then(() => false, (problem: unknown) => problem instanceof ApiProblem && problem.code === 'attempt-open');
	if (open) redirect(303, quizHref(params.id, params.quiz));
	return { result: await orErrorPage(url, asked) };
};
