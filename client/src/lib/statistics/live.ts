import { lookAgain } from '$lib/look-again.ts';
import { listen } from '$lib/socket.ts';

/** `depends` key of what shows the programme's figures. */
export const STATISTICS = 'pico:statistics';

/** All who look hear the same hint at once: they ask again within this time, not all in the same instant. */
const SPREAD_MS = 1000;

/** Looks again when figures change; hints that come while one is followed are one. Call it in an `$effect`. */
export function followStatistics(): () => void {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const look = () => {
		timer ??= setTimeout(() => {
			timer = undefined;
			void lookAgain(STATISTICS);
		}, 100 + Math.random() * SPREAD_MS);
	};
	const stop = listen('statistics:changed', look, { topic: 'statistics', refetch: look });
	return () => {
		clearTimeout(timer);
		stop();
	};
}
