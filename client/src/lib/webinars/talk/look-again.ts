/** A crowd that is told at once does not ask at once: each waits for so long at most, by chance. */
const SPREAD_MS = 1000;
/** While a crowd votes there is a hint a vote: who has just looked looks again only after so long. */
const PAUSE_MS = 3000;

/**
 * @param wait how to wait: ms, by `setTimeout` and `Math.random` where nothing else is said.
 * @returns what to call at each hint; `work` follows soon, once for all that came meanwhile, and not before it was done the last time.
 */
export function soon(work: () => Promise<unknown>, wait: (ms: number) => Promise<void> = (ms) => new Promise((resolve) => setTimeout(resolve, ms)), chance: () => number = Math.random): () => void {
	let hinted = false;
	let running = false;
	async function run(): Promise<void> {
		running = true;
		while (hinted) {
			await wait(chance() * SPREAD_MS);
			hinted = false;
			// What nobody asked for fails without a word: the next hint looks again
			await work().catch(() => undefined);
			await wait(PAUSE_MS + chance() * SPREAD_MS);
		}
		running = false;
	}
	return () => {
		hinted = true;
		if (!running) void run();
	};
}
