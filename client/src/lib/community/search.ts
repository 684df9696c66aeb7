/** What the address of the search asks for. */
export interface Search {
	/** What is looked for. */
	kind: 'threads' | 'documents';
	q: string;
	network: string;
	solved: '' | 'true' | 'false';
}

/** What somebody typed there that means nothing is left out. */
export function readSearch(parameters: URLSearchParams): Search {
	const network = parameters.get('rete') ?? '';
	const solved = parameters.get('risolte');
	return {
		kind: parameters.get('cosa') === 'documenti' ? 'documents' : 'threads',
		// The API takes no control characters
		q: (parameters.get('q') ?? '').replaceAll(/\p{Cc}/gu, ' ').trim().slice(0, 120),
		network: /^[a-z][a-z0-9-]{1,39}$/.test(network) ? network : '',
		solved: solved === 'si' ? 'true' : solved === 'no' ? 'false' : ''
	};
}

/** As the API asks for it. */
export const searchQuery = ({ q, network, solved }: Search) => ({ q, network, solved });

/** The address of the search, from a page on. */
export function searchHref({ kind, q, network, solved }: Search, cursor = ''): string {
	const answers = { '': '', true: 'si', false: 'no' };
	return `/cerca?${new URLSearchParams(Object.entries({ q, cosa: kind === 'documents' ? 'documenti' : '', rete: network, risolte: answers[solved], cursore: cursor }).filter(([, value]) => value !== ''))}`;
}
