/** A crowd that is told at once does not ask at once, and asks once for many hints. */
const SPREAD_MS = 600;

/** @returns what to call at each hint; `work` follows soon, once for all that came meanwhile. */
export function soon(work: () => Promise<unknown>): () => void {
	let waiting = false;
	return () => {
		if (waiting) return;
		waiting = true;
		setTimeout(() => {
			waiting = false;
			// What nobody asked for fails without a word: the next hint looks again
			work().catch(() => undefined);
		}, 100 + Math.random() * SPREAD_MS);
	};
}
