import type { ThreadFilter } from '$contract/community.ts';
import { networkHref } from './links.ts';

/** Which threads of a network its address asks for. */
export interface ThreadView {
	filter: ThreadFilter;
	tag: string;
}

const NAMES: Record<ThreadFilter, string> = { all: '', unanswered: 'senza-soluzione', solved: 'risolte', unread: 'da-leggere', mine: 'mie' };
export const FILTERS: readonly ThreadFilter[] = ['all', 'unanswered', 'solved', 'unread', 'mine'];
/** What makes sense for somebody who is not a member. */
export const PUBLIC_FILTERS: readonly ThreadFilter[] = ['all', 'unanswered', 'solved'];

/** What somebody typed there that means nothing is left out. */
export function readThreadView(search: URLSearchParams): ThreadView {
	const asked = search.get('mostra') ?? '';
	return { filter: FILTERS.find((filter) => NAMES[filter] === asked) ?? 'all', tag: (search.get('etichetta') ?? '').replaceAll('\0', '').trim().slice(0, 40) };
}

/** The address of a network's threads so filtered, from a page on. */
export function threadsHref(key: string, { filter, tag }: ThreadView, cursor?: string | null): string {
	const query = new URLSearchParams(Object.entries({ mostra: NAMES[filter], etichetta: tag, cursore: cursor ?? '' }).filter(([, value]) => value !== ''));
	return query.size > 0 ? `${networkHref(key)}?${query}` : networkHref(key);
}

/** As the API asks for it. */
export const threadQuery = ({ filter, tag }: ThreadView) => ({ filter, tag });
