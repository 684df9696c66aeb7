import type { Register } from '$contract/webinars.ts';
import { api, orErrorPage } from '$lib/api.ts';
import { REGISTER } from '$lib/webinars/keys.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, params, depends }) => {
	depends(REGISTER);
	return { register: await orErrorPage(url, api(fetch).get<Register>(`/webinars/${params.number}/register`)) };
};
