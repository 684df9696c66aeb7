import { m } from '$lib/paraglide/messages.js';

/** How much of the picture one wants: as much as the line takes, the small one, or none. */
export const QUALITIES = ['auto', 'small', 'sound'] as const;
export type Quality = (typeof QUALITIES)[number];

/** The lowest rung of the relay's ladder that each asks for. */
export const rungOf = (quality: Quality): number => ({ auto: 0, small: 2, sound: 3 })[quality];

const KEY = 'pico-sala-qualita';

/** What was chosen in this browser the last time. */
export function rememberedQuality(): Quality {
	try {
		const kept = localStorage.getItem(KEY);
		return QUALITIES.find((quality) => quality === kept) ?? 'auto';
	} catch {
		// Browsers may forbid to keep anything: then nothing is remembered
		return 'auto';
	}
}

export function rememberQuality(quality: Quality): void {
	try {
		localStorage.setItem(KEY, quality);
	} catch {
		// As above
	}
}

/** What is being received now, in words: why it is less than everything, where it is. */
export function rungWords(rung: number, quality: Quality): string {
	if (rung >= 3) return quality === 'sound' ? m.live_rung_sound_chosen() : rung === 3 ? m.live_rung_3() : m.live_rung_4();
	if (rung === 2) return quality === 'small' ? m.live_rung_small_chosen() : m.live_rung_2();
	return rung === 1 ? m.live_rung_1() : m.live_rung_0();
}
