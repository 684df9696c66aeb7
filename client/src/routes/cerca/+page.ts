import { bodyTitle } from '$contract/body-name.ts';
import type { NetworkList } from '$contract/community.ts';
import type { SearchOverview } from '$contract/search.ts';
import type { BodySummary } from '$contract/territory.ts';
import { api, ApiProblem, type FormProblem, noFormProblem, orErrorPage, problemToForm } from '$lib/api.ts';
import { m } from '$lib/paraglide/messages.js';
import { loadResults, type Results } from '$lib/search/results.ts';
import { inForm, readSearch, type Search, searchQuery } from '$lib/search/search.ts';
import { isAsked } from '$lib/search/words.ts';
import type { PageLoad } from './$types';

type Fetch = typeof globalThis.fetch;
const FEW = 3;

/** The body that somebody means by what she typed. */
async function findBody(fetch: Fetch, { filters: { ente } }: Search): Promise<{ id: string; title: string } | null> {
	const { items } = await api(fetch).get<{ items: BodySummary[] }>('/bodies', { q: ente.slice(0, 80), limit: 1 });
	const [body] = items;
	return body ? { id: body.id, title: bodyTitle(body) } : null;
}

interface Found {
	overview: SearchOverview | null;
	results: Results | null;
	problem: FormProblem;
}

const nothing: Found = { overview: null, results: null, problem: noFormProblem };

/** Everything is counted; what is looked at is also shown. What means nothing is said beside its field. */
async function find(fetch: Fetch, search: Search, body: string | undefined, cursor: string | null, recognised: boolean): Promise<Found> {
	const query = searchQuery(search, body);
	try {
		const [overview, results] = await Promise.all([
			api(fetch).get<SearchOverview>('/search/all', { ...query, few: search.kind === 'tutto' ? FEW : 0 }),
			search.kind === 'tutto' || (search.kind === 'persone' && !recognised) ? null : loadResults(search.kind, { ...query, cursor }, fetch)
		]);
		return { ...nothing, overview, results };
	} catch (problem) {
		if (!(problem instanceof ApiProblem) || problem.status !== 422) throw problem;
		return { ...nothing, problem: inForm(problemToForm(problem)) };
	}
}

export const load: PageLoad = async ({ fetch, url, parent }) => {
	const { actor } = await parent();
	const recognised = actor !== null && (actor.body !== null || actor.abilities.administer);
	const search = readSearch(url.searchParams);
	const [{ items: networks }, body] = await orErrorPage(url, Promise.all([api(fetch).get<NetworkList>('/networks'), search.filters.ente === '' ? undefined : findBody(fetch, search)]));
	const found = isAsked(search) ? await orErrorPage(url, find(fetch, search, body?.id, url.searchParams.get('cursore'), recognised)) : nothing;
	if (body !== null) return { search, networks, body, ...found };
	// No body has this name: nothing is shown, because nothing would fit
	const message = m.search_no_body({ name: search.filters.ente });
	const { fields, summary } = found.problem;
	return { search, networks, body: undefined, ...nothing, problem: { fields: { ...fields, ente: message }, summary: [...summary, { field: 'ente', message }] } };
};
