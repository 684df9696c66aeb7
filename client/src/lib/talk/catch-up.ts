const FIRST_MS = 2000;
const LONGEST_MS = 30_000;

/**
 * Asks for what was missed, one question at a time. What is wanted while one is on its way is asked once more after it; what fails is asked again by itself, ever more rarely:
 * where nobody writes, no hint would bring it. Knows no network.
 */
export class CatchUp {
	private asking: Promise<void> | undefined;
	private again = false;
	private pause = FIRST_MS;
	private timer: ReturnType<typeof setTimeout> | undefined;
	private isOver = false;

	/** @param ask fetches; what it throws is a failure. @param isHopeless whether a failure will be the same the next time. */
	constructor(
		private readonly ask: () => Promise<void>,
		private readonly isHopeless: (failure: unknown) => boolean = () => false
	) {}

	/** @returns when what was asked for is there, or could not be had. */
	now(): Promise<void> {
		if (this.asking) {
			this.again = true;
			return this.asking;
		}
		clearTimeout(this.timer);
		this.asking = this.ask()
			.then(
				() => (this.pause = FIRST_MS),
				(failure: unknown) => this.later(failure)
			)
			.then(() => {
				this.asking = undefined;
				if (!this.again || this.isOver) return;
				this.again = false;
				void this.now();
			});
		return this.asking;
	}

	/** Nobody looks any more. */
	stop(): void {
		this.isOver = true;
		clearTimeout(this.timer);
	}

	private later(failure: unknown): void {
		if (this.isOver || this.isHopeless(failure)) return;
		this.timer = setTimeout(() => void this.now(), this.pause);
		this.pause = Math.min(LONGEST_MS, 2 * this.pause);
	}
}
