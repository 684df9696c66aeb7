import type { AreaCode } from '$contract/common.ts';
import type { CatalogueSort, Level, Modality } from '$contract/courses.ts';
import { m } from '$lib/paraglide/messages.js';
import { date } from '$lib/ui/format.ts';
import { areaWord, levelWord, modalityWord } from './words.ts';

/** The filters of the catalogue as its address has them: what somebody typed there that means nothing is left out. */
export interface Filters {
	q: string;
	ambito: AreaCode[];
	livello: Level[];
	modalita: Modality[];
	oreMin: string;
	oreMax: string;
	dal: string;
	al: string;
	aperte: boolean;
	ordine: CatalogueSort | '';
}

// Written out, so that the page does not carry the contract's checks to the browser
export const AREAS: readonly AreaCode[] = ['appalti', 'europa', 'innovazione', 'personale'];
export const LEVELS: readonly Level[] = ['base', 'intermedio', 'avanzato'];
export const MODALITIES: readonly Modality[] = ['online', 'aula', 'misto'];
export const SORTS: readonly CatalogueSort[] = ['relevance', 'start', 'title'];
const MAX_HOURS = 1000;

export function readFilters(search: URLSearchParams): Filters {
	const some = <T extends string>(name: string, known: readonly T[]): T[] => known.filter((value) => search.getAll(name).includes(value));
	const one = (name: string, good: (value: string) => boolean) => {
		const value = search.get(name)?.trim() ?? '';
		return good(value) ? value : '';
	};
	const hours = (name: string) => one(name, (value) => /^\d{1,4}$/.test(value) && Number(value) <= MAX_HOURS);
	const day = (name: string) => one(name, isDay);
	return {
		q: (search.get('q') ?? '').replaceAll('\0', '').trim().slice(0, 100),
		ambito: some('ambito', AREAS),
		livello: some('livello', LEVELS),
		modalita: some('modalita', MODALITIES),
		oreMin: hours('oreMin'),
		oreMax: hours('oreMax'),
		dal: day('dal'),
		al: day('al'),
		aperte: search.get('aperte') === '1',
		ordine: some('ordine', SORTS)[0] ?? ''
	};
}

function isDay(value: string): boolean {
	const moment = new Date(`${value}T00:00:00Z`);
	return /^[1-9]\d{3}-\d\d-\d\d$/.test(value) && !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(value);
}

/** As the API asks for it. */
export const apiQuery = (filters: Filters) => ({
	q: filters.q,
	area: filters.ambito,
	level: filters.livello,
	modality: filters.modalita,
	minHours: filters.oreMin,
	maxHours: filters.oreMax,
	from: filters.dal,
	to: filters.al,
	open: filters.aperte ? '1' : '',
	sort: filters.ordine
});

/** The address of the catalogue with these filters, and no empty ones. */
export function hrefOf(filters: Filters, cursor?: string): string {
	const search = new URLSearchParams();
	for (const [name, value] of Object.entries(filters)) {
		for (const single of Array.isArray(value) ? value : [value === true ? '1' : value]) if (single) search.append(name, String(single));
	}
	if (cursor) search.set('cursore', cursor);
	const text = search.toString();
	return text === '' ? '/corsi' : `/corsi?${text}`;
}

export interface Chip {
	label: string;
	/** The same catalogue without this filter. */
	href: string;
}

/** Every active filter, to be seen and taken away one by one. */
export function chipsOf(filters: Filters): Chip[] {
	const without = (change: Partial<Filters>) => hrefOf({ ...filters, ...change });
	const list = <T>(chosen: T[], label: (value: T) => string, change: (left: T[]) => Partial<Filters>) =>
		chosen.map((value) => ({ label: label(value), href: without(change(chosen.filter((other) => other !== value))) }));
	return [
		...(filters.q ? [{ label: m.courses_chip_text({ text: filters.q }), href: without({ q: '' }) }] : []),
		...list(filters.ambito, areaWord, (ambito) => ({ ambito })),
		...list(filters.livello, levelWord, (livello) => ({ livello })),
		...list(filters.modalita, modalityWord, (modalita) => ({ modalita })),
		...(filters.aperte ? [{ label: m.courses_chip_open(), href: without({ aperte: false }) }] : []),
		...(filters.oreMin ? [{ label: m.courses_chip_min({ hours: filters.oreMin }), href: without({ oreMin: '' }) }] : []),
		...(filters.oreMax ? [{ label: m.courses_chip_max({ hours: filters.oreMax }), href: without({ oreMax: '' }) }] : []),
		...(filters.dal ? [{ label: m.courses_chip_from({ date: date(filters.dal) }), href: without({ dal: '' }) }] : []),
		...(filters.al ? [{ label: m.courses_chip_to({ date: date(filters.al) }), href: without({ al: '' }) }] : [])
	];
}
