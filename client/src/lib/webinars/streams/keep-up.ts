/** Further behind than this one hears it again from nearly now: who waits for the others to answer must not hear the question first. */
const MOST_BEHIND_S = 4;
const RESUME_BEHIND_S = 0.8;
/** Creeps up by playing a little faster. */
const HURRY_BEHIND_S = 1.6;
const HURRIED = 1.08;
/** So far a picture may be from its voice before it leaps to it; nearer than this nobody sees it. */
const APART_S = 0.5;
const TOGETHER_S = 0.04;
const MOST_FASTER = 0.1;

export interface Held {
	/** The newest piece without a hole: seconds on the room's clock. */
	start: number;
	end: number;
	/** Where it plays. */
	at: number;
}

/**
 * Where and how fast something that happens now goes on.
 * @param voiceAt where the voice that belongs to a picture is; undefined: there is none, or it does not play.
 * @returns `at`: where to leap; undefined: it goes on from where it is
 */
export function keepUp({ start, end, at }: Held, voiceAt?: number): { at?: number; rate: number } {
	if (voiceAt !== undefined && voiceAt >= start && voiceAt <= end) {
		const apart = voiceAt - at;
		if (Math.abs(apart) > APART_S) return { at: voiceAt, rate: 1 };
		return { rate: Math.abs(apart) < TOGETHER_S ? 1 : 1 + Math.max(-MOST_FASTER, Math.min(MOST_FASTER, apart)) };
	}
	const behind = end - at;
	if (at < start || behind > MOST_BEHIND_S) return { at: Math.max(start, end - RESUME_BEHIND_S), rate: 1 };
	return { rate: behind > HURRY_BEHIND_S ? HURRIED : 1 };
}
