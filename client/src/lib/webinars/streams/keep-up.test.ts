import { describe, expect, it } from '@jest/globals';
import { keepUp } from './keep-up.ts';

describe('what happens now', () => {
	it('goes on while it is near, hurries a little where it is not, and leaps where it is far', () => {
		expect(keepUp({ start: 0, end: 10, at: 9.2 })).toEqual({ rate: 1 });
		expect(keepUp({ start: 0, end: 10, at: 8 })).toEqual({ rate: 1.08 });
		expect(keepUp({ start: 0, end: 10, at: 5 })).toEqual({ at: 9.2, rate: 1 });
	});

	it('does not wait before a hole, nor at the beginning of a clock that runs already', () => {
		expect(keepUp({ start: 100, end: 100.2, at: 98 })).toEqual({ at: 100, rate: 1 });
		expect(keepUp({ start: 5000, end: 5003, at: 0 })).toEqual({ at: 5002.2, rate: 1 });
	});

	it('is with its voice: slower or faster, by a leap where it is far, and on its own where its voice is not there', () => {
		expect(keepUp({ start: 0, end: 10, at: 9 }, 9.02)).toEqual({ rate: 1 });
		expect(keepUp({ start: 0, end: 10, at: 9 }, 9.06).rate).toBeCloseTo(1.06);
		expect(keepUp({ start: 0, end: 10, at: 9 }, 8.7).rate).toBeCloseTo(0.9);
		expect(keepUp({ start: 0, end: 10, at: 9 }, 7)).toEqual({ at: 7, rate: 1 });
		expect(keepUp({ start: 5, end: 10, at: 9.2 }, 3)).toEqual({ rate: 1 });
		expect(keepUp({ start: 5, end: 10, at: 9.2 }, 12)).toEqual({ rate: 1 });
	});
});
