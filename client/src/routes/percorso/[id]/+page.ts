import type { EnrolmentHome } from '$contract/learning.ts';
import { api, orErrorPage } from '$lib/api.ts';
import { ENROLMENTS } from '$lib/learning/live.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, params, depends }) => {
	depends(ENROLMENTS);
	return { enrolment: await orErrorPage(url, api(fetch).get<EnrolmentHome>(`/enrolments/${params.id}`)) };
};
