import type { Query } from '$lib/api.ts';

/** What the address of the directory asks for. */
export const FILTERS = ['rete', 'provincia', 'regione'] as const;
export interface ExpertSearch {
	q: string;
	literal: boolean;
	rete: string;
	provincia: string;
	regione: string;
}

export const DIRECTORY = '/esperti';
export const personHref = (id: string): string => `/persone/${id}`;

export function readExpertSearch(parameters: URLSearchParams): ExpertSearch {
	const text = (name: string) => (parameters.get(name) ?? '').replaceAll(/\p{Cc}/gu, ' ').trim();
	return { q: text('q').slice(0, 120), literal: text('lettera') === '1', rete: text('rete'), provincia: text('provincia'), regione: text('regione') };
}

export const expertQuery = ({ q, literal, rete, provincia, regione }: ExpertSearch): Query => ({ q, exact: literal ? 'true' : undefined, network: rete, province: provincia, region: regione });

export function directoryHref(search: Partial<ExpertSearch>, cursor = ''): string {
	const { q = '', literal = false, rete = '', provincia = '', regione = '' } = search;
	const query = new URLSearchParams(Object.entries({ q, rete, provincia, regione, lettera: literal ? '1' : '', cursore: cursor }).filter(([, value]) => value !== '')).toString();
	return query === '' ? DIRECTORY : `${DIRECTORY}?${query}`;
}

/** The names of the API's parameters, as the form calls them. */
export const FIELDS: Record<string, string> = { network: 'rete', province: 'provincia', region: 'regione' };
