import { error, redirect } from '@sveltejs/kit';
import type { AttemptView, EnrolmentHome } from '$contract/learning.ts';
import { api, orErrorPage } from '$lib/api.ts';
import { resultHref } from '$lib/learning/links.ts';
import { ENROLMENTS } from '$lib/learning/live.ts';
import { m } from '$lib/paraglide/messages.js';
import type { PageLoad } from './$types';

/** The running attempt if there is one, so that a reload or a cut leads back into it; otherwise the rules of the test. */
export const load: PageLoad = async ({ fetch, url, params, depends }) => {
	depends(ENROLMENTS);
	const enrolment = await orErrorPage(url, api(fetch).get<EnrolmentHome>(`/enrolments/${params.id}`));
	const quiz = enrolment.quizzes.find(({ key }) => key === params.quiz) ?? error(404, m.ui_error_not_found());
	const attempt = quiz.openAttemptId === null ? null : await orErrorPage(url, api(fetch).get<AttemptView>(`/attempts/${quiz.openAttemptId}`));
	// Its time ran out between the two questions
	if (attempt?.closedAt) redirect(303, resultHref(enrolment.id, quiz.key, attempt.id));
	return { enrolment, quiz, attempt };
};
