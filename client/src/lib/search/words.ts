import { m } from '$lib/paraglide/messages.js';
import { date, number } from '$lib/ui/format.ts';
import type { FilterName, Kind, Search } from './search.ts';

export const kindWord = (kind: Kind): string =>
	({ tutto: m.search_kind_all, discussioni: m.community_discussions, documenti: m.documents_title, pratiche: m.search_kind_practices, corsi: m.search_kind_courses, persone: m.search_kind_people })[kind]();

// Written out, so that the page does not carry the contract's checks to the browser
const MOST_COUNTED = 200;

/** How many, as far as they are counted. */
export const countWord = (total: number): string => (total > MOST_COUNTED ? m.search_more_than({ count: number(MOST_COUNTED) }) : number(total));

const day = (value: string): string => (Number.isNaN(Date.parse(value)) ? value : date(value));

/** A field as its label says it. */
export function fieldWord(name: string): string {
	const words: Record<string, () => string> = {
		q: m.search_q, rete: m.search_network, etichetta: m.search_tag, ente: m.search_body, autore: m.search_author, dal: m.search_from, al: m.search_to, risolte: m.community_discussions, allegato: m.search_document
	};
	return words[name]?.() ?? name;
}

/** A filter as its chip says it. */
export function filterWord(name: FilterName, value: string, network: string, body: string): string {
	switch (name) {
		case 'rete':
			return m.search_chip_network({ name: network });
		case 'etichetta':
			return m.search_chip_tag({ tag: value });
		case 'ente':
			return m.search_chip_body({ name: body });
		case 'autore':
			return m.search_chip_author({ name: value });
		case 'dal':
			return m.search_chip_from({ day: day(value) });
		case 'al':
			return m.search_chip_to({ day: day(value) });
		case 'risolte':
			return value === 'no' ? m.search_solved_no() : value === 'si' ? m.search_solved_yes() : value;
		case 'allegato':
			return m.search_document();
	}
}

export const isAsked = ({ q }: Search): boolean => q.length >= 2;
