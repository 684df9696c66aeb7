import type { AreaCode } from '$contract/common.ts';
import type { Count, Figures, MemberStatistics } from '$contract/statistics.ts';
import { m } from '$lib/paraglide/messages.js';
import { minutes, number, percent } from '$lib/ui/format.ts';

/** Short names of the areas, where the long ones have no room. */
export const areaShort = (area: AreaCode): string =>
	({ appalti: m.statistics_area_appalti, europa: m.statistics_area_europa, innovazione: m.statistics_area_innovazione, personale: m.statistics_area_personale })[area]();

/** As short as a tile: `7`, `5–9`, `<5`. */
export function countShort(count: Count): string {
	if (count.value !== null) return number(count.value);
	return count.hidden ? `<${number(count.to + 1)}` : `${number(count.from)}–${number(count.to)}`;
}

/** In words, which a screen reader says right: «da 5 a 9», «meno di 5». */
export function countWords(count: Count): string {
	if (count.value !== null) return number(count.value);
	return count.hidden ? m.statistics_hidden({ limit: number(count.to + 1) }) : m.statistics_range({ from: number(count.from), to: number(count.to) });
}

/** Hours without minutes: at this scale nobody counts them. */
export const hoursWords = (total: number | null): string => (total === null ? m.statistics_not_shown() : minutes(Math.round(total / 60) * 60));

export function testsWords(tests: Figures['tests']): string {
	if (tests === null) return m.statistics_not_shown();
	return m.statistics_tests_fraction({ passed: number(tests.passed), taken: number(tests.taken), share: tests.taken === 0 ? '–' : percent(tests.passed / tests.taken) });
}

/** The place of a Province in the table, where its tile leads. */
export const rowId = ({ istatCode }: Pick<MemberStatistics, 'istatCode'>): string => `provincia-${istatCode}`;
