import type { Verification } from '$contract/certificates.ts';
import { api, ApiProblem, orErrorPage } from '$lib/api.ts';
import type { PageLoad } from './$types';

/** An unknown number is an answer too, not an error page. */
export const load: PageLoad = async ({ fetch, params, url }) => {
	const asked = api(fetch).get<Verification>(`/certificates/${encodeURIComponent(params.code)}/verification`);
	const unknown = (problem: unknown) => {
		if (problem instanceof ApiProblem && problem.status === 404) return null;
		throw problem;
	};
	return { typed: params.code, certificate: await orErrorPage(url, asked.catch(unknown)) };
};
