/** Answers that could not be sent yet, kept on this device so that a reload or a crash does not lose them. */
export class Leftovers {
	readonly #key: string;

	constructor(attemptId: string) {
		this.#key = `pico:risposte:${attemptId}`;
	}

	/** Question and option of each. */
	read(): [string, string][] {
		try {
			const kept: unknown = JSON.parse(localStorage.getItem(this.#key) ?? '[]');
			return Array.isArray(kept) ? kept.filter(isPair) : [];
		} catch {
			return [];
		}
	}

	write(pairs: [string, string][]): void {
		try {
			if (pairs.length === 0) localStorage.removeItem(this.#key);
			else localStorage.setItem(this.#key, JSON.stringify(pairs));
		} catch {
			// A browser that keeps nothing: they stay in the page
		}
	}
}

const isPair = (value: unknown): value is [string, string] => Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string');
