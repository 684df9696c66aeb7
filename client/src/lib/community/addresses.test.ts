import { describe, expect, it } from '@jest/globals';
import { Id } from '../../../../server/contract/common.ts';
import { newId } from './drafts.ts';
import { pageStart, postHref } from './links.ts';
import { readThreadView, threadsHref } from './thread-filters.ts';

describe('the addresses of the networks', () => {
	it('has pages that never overlap, whichever post one comes for', () => {
		expect([1, 20, 21, 40, 41].map(pageStart)).toEqual([1, 1, 21, 21, 41]);
		expect(postHref('sua', 7, 23)).toBe('/reti/sua/discussioni/7?da=21#m23');
	});

	it('leaves out of a view what means nothing, and keeps what does', () => {
		expect(readThreadView(new URLSearchParams('mostra=di-tutto&etichetta=%00 soglie '))).toEqual({ filter: 'all', tag: 'soglie' });
		const view = readThreadView(new URLSearchParams('mostra=senza-soluzione&etichetta=accordo quadro'));
		expect(view).toEqual({ filter: 'unanswered', tag: 'accordo quadro' });
		expect(readThreadView(new URL(threadsHref('sua', view, 'abc'), 'http://x').searchParams)).toEqual(view);
		expect(threadsHref('sua', { filter: 'all', tag: '' })).toBe('/reti/sua');
	});

	it('makes ids that the server takes, each its own', () => {
		const ids = Array.from({ length: 200 }, newId);
		expect(ids.every((id) => Id.safeParse(id).success)).toBe(true);
		expect(new Set(ids).size).toBe(200);
	});
});
