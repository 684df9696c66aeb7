import { api, orErrorPage } from '$lib/api.ts';
import { ENROLMENTS } from '$lib/learning/live.ts';
import type { EnrolmentSummary } from '$contract/learning.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, depends }) => {
	depends(ENROLMENTS);
	return { enrolments: (await orErrorPage(url, api(fetch).get<{ items: EnrolmentSummary[] }>('/enrolments'))).items };
};
