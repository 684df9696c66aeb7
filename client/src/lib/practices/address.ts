import type { PracticeView } from '$contract/practices.ts';

/** Which sheets the list's address asks for. */
export interface Filters {
	mostra: PracticeView;
	q: string;
	/** '1': nothing but what was typed. */
	lettera: string;
	rete: string;
	tema: string;
	regione: string;
	ente: string;
	/** Of what the map is made. */
	mappa: 'tessere' | 'confini';
}

export const LIST = '/buone-pratiche';
export const NEW = `${LIST}/nuova`;
export const practiceHref = (number: number): string => `${LIST}/${number}`;
export const workHref = (number: number): string => `${practiceHref(number)}?versione=lavoro`;
export const versionHref = (number: number, sequence: number): string => `${practiceHref(number)}?versione=${sequence}`;

const VIEWS: Record<PracticeView, string> = { published: '', superseded: 'superate', mine: 'mie', review: 'da-rivedere' };
export const VIEW_NAMES: readonly PracticeView[] = ['published', 'superseded', 'mine', 'review'];

/** What somebody typed there that means nothing is left out. */
export function readFilters(search: URLSearchParams): Filters {
	const text = (name: string, most: number) => (search.get(name) ?? '').replaceAll(/\p{Cc}/gu, '').trim().slice(0, most);
	const q = text('q', 120);
	const ente = text('ente', 36);
	const rete = text('rete', 40);
	return {
		mostra: VIEW_NAMES.find((view) => VIEWS[view] === text('mostra', 20)) ?? 'published',
		// One letter is no word
		q: q.length < 2 ? '' : q,
		lettera: text('lettera', 1) === '1' ? '1' : '',
		rete: /^[a-z][a-z0-9-]+$/.test(rete) ? rete : '', tema: text('tema', 40), regione: text('regione', 60),
		ente: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(ente) ? ente : '',
		mappa: search.get('mappa') === 'confini' ? 'confini' : 'tessere'
	};
}

/** The address of the list so filtered, from a page on. */
export function listHref(filters: Partial<Filters>, cursor?: string | null): string {
	const { mostra = 'published', mappa = 'tessere', ...rest } = filters;
	const query = new URLSearchParams(Object.entries({ mostra: VIEWS[mostra], ...rest, mappa: mappa === 'confini' ? mappa : '', cursore: cursor ?? '' }).filter(([, value]) => value !== ''));
	return query.size > 0 ? `${LIST}?${query}` : LIST;
}

/** As the API asks for it. */
export const listQuery = ({ mostra, q, lettera, rete, tema, regione, ente }: Filters) => ({ view: mostra, q, exact: lettera === '1' && q !== '' ? 'true' : '', network: rete, tag: tema, region: regione, body: ente });

export const isFiltered = ({ q, rete, tema, regione, ente }: Filters): boolean => [q, rete, tema, regione, ente].some((value) => value !== '');
