import type { EditionDetail } from '$contract/courses.ts';
import type { OutcomePage } from '$contract/learning.ts';
import { api, orErrorPage } from '$lib/api.ts';
import { ENROLMENTS } from '$lib/learning/live.ts';
import { statusFrom } from '$lib/learning/words.ts';
import type { PageLoad } from './$types';

const limit = 50;

export const load: PageLoad = async ({ fetch, url, params, depends }) => {
	depends(ENROLMENTS);
	const status = statusFrom(url.searchParams.get('stato'));
	const [edition, outcomes] = await orErrorPage(
		url,
		Promise.all([
			api(fetch).get<EditionDetail>(`/editions/${params.id}`),
			api(fetch).get<OutcomePage>(`/editions/${params.id}/enrolments`, { status, cursor: url.searchParams.get('da'), limit })
		])
	);
	return { edition, outcomes, status, limit };
};
