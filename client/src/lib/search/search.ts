import type { FormProblem, Query } from '$lib/api.ts';

/** What is looked for, as the address names it. */
export const KINDS = ['tutto', 'discussioni', 'documenti', 'pratiche', 'corsi', 'persone'] as const;
export type Kind = (typeof KINDS)[number];

/** What narrows it: the names of the form's fields, and of the address. */
export const FILTERS = ['rete', 'etichetta', 'ente', 'autore', 'dal', 'al', 'risolte', 'allegato'] as const;
export type FilterName = (typeof FILTERS)[number];

const NO_FILTERS: Record<FilterName, string> = { rete: '', etichetta: '', ente: '', autore: '', dal: '', al: '', risolte: '', allegato: '' };

export interface Search {
	kind: Kind;
	q: string;
	/** By the letter, without other names of the same. */
	literal: boolean;
	filters: Record<FilterName, string>;
}

/** What the address asks for. Filters stay as somebody typed them: the API says which of them means nothing. */
export function readSearch(parameters: URLSearchParams): Search {
	const text = (name: string) => (parameters.get(name) ?? '').replaceAll(/\p{Cc}/gu, ' ').trim();
	const kind = KINDS.find((one) => one === text('cosa')) ?? 'tutto';
	const filters = { ...NO_FILTERS };
	for (const name of FILTERS) filters[name] = text(name);
	return { kind, q: text('q').slice(0, 120), literal: text('lettera') === '1', filters };
}

export const isFiltered = ({ filters }: Search): boolean => FILTERS.some((name) => filters[name] !== '');

const YES_NO: Record<string, string> = { si: 'true', no: 'false' };

/** As the API asks for it. @param body the id of the body that is meant */
export function searchQuery({ q, literal, filters }: Search, body: string | undefined): Query {
	const { rete, etichetta, autore, dal, al, risolte, allegato } = filters;
	return {
		q, exact: literal ? 'true' : undefined, network: rete, tag: etichetta, body, author: autore, from: dal, to: al,
		solved: YES_NO[risolte] ?? risolte, document: YES_NO[allegato] ?? allegato
	};
}

const FIELDS: Record<string, string> = { network: 'rete', tag: 'etichetta', body: 'ente', author: 'autore', from: 'dal', to: 'al', solved: 'risolte', document: 'allegato' };

/** What the API says of its parameters, beside the form's fields. */
export function inForm(problem: FormProblem): FormProblem {
	const named = (field: string) => FIELDS[field] ?? field;
	return {
		fields: Object.fromEntries(Object.entries(problem.fields).map(([field, message]) => [named(field), message])),
		summary: problem.summary.map(({ field, message }) => (field === undefined ? { message } : { field: named(field), message }))
	};
}

/** The address of a search, from a page on. */
export function searchHref({ kind, q, literal, filters }: Search, cursor = ''): string {
	const entries = { q, cosa: kind === 'tutto' ? '' : kind, ...filters, lettera: literal ? '1' : '', cursore: cursor };
	return `/cerca?${new URLSearchParams(Object.entries(entries).filter(([, value]) => value !== ''))}`;
}

export const without = (search: Search, name: FilterName): string => searchHref({ ...search, filters: { ...search.filters, [name]: '' } });

export const withoutAny = (search: Search): string => searchHref({ ...search, filters: NO_FILTERS });
