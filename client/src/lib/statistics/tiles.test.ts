import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { stepOf } from './steps.ts';
import { COLUMNS, TILES, tileTowards } from './tiles.ts';

const PROVINCES = readFileSync(join(import.meta.dirname, '../../../../server/territory/data/province-86.csv'), 'utf8').trim().split('\n').slice(1).map((line) => line.split(',').at(2) ?? '');
const tile = (abbreviation: string) => {
	const found = TILES.find((one) => one.abbreviation === abbreviation);
	if (!found) throw new Error(`no tile ${abbreviation}`);
	return found;
};

describe('the tiles', () => {
	it('are one for each of the 86, each in a place of its own, narrow enough for a telephone', () => {
		expect(PROVINCES).toHaveLength(86);
		expect(PROVINCES.filter((abbreviation) => TILES.filter((one) => one.abbreviation === abbreviation).length !== 1)).toEqual([]);
		expect(TILES).toHaveLength(107);
		expect(new Set(TILES.map(({ row, column }) => `${row}/${column}`)).size).toBe(107);
		expect(COLUMNS).toBeLessThanOrEqual(13);
	});

	it('have north above south', () => {
		for (const [north = '', south = ''] of ['SO BS', 'BZ TN', 'TN VR', 'BL TV', 'VB NO', 'TO CN', 'BI VC', 'NO AL', 'LC LO', 'MN MO', 'PD RO', 'RO FE', 'BO FI', 'RA RN', 'AR PG', 'FI SI', 'SI GR', 'PU MC', 'MC AP', 'AP TE', 'VT LT', 'AQ FR', 'IS BN', 'CE SA', 'BN AV', 'FG PZ', 'BA TA', 'BR LE', 'PZ CS', 'CS CZ', 'CZ VV', 'VV RC', 'PA AG', 'ME SR', 'EN RG', 'SS OR', 'NU SU'].map((pair) => pair.split(' '))) {
			expect({ north, south, right: tile(north).row < tile(south).row }).toEqual({ north, south, right: true });
		}
	});

	it('have west to the left of east', () => {
		for (const [west = '', east = ''] of ['AO BI', 'TO NO', 'NO MI', 'VA CO', 'CO LC', 'LC BG', 'BG TN', 'BS VR', 'VR VI', 'VI TV', 'TV PN', 'CR MN', 'PC PR', 'PR RE', 'RE MO', 'MO FE', 'IM SV', 'SV GE', 'GE SP', 'LU PO', 'PI FI', 'LI SI', 'SI PG', 'PG AN', 'VT RI', 'RI TE', 'LT FR', 'FR IS', 'CE BN', 'CB FG', 'PZ MT', 'MT BR', 'SA CS', 'TA LE', 'CZ KR', 'TP PA', 'PA ME', 'AG CL', 'CL EN', 'RG SR', 'OR NU', 'SS RM'].map((pair) => pair.split(' '))) {
			expect({ west, east, right: tile(west).column < tile(east).column }).toEqual({ west, east, right: true });
		}
	});

	it('are walked with the arrow keys, over the sea too', () => {
		const towards = (from: string, key: string) => tileTowards(tile(from), key, TILES)?.abbreviation;
		expect(towards('TN', 'ArrowDown')).toBe('VI');
		expect(towards('TN', 'ArrowRight')).toBe('BL');
		expect(towards('NU', 'ArrowRight')).toBe('NA');
		expect(towards('SR', 'ArrowDown')).toBeUndefined();
		expect(towards('SR', 'Enter')).toBeUndefined();
	});
});

describe('the steps', () => {
	it('are thirds of the target, the target, and a third beyond', () => {
		expect([0, 1, 2, 3, 4].map((people) => stepOf({ from: people, to: people }, 3))).toEqual([0, 1, 2, 3, 4]);
		expect([0, 4, 5, 9, 10, 14, 15, 19, 20, 99].map((people) => stepOf({ from: people, to: people }, 15))).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4]);
	});

	it('of a band are told only where the band leaves no doubt', () => {
		expect(stepOf({ from: 0, to: 4 }, 15)).toBe(0);
		expect(stepOf({ from: 10, to: 14 }, 15)).toBe(2);
		expect(stepOf({ from: 0, to: 4 }, 5)).toBeNull();
		expect(stepOf({ from: 5, to: 9 }, 5)).toBe(3);
	});
});
