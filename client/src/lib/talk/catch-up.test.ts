import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { CatchUp } from './catch-up.ts';

beforeEach(() => {
	jest.useFakeTimers();
});
afterEach(() => {
	jest.useRealTimers();
});

/** A question whose answers the test gives. */
function asked() {
	const open: { yes(): void; no(problem?: string): void }[] = [];
	const ask = () => new Promise<void>((yes, no) => open.push({ yes, no: (problem = 'away') => no(new Error(problem)) }));
	return { open, ask };
}
const settle = async () => {
	for (let i = 0; i < 8; i += 1) await Promise.resolve();
};

describe('what was missed', () => {
	it('is asked for once at a time, and once more for all who wanted it meanwhile', async () => {
		const { open, ask } = asked();
		const missed = new CatchUp(ask);
		const first = missed.now();
		void missed.now();
		void missed.now();
		expect(open).toHaveLength(1);
		open[0]?.yes();
		await first;
		await settle();
		expect(open).toHaveLength(2);
		open[1]?.yes();
		await settle();
		expect(open).toHaveLength(2);
	});

	it('is asked for again where that failed, ever more rarely, and at once by who wants it', async () => {
		const { open, ask } = asked();
		const missed = new CatchUp(ask);
		void missed.now();
		for (const [i, ms] of [2000, 4000, 8000].entries()) {
			open[i]?.no();
			await settle();
			jest.advanceTimersByTime(ms - 1);
			expect(open).toHaveLength(i + 1);
			jest.advanceTimersByTime(1);
			expect(open).toHaveLength(i + 2);
		}
		open[3]?.no();
		await settle();
		void missed.now();
		expect(open).toHaveLength(5);
		open[4]?.yes();
		await settle();
		jest.advanceTimersByTime(60_000);
		expect(open).toHaveLength(5);
	});

	it('is not asked for again where there is no hope, nor once nobody looks', async () => {
		const { open, ask } = asked();
		const missed = new CatchUp(ask, (failure) => failure instanceof Error && failure.message === 'gone');
		void missed.now();
		open[0]?.no('gone');
		await settle();
		jest.advanceTimersByTime(60_000);
		expect(open).toHaveLength(1);
		void missed.now();
		open[1]?.no();
		await settle();
		missed.stop();
		jest.advanceTimersByTime(60_000);
		expect(open).toHaveLength(2);
	});
});
