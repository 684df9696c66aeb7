import { describe, expect, it } from '@jest/globals';
import { inForm, isFiltered, readSearch, searchHref, searchQuery, without, withoutAny } from './search.ts';

const read = (address: string) => readSearch(new URL(address, 'http://x').searchParams);

describe('the address of a search', () => {
	it('is read and written again as it was', () => {
		const address = '/cerca?q=soglia&cosa=discussioni&rete=sua&ente=Provincia+di+Treviso&dal=2026-01-01&risolte=no&allegato=si&lettera=1';
		expect(searchHref(read(address))).toBe(address);
		expect(new URL(searchHref(read(address), 'abc'), 'http://x').searchParams.get('cursore')).toBe('abc');
		expect(searchHref(read('/cerca?q=%01 soglia %0A&cosa=di-tutto'))).toBe('/cerca?q=soglia');
	});

	it('loses a filter, or all of them', () => {
		const search = read('/cerca?q=soglia&rete=sua&autore=serra');
		expect(without(search, 'rete')).toBe('/cerca?q=soglia&autore=serra');
		expect(isFiltered(search)).toBe(true);
		expect(isFiltered(read(withoutAny(search)))).toBe(false);
	});

	it('asks the API as it was typed, so that the API can say what means nothing, and puts that beside the field', () => {
		expect(searchQuery(read('/cerca?q=soglia&risolte=si&dal=domani&rete=Non!'), undefined)).toMatchObject({ q: 'soglia', solved: 'true', from: 'domani', network: 'Non!' });
		expect(searchQuery(read('/cerca?q=soglia&risolte=forse'), 'x')).toMatchObject({ solved: 'forse', body: 'x' });
		expect(inForm({ fields: { from: 'No', q: 'Sì' }, summary: [{ field: 'from', message: 'No' }, { message: 'Altro' }] })).toEqual({ fields: { dal: 'No', q: 'Sì' }, summary: [{ field: 'dal', message: 'No' }, { message: 'Altro' }] });
	});
});
