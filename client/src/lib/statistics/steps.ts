import type { Count } from '$contract/statistics.ts';

/** How far a Province is on its way: below a third of the target, below two thirds, below it, there, a third beyond. */
export const STEPS = [0, 1, 2, 3, 4] as const;
export type Step = (typeof STEPS)[number];

const stepOfNumber = (people: number, target: number): Step => {
	const thirds = Math.floor((people * 3) / target);
	return thirds >= 4 ? 4 : (Math.max(0, thirds) as Step);
};

/** The step of a count, also of one known as a band; null where the band leaves it open whether the target is reached. */
export function stepOf({ from, to }: Pick<Count, 'from' | 'to'>, target: number): Step | null {
	const least = stepOfNumber(from, target);
	return least >= 3 || least === stepOfNumber(to, target) ? least : null;
}

/** Fill and ink of each step, from pale to dark; the ink is readable on the fill. */
export const STEP_LOOK: Record<Step, { fill: string; ink: string }> = {
	0: { fill: '#e3edf7', ink: '#17324d' },
	1: { fill: '#b5d3f0', ink: '#17324d' },
	2: { fill: '#6aa8e0', ink: '#0b1f33' },
	3: { fill: '#0059b3', ink: '#ffffff' },
	4: { fill: '#002b57', ink: '#ffffff' }
};
