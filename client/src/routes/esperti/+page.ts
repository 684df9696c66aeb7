import type { NetworkList } from '$contract/community.ts';
import type { ExpertPage, ExpertPlaces } from '$contract/experts.ts';
import { api, ApiProblem, type FormProblem, noFormProblem, orErrorPage, problemToForm } from '$lib/api.ts';
import { expertQuery, FIELDS, readExpertSearch } from '$lib/experts/address.ts';
import type { PageLoad } from './$types';

const nobody: ExpertPage = { items: [], next: null, near: false, also: [], corrected: null };

export const load: PageLoad = async ({ fetch, url, parent }) => {
	const { actor } = await parent();
	const search = readExpertSearch(url.searchParams);
	// Whom no body has recognised yet is told so; who is not signed in is asked to
	if (actor && actor.body === null && !actor.abilities.administer) return { search, directory: null };
	const { get } = api(fetch);
	const [{ items: networks }, places] = await orErrorPage(url, Promise.all([get<NetworkList>('/networks'), get<ExpertPlaces>('/experts/places')]));
	const asked = get<ExpertPage>('/experts', { ...expertQuery(search), cursor: url.searchParams.get('cursore') });
	const { page, problem } = await orErrorPage(url, asked.then((page) => ({ page, problem: noFormProblem }), (caught: unknown) => {
		if (!(caught instanceof ApiProblem) || caught.status !== 422) throw caught;
		return { page: nobody, problem: named(problemToForm(caught)) };
	}));
	return { search, directory: { networks, places, page, problem } };
};

const fieldOf = (name: string): string => FIELDS[name] ?? name;
const named = ({ fields, summary }: FormProblem): FormProblem => ({
	fields: Object.fromEntries(Object.entries(fields).map(([field, message]) => [fieldOf(field), message])),
	summary: summary.map(({ field, message }) => (field === undefined ? { message } : { field: fieldOf(field), message }))
});
