import { getLocale } from '$lib/paraglide/runtime.js';

const ZONE = 'Europe/Rome';
const TAGS = { it: 'it-IT', en: 'en-GB' } as const;
const cache = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>();

function dates(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
	const key = `d${getLocale()}${JSON.stringify(options)}`;
	const kept = cache.get(key);
	if (kept instanceof Intl.DateTimeFormat) return kept;
	const made = new Intl.DateTimeFormat(TAGS[getLocale()], { timeZone: ZONE, ...options });
	cache.set(key, made);
	return made;
}

function numbers(options: Intl.NumberFormatOptions): Intl.NumberFormat {
	const key = `n${getLocale()}${JSON.stringify(options)}`;
	const kept = cache.get(key);
	if (kept instanceof Intl.NumberFormat) return kept;
	const made = new Intl.NumberFormat(TAGS[getLocale()], options);
	cache.set(key, made);
	return made;
}

type Instant = Date | string | number;

/** 24 novembre 2026 */
export const date = (value: Instant) => dates({ day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(value));
/** 24/11/2026 */
export const shortDate = (value: Instant) => dates({ day: '2-digit', month: '2-digit', year: 'numeric' }).format(new Date(value));
/** 09:30 */
export const time = (value: Instant) => dates({ hour: '2-digit', minute: '2-digit' }).format(new Date(value));
/** 24 novembre 2026, 09:30 */
export const dateTime = (value: Instant) => `${date(value)}, ${time(value)}`;
/** novembre 2026 */
export const month = (value: Instant) => dates({ month: 'long', year: 'numeric' }).format(new Date(value));
/** 2026, of the year that it is in Rome */
export const romeYear = (value: Instant) => dates({ year: 'numeric' }).format(new Date(value));
/** From one day to another, the common parts said once. */
export const dateRange = (from: Instant, to: Instant) =>
	dates({ day: 'numeric', month: 'long', year: 'numeric' })
		.formatRangeToParts(new Date(from), new Date(to))
		// The Italian pattern of a range writes 07, though that of a day writes 7
		.map(({ type, value }) => (type === 'day' ? value.replace(/^0/, '') : value))
		.join('');

/** 1.290 */
export const number = (value: number, decimals = 0) => numbers({ maximumFractionDigits: decimals, useGrouping: 'always' }).format(value);
/** A fraction as a percentage: 0.666 → 67 % */
export const percent = (fraction: number, decimals = 0) => numbers({ style: 'percent', maximumFractionDigits: decimals }).format(fraction);
/** Minutes as people say them: 200 → 3 h 20 min; a correction −30 → −30 min */
export function minutes(total: number): string {
	if (total < 0) return `−${minutes(-total)}`;
	const whole = Math.round(total);
	const hours = Math.floor(whole / 60);
	const rest = whole % 60;
	if (hours === 0) return `${rest} min`;
	return rest === 0 ? `${number(hours)} h` : `${number(hours)} h ${rest} min`;
}
/** 2,4 MB */
export function bytes(size: number): string {
	const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
	let step = 0;
	let value = size;
	while (value >= 1000 && step < units.length - 1) {
		value /= 1000;
		step += 1;
	}
	return numbers({ style: 'unit', unit: units[step] ?? 'byte', maximumFractionDigits: 1 }).format(value);
}
/** A list in words: «a, b e c» */
export const list = (items: readonly string[]) => new Intl.ListFormat(TAGS[getLocale()], { type: 'conjunction' }).format(items);

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** «3 ore fa»; what is older than a week is a date. */
export function relative(value: Instant, now: number = Date.now()): string {
	const seconds = Math.round((now - new Date(value).getTime()) / 1000);
	const ago = (amount: number, unit: Intl.RelativeTimeFormatUnit) => new Intl.RelativeTimeFormat(TAGS[getLocale()], { numeric: amount === 0 ? 'auto' : 'always' }).format(-amount, unit);
	// A clock that is a little behind the server's
	if (seconds < MINUTE) return ago(0, 'second');
	if (seconds < HOUR) return ago(Math.floor(seconds / MINUTE), 'minute');
	if (seconds < DAY) return ago(Math.floor(seconds / HOUR), 'hour');
	return seconds < WEEK ? ago(Math.floor(seconds / DAY), 'day') : date(value);
}
