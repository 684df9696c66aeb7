/** Gathers what comes and hands it on together, at most every `everyMs`: for who listens, many at once are one sentence. */
export class InBatches<T> {
	private items: T[] = [];
	private timer: ReturnType<typeof setTimeout> | undefined;

	constructor(
		private readonly handOn: (items: T[]) => void,
		private readonly everyMs: number
	) {}

	add(items: readonly T[]): void {
		if (items.length === 0) return;
		this.items.push(...items);
		// The first one starts the clock: what comes later does not put it off
		this.timer ??= setTimeout(() => {
			this.timer = undefined;
			this.handOn(this.items.splice(0));
		}, this.everyMs);
	}

	stop(): void {
		clearTimeout(this.timer);
		this.timer = undefined;
		this.items = [];
	}
}
