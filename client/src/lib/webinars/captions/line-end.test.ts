import { describe, expect, it } from '@jest/globals';
import { isDone } from './line-end.ts';

describe('a line of what is said goes by itself', () => {
	it.each(['La convenzione è firmata. ', 'Chi la firma, allora? ', 'Ha detto: «È firmata!» ', `${'parola '.repeat(10)}`])('after %j', (text) => expect(isDone(text)).toBe(true));
	it.each(['', 'Sì. ', 'La convenzione è firmata.', 'La convenzione è ', `${'parola '.repeat(10)}anc`, 'art. '])('not after %j', (text) => expect(isDone(text)).toBe(false));
});
