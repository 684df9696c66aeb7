import { getLocale } from '$lib/paraglide/runtime.js';

const ZONE = 'Europe/Rome';
const TAGS = { it: 'it-IT', en: 'en-GB' } as const;
/** Makes each once: to make a formatter costs hundreds of times more than to use it, and a page shows dozens of dates. */
function many<K, T>(make: (key: K) => T): (key: K) => T {
	const made = new Map<K, T>();
	return (key) => {
		let one = made.get(key);
		if (one === undefined) made.set(key, (one = make(key)));
		return one;
	};
}

/** One for each language. */
function kept<T>(make: (tag: string) => T): () => T {
	const of = many(make);
	return () => of(TAGS[getLocale()]);
}

const dates = (options: Intl.DateTimeFormatOptions) => kept((tag) => new Intl.DateTimeFormat(tag, { timeZone: ZONE, ...options }));
const numbers = (options: Intl.NumberFormatOptions) => kept((tag) => new Intl.NumberFormat(tag, options));

const longDate = dates({ day: 'numeric', month: 'long', year: 'numeric' });
const digitsDate = dates({ day: '2-digit', month: '2-digit', year: 'numeric' });
const clockTime = dates({ hour: '2-digit', minute: '2-digit' });
const longMonth = dates({ month: 'long', year: 'numeric' });
const justYear = dates({ year: 'numeric' });
const decimal = many((digits: number) => numbers({ maximumFractionDigits: digits, useGrouping: 'always' }));
const percentage = many((digits: number) => numbers({ style: 'percent', maximumFractionDigits: digits }));
const inUnit = many((unit: string) => numbers({ style: 'unit', unit, maximumFractionDigits: 1 }));
const conjunction = kept((tag) => new Intl.ListFormat(tag, { type: 'conjunction' }));
const agoExactly = kept((tag) => new Intl.RelativeTimeFormat(tag, { numeric: 'always' }));
const justNow = kept((tag) => new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }));

type Instant = Date | string | number;

/** 24 novembre 2026 */
export const date = (value: Instant) => longDate().format(new Date(value));
/** 24/11/2026 */
export const shortDate = (value: Instant) => digitsDate().format(new Date(value));
/** 09:30 */
export const time = (value: Instant) => clockTime().format(new Date(value));
/** 24 novembre 2026, 09:30 */
export const dateTime = (value: Instant) => `${date(value)}, ${time(value)}`;
/** novembre 2026 */
export const month = (value: Instant) => longMonth().format(new Date(value));
/** 2026, of the year that it is in Rome */
export const romeYear = (value: Instant) => justYear().format(new Date(value));
/** From one day to another, the common parts said once. */
export const dateRange = (from: Instant, to: Instant) =>
	longDate()
		.formatRangeToParts(new Date(from), new Date(to))
		// The Italian pattern of a range writes 07, though that of a day writes 7
		.map(({ type, value }) => (type === 'day' ? value.replace(/^0/, '') : value))
		.join('');

/** 1.290 */
export const number = (value: number, decimals = 0) => decimal(decimals)().format(value);
/** A fraction as a percentage: 0.666 → 67 % */
export const percent = (fraction: number, decimals = 0) => percentage(decimals)().format(fraction);
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
	return inUnit(units[step] ?? 'byte')().format(value);
}
/** A list in words: «a, b e c» */
export const list = (items: readonly string[]) => conjunction().format(items);

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** «3 ore fa»; what is older than a week is a date. */
export function relative(value: Instant, now: number = Date.now()): string {
	const seconds = Math.round((now - new Date(value).getTime()) / 1000);
	const ago = (amount: number, unit: Intl.RelativeTimeFormatUnit) => (amount === 0 ? justNow() : agoExactly()).format(-amount, unit);
	// A clock that is a little behind the server's
	if (seconds < MINUTE) return ago(0, 'second');
	if (seconds < HOUR) return ago(Math.floor(seconds / MINUTE), 'minute');
	if (seconds < DAY) return ago(Math.floor(seconds / HOUR), 'hour');
	return seconds < WEEK ? ago(Math.floor(seconds / DAY), 'day') : date(value);
}
