/** How much of the picture leaves: all sizes, the small one alone, none. Sound always does. */
export const UPLINK = { everything: 0, small: 1, sound: 2 } as const;
export type UplinkLevel = (typeof UPLINK)[keyof typeof UPLINK];

/** What was sent is so much later than on a free line, ms. */
const LATE_MS = 500;
const VERY_LATE_MS = 1200;
/** So much waits in the browser: a second of everything, and then some. */
const HEAPED_BYTES = 96 * 1024;
const VERY_HEAPED_BYTES = 256 * 1024;
const CLEAR_MS = 250;
/** The picture comes back when the line has been clear for so long; the large one must be earned. */
const SMALL_AFTER_MS = 2000;
const LARGE_AFTER_MS = 6000;
const LONGEST_MS = 60_000;
/** The quickest answer is forgotten slowly, because lines change; ms an answer. */
const FORGET_MS = 1;

/**
 * Watches how late what a presenter sends becomes: TCP keeps the order, so an answer to a question says that everything before it has arrived too.
 * Falls at once, climbs slowly, and more slowly after each climb that failed.
 */
export class Uplink {
	level: UplinkLevel = UPLINK.everything;
	private askedAt: number | undefined;
	private trip = 0;
	private quickest = Infinity;
	private clearSince: number | undefined;
	private climbedAt = -Infinity;
	private largeAfter = LARGE_AFTER_MS;
	private heapedBefore = false;

	/** Whether an answer is still awaited. */
	get isAsking(): boolean {
		return this.askedAt !== undefined;
	}

	asked(now: number): void {
		this.askedAt = now;
	}

	answered(now: number): void {
		if (this.askedAt === undefined) return;
		this.trip = now - this.askedAt;
		this.quickest = Math.min(this.trip, this.quickest + FORGET_MS);
		this.askedAt = undefined;
	}

	/** The line broke: what comes next is another. The level stays, it was learned. */
	restart(): void {
		this.askedAt = undefined;
		this.trip = 0;
		this.quickest = Infinity;
		this.clearSince = undefined;
	}

	/** @param now ms. @param buffered bytes that wait in the browser. @returns whether the level changed. */
	look(now: number, buffered: number): boolean {
		const before = this.level;
		const waited = Math.max(this.trip, this.askedAt === undefined ? 0 : now - this.askedAt);
		const lag = Math.max(0, waited - (Number.isFinite(this.quickest) ? this.quickest : 0));
		// A single large picture that has just been written is no heap
		const heaped = buffered > HEAPED_BYTES;
		const low = lag > VERY_LATE_MS || (buffered > VERY_HEAPED_BYTES && this.heapedBefore) ? UPLINK.sound : lag > LATE_MS || (heaped && this.heapedBefore) ? UPLINK.small : UPLINK.everything;
		this.heapedBefore = heaped;
		if (lag > CLEAR_MS || heaped) this.clearSince = undefined;
		else this.clearSince ??= now;
		if (low > this.level) this.fall(now, low);
		else if (this.clearSince !== undefined) this.climb(now, now - this.clearSince);
		return this.level !== before;
	}

	private fall(now: number, level: UplinkLevel): void {
		if (now - this.climbedAt < LARGE_AFTER_MS) this.largeAfter = Math.min(LONGEST_MS, this.largeAfter * 2);
		this.level = level;
	}

	private climb(now: number, clearFor: number): void {
		if (this.level === UPLINK.everything || clearFor < (this.level === UPLINK.sound ? SMALL_AFTER_MS : this.largeAfter)) return;
		this.level = this.level === UPLINK.sound ? UPLINK.small : UPLINK.everything;
		if (this.level === UPLINK.everything) this.climbedAt = now;
		this.clearSince = now;
	}
}
