/** The speeds at which a video can be watched. */
export const SPEEDS: readonly number[] = [0.75, 1, 1.25, 1.5, 2];

const KEY = 'pico:velocita-video';

/** The speed chosen last on this device. Call it in the browser. */
export function keptSpeed(): number {
	try {
		const kept = Number(localStorage.getItem(KEY));
		return SPEEDS.includes(kept) ? kept : 1;
	} catch {
		return 1; // a browser that keeps nothing
	}
}

export function keepSpeed(speed: number): void {
	try {
		localStorage.setItem(KEY, String(speed));
	} catch {
		// It holds for this video only
	}
}
