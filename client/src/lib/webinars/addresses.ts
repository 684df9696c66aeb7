/** The list's filters as its address has them. */
export interface WebinarFilters {
	mostra: 'in-arrivo' | 'passati' | 'miei' | 'miei-passati';
	tipo: '' | 'open' | 'class';
	rete: string;
	edizione: string;
}

export const SHOWN = ['in-arrivo', 'passati', 'miei', 'miei-passati'] as const;

export function readFilters(parameters: URLSearchParams): WebinarFilters {
	const tipo = parameters.get('tipo');
	return {
		mostra: SHOWN.find((name) => name === parameters.get('mostra')) ?? 'in-arrivo',
		tipo: tipo === 'open' || tipo === 'class' ? tipo : '',
		rete: parameters.get('rete') ?? '',
		edizione: parameters.get('edizione') ?? ''
	};
}

export const listQuery = ({ mostra, tipo, rete, edizione }: WebinarFilters) => ({
	when: mostra === 'passati' || mostra === 'miei-passati' ? 'past' : 'coming', mine: mostra === 'miei' || mostra === 'miei-passati' ? '1' : null, kind: tipo, network: rete, edition: edizione
});

export function listHref(filters: Partial<WebinarFilters>, cursor?: string | null): string {
	const parameters = new URLSearchParams();
	for (const [name, value] of Object.entries(filters)) if (value && value !== 'in-arrivo') parameters.set(name, value);
	if (cursor) parameters.set('cursore', cursor);
	const text = parameters.toString();
	return `/webinar${text ? `?${text}` : ''}`;
}
