import type { EnrolmentHome } from '$contract/learning.ts';
import { api, orErrorPage } from '$lib/api.ts';
import { ENROLMENTS } from '$lib/learning/live.ts';
import { loadComing } from '$lib/webinars/load-coming.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, params, depends }) => {
	depends(ENROLMENTS);
	const enrolment = await orErrorPage(url, api(fetch).get<EnrolmentHome>(`/enrolments/${params.id}`));
	return { enrolment, coming: await orErrorPage(url, loadComing(fetch, { edition: enrolment.edition.id })) };
};
