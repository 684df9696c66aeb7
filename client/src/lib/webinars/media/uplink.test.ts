import { describe, expect, it } from '@jest/globals';
import { isFinalAtDoor, isFinalOnLine, pauseBefore } from './refusals.ts';
import { SomeTimes } from './some-times.ts';
import { Uplink, UPLINK } from './uplink.ts';

/** An uplink whose questions are answered after `trip` ms, looked at four times a second. */
function line() {
	const uplink = new Uplink();
	let now = 0;
	const run = (forMs: number, trip: number, buffered = 0): void => {
		for (const until = now + forMs; now < until; now += 250) {
			if (!uplink.isAsking) uplink.asked(now);
			uplink.look(now, buffered);
			if (trip < 250) uplink.answered(now + trip);
		}
	};
	run(1000, 40);
	return { uplink, run, answer: () => uplink.answered(now) };
}

describe('the way up', () => {
	it('takes everything where it is free, and a single large picture is no heap', () => {
		const { uplink, run } = line();
		run(10_000, 60);
		uplink.look(12_000, 500_000);
		uplink.look(12_250, 0);
		expect(uplink.level).toBe(UPLINK.everything);
	});

	it('loses the large picture first, then all pictures, as answers stay away', () => {
		const { uplink, run } = line();
		run(750, 1000);
		expect(uplink.level).toBe(UPLINK.everything);
		run(250, 1000);
		expect(uplink.level).toBe(UPLINK.small);
		run(1000, 1000);
		expect(uplink.level).toBe(UPLINK.sound);
	});

	it('loses them, too, where they heap up in the browser', () => {
		const { uplink, run } = line();
		run(500, 40, 120_000);
		expect(uplink.level).toBe(UPLINK.small);
		run(500, 40, 300_000);
		expect(uplink.level).toBe(UPLINK.sound);
	});

	it('climbs slowly, and more slowly after a climb that failed', () => {
		const { uplink, run } = line();
		run(500, 40, 300_000);
		run(2000, 40);
		expect(uplink.level).toBe(UPLINK.sound);
		run(500, 40);
		expect(uplink.level).toBe(UPLINK.small);
		run(6500, 40);
		expect(uplink.level).toBe(UPLINK.everything);
		run(500, 40, 120_000);
		expect(uplink.level).toBe(UPLINK.small);
		run(11_500, 40);
		expect(uplink.level).toBe(UPLINK.small);
		run(1000, 40);
		expect(uplink.level).toBe(UPLINK.everything);
	});

	it('begins anew with another line, at the level that was learned', () => {
		const { uplink, run } = line();
		run(2000, 1000);
		uplink.restart();
		expect(uplink.isAsking).toBe(false);
		expect(uplink.level).toBe(UPLINK.sound);
		run(2500, 40);
		expect(uplink.level).toBe(UPLINK.small);
	});
});

describe('who is not let in', () => {
	it('stays out for good where the door says so, and tries again where the line or the server failed', () => {
		for (const code of ['webinar-removed', 'webinar-over', 'webinar-cancelled', 'webinar-not-registered', 'webinar-doors-closed', 'not-found', 'malformed']) expect(isFinalAtDoor(code)).toBe(true);
		for (const code of ['internal', 'gone', 'joined-already', 'line']) expect(isFinalAtDoor(code)).toBe(false);
		expect(isFinalOnLine('not-signed-in')).toBe(true);
		for (const message of ['websocket error', 'timeout', 'xhr poll error', 'internal']) expect(isFinalOnLine(message)).toBe(false);
	});

	it('waits longer each time, by chance, and never too long', () => {
		expect([pauseBefore(0, 0), pauseBefore(0, 1), pauseBefore(2, 0)]).toEqual([500, 2000, 2000]);
		expect(pauseBefore(50, 1)).toBe(40_000);
	});
});

it('something may be done so often in a while, and then again later', () => {
	const times = new SomeTimes(2, 1000);
	expect([0, 10, 20, 900, 1005, 1008, 1011].map((now) => times.once(now))).toEqual([true, true, false, false, true, false, true]);
});
