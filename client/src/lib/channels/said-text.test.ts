import { describe, expect, it } from '@jest/globals';
import { saidText } from './said-text.ts';

const ADA = { id: 'a', name: 'Ada Rizzo' };
const LONGER = { id: 'b', name: 'Ada Rizzotti' };

describe('a message of a channel in pieces', () => {
	it('has the names of those whom it names, and addresses', () => {
		expect(saidText('Chiedi a @Ada Rizzo: https://upi.example/a.', [ADA])).toEqual([
			{ text: 'Chiedi a ' },
			{ text: '@Ada Rizzo', person: 'a' },
			{ text: ': ' },
			{ text: 'https://upi.example/a', href: 'https://upi.example/a' },
			{ text: '.' }
		]);
	});
	it('takes the longer of two names that begin alike, each as often as it stands', () => {
		expect(saidText('@Ada Rizzotti e @Ada Rizzo, poi @Ada Rizzo', [ADA, LONGER]).filter(({ person }) => person)).toEqual([
			{ text: '@Ada Rizzotti', person: 'b' },
			{ text: '@Ada Rizzo', person: 'a' },
			{ text: '@Ada Rizzo', person: 'a' }
		]);
	});
	it('is words alone where nobody is named', () => expect(saidText('@Ada Rizzo', [])).toEqual([{ text: '@Ada Rizzo' }]));
});
