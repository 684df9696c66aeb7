import type { PersonPage } from '$contract/experts.ts';
import { api, orErrorPage } from '$lib/api.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, params }) => ({ person: await orErrorPage(url, api(fetch).get<PersonPage>(`/experts/${params.id}`)) });
