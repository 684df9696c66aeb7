/** Told when so many minutes are left. */
const MARKS = [10, 5, 1];
const MINUTE = 60;

/**
 * Counts down to the server's end of an attempt. The browser's clock measures only the time since the server last spoke,
 * so that a wrong clock, or a page that slept, does no harm: `sync` again and it is right.
 */
export class Countdown {
	/** Whole seconds left. */
	left = $state(0);
	/** Minutes left at the last mark that was passed: to be said aloud. Null before the first. */
	mark = $state<number | null>(null);
	#due = 0;

	constructor(remainingSeconds: number) {
		this.left = Math.max(0, remainingSeconds);
	}

	sync(remainingSeconds: number): void {
		this.#due = Date.now() + remainingSeconds * 1000;
		this.#tick();
	}

	/** In the browser. @param onzero called once, at the end. @returns how to stop. */
	start(onzero: () => void): () => void {
		this.#due = Date.now() + this.left * 1000;
		const timer = setInterval(() => {
			this.#tick();
			if (this.left > 0) return;
			clearInterval(timer);
			onzero();
		}, 500);
		return () => clearInterval(timer);
	}

	#tick(): void {
		const left = Math.max(0, Math.ceil((this.#due - Date.now()) / 1000));
		const passed = MARKS.filter((mark) => this.left > mark * MINUTE && left <= mark * MINUTE);
		this.left = left;
		if (passed.length > 0) this.mark = Math.min(...passed);
	}
}
