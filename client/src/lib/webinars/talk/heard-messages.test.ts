import { describe, expect, it, jest } from '@jest/globals';
import type { RoomMessage, RoomMessages } from '../../../../../server/contract/room-talk.ts';
import { HeardMessages } from './heard-messages.ts';
import { InBatches } from '../../talk/in-batches.ts';
import { soon } from './look-again.ts';

const ME = 'me';
const message = (sequence: number, more: Partial<RoomMessage> = {}): RoomMessage => ({ sequence, at: '', author: { id: 'other', name: '', role: 'attendee' }, clientId: String(sequence), text: `n. ${sequence}`, toStaff: false, ...more });
const mine = (sequence: number) => message(sequence, { author: { id: ME, name: '', role: 'attendee' }, toStaff: true });
const page = (items: RoomMessage[], more: Partial<RoomMessages> = {}): RoomMessages => {
	const last = items.at(-1)?.sequence ?? 0;
	return { items, hidden: [], upTo: last, last, slowSeconds: 0, locked: false, abilities: { write: true, moderate: false }, ...more };
};
const moderate = { abilities: { write: true, moderate: true } };
const numbers = (heard: HeardMessages) => heard.messages.map(({ sequence }) => sequence);

describe('what was heard', () => {
	it('keeps one’s own message to who runs the room, whichever comes first: the answer, or that a number passed', () => {
		for (const order of ['answer', 'passed']) {
			const heard = new HeardMessages();
			heard.caughtUp(page([message(1)]), ME);
			if (order === 'answer') heard.said(mine(2));
			heard.passed(2);
			if (order === 'passed') heard.said(mine(2));
			expect(numbers(heard)).toEqual([1, 2]);
			expect(heard.misses(2)).toBe(false);
		}
	});

	it('has each message once, in order, and knows where one is missing', () => {
		const heard = new HeardMessages();
		heard.caughtUp(page([message(1)]), ME);
		expect(heard.said(message(3))).toHaveLength(1);
		expect(heard.misses(3)).toBe(true);
		expect(heard.caughtUp(page([message(2), message(3)]), ME).fresh.map(({ sequence }) => sequence)).toEqual([2]);
		expect(heard.said(message(3))).toEqual([]);
		expect([numbers(heard), heard.misses(3)]).toEqual([[1, 2, 3], false]);
	});

	it('counts a number that passed as missing for who keeps order, until its message is there', () => {
		const heard = new HeardMessages();
		heard.caughtUp(page([message(1)], moderate), ME);
		heard.passed(2);
		expect(heard.misses(2)).toBe(true);
		heard.said(message(2, { toStaff: true }));
		heard.passed(2);
		expect(heard.misses(2)).toBe(false);
	});

	it('asks for what went by before the role was passed, and forgets what is not for her when it is taken', () => {
		const heard = new HeardMessages();
		heard.caughtUp(page([message(4), message(6)]), ME);
		expect(heard.caughtUp(page([], { upTo: 6, last: 6, ...moderate }), ME).more).toBe(true);
		expect(heard.upTo).toBe(3);
		expect(heard.caughtUp(page([message(4), message(5, { toStaff: true }), message(6)], moderate), ME)).toMatchObject({ fresh: [{ sequence: 5 }], more: false });
		expect(numbers(heard)).toEqual([4, 5, 6]);
		heard.said(mine(7));
		heard.caughtUp(page([], { upTo: 7, last: 7 }), ME);
		expect(numbers(heard)).toEqual([4, 6, 7]);
	});

	it('does not show again what was taken away while an older answer was on its way, or while one was not there', () => {
		const heard = new HeardMessages();
		heard.hide([2]);
		heard.caughtUp(page([message(1), message(2)]), ME);
		expect(heard.messages.map(({ text }) => text)).toEqual(['n. 1', null]);
		heard.caughtUp(page([], { upTo: 2, last: 2, hidden: [1] }), ME);
		expect(heard.messages.map(({ text }) => text)).toEqual([null, null]);
	});
});

it('what comes is told together, and what goes on coming does not put it off', () => {
	jest.useFakeTimers();
	const told: number[][] = [];
	const batches = new InBatches<number>((items) => told.push(items), 4000);
	for (let i = 0; i < 9; i += 1) {
		batches.add([i]);
		jest.advanceTimersByTime(1000);
	}
	expect(told).toEqual([[0, 1, 2, 3], [4, 5, 6, 7]]);
	batches.stop();
	jest.advanceTimersByTime(10_000);
	expect(told).toHaveLength(2);
	jest.useRealTimers();
});

it('a crowd that is told of every vote looks again a few times, not at each', async () => {
	jest.useFakeTimers();
	let looked = 0;
	const hint = soon(async () => {
		looked += 1;
		if (looked === 1) throw new Error('the network is away');
	}, undefined, () => 0.5);
	hint();
	await jest.advanceTimersByTimeAsync(499);
	expect(looked).toBe(0);
	await jest.advanceTimersByTimeAsync(1);
	expect(looked).toBe(1);
	for (let i = 0; i < 200; i += 1) {
		hint();
		await jest.advanceTimersByTimeAsync(50);
	}
	// Ten seconds of votes: every four seconds, and the last of them is seen
	await jest.advanceTimersByTimeAsync(10_000);
	expect(looked).toBe(4);
	jest.useRealTimers();
});
