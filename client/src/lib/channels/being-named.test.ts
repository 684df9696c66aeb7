import { describe, expect, it } from '@jest/globals';
import { beingNamed } from './being-named.ts';

describe('who is being named', () => {
	it.each([
		['@a', 'a'],
		['Chiedi a @Ada Ri', 'Ada Ri'],
		['(@Nicolò', 'Nicolò'],
		["Ciao\n@D'A", "D'A"]
	])('in %j is %j', (before, words) => expect(beingNamed(before)).toBe(words));
	it.each(['', '@', 'scrivi a ufficio@provincia', '@Ada Rizzo ha detto che', 'il 3@', '@Ada Rizzo, '])('in %j is nobody', (before) => expect(beingNamed(before)).toBeUndefined());
});
