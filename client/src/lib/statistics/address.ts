import type { AreaCode } from '$contract/common.ts';
import type { Sort } from '$lib/ui/Table.svelte';

export const AREAS: readonly AreaCode[] = ['appalti', 'europa', 'innovazione', 'personale'];
const SORTS = ['name', 'region', 'people', 'enrolled', 'completed', 'minutes'] as const;

/** What the dashboard shows, as its address has it: what somebody typed there that means nothing is left out. */
export interface View {
	ambito: AreaCode | '';
	regione: string;
	q: string;
	ordina: (typeof SORTS)[number];
	verso: 'asc' | 'desc';
	mappa: 'tessere' | 'confini';
	/** ISTAT's code of the Province whose months are shown; empty for all of them. */
	provincia: string;
}

export function readView(search: URLSearchParams): View {
	const one = <T extends string, E extends string>(name: string, known: readonly T[], otherwise: E): T | E => known.find((value) => value === search.get(name)) ?? otherwise;
	const text = (name: string) => (search.get(name) ?? '').replace(/\p{Cc}/gu, '').trim().slice(0, 60);
	return {
		ambito: one('ambito', AREAS, ''),
		regione: text('regione'),
		q: text('q'),
		ordina: one('ordina', SORTS, 'name'),
		verso: one('verso', ['asc', 'desc'], 'asc'),
		mappa: one('mappa', ['confini'], 'tessere'),
		provincia: /^\d{3}$/.test(search.get('provincia') ?? '') ? (search.get('provincia') ?? '') : ''
	};
}

const USUAL: View = { ambito: '', regione: '', q: '', ordina: 'name', verso: 'asc', mappa: 'tessere', provincia: '' };

/** The dashboard's address with some of it changed; what is as usual stays out of it. */
export function hrefOf(view: View, change: Partial<View>, anchor = ''): string {
	const wanted = { ...view, ...change };
	const search = new URLSearchParams();
	for (const key of Object.keys(USUAL) as (keyof View)[]) if (wanted[key] !== USUAL[key]) search.set(key, wanted[key]);
	const text = search.toString();
	return `/cruscotto${text === '' ? '' : `?${text}`}${anchor === '' ? '' : `#${anchor}`}`;
}

/** As the API asks for the Provinces. */
export const membersQuery = ({ ambito, regione, q, ordina, verso }: View) => ({ area: ambito, region: regione, q, sort: ordina, direction: verso });

export const sortOf = ({ ordina, verso }: View): Sort => ({ key: ordina, direction: verso === 'asc' ? 'ascending' : 'descending' });

export function hrefSorted(view: View, { key, direction }: Sort): string {
	const ordina = SORTS.find((sort) => sort === key) ?? 'name';
	// The first click on a figure wants the highest
	const first = view.ordina !== ordina && ordina !== 'name' && ordina !== 'region';
	return hrefOf(view, { ordina, verso: first || direction === 'descending' ? 'desc' : 'asc' });
}
