import type { RoomRole, WebinarCard, WebinarKind } from '$contract/webinars.ts';
import { m } from '$lib/paraglide/messages.js';
import { date, time } from '$lib/ui/format.ts';

export const webinarHref = (number: number): string => `/webinar/${number}`;

export const kindWord = (kind: WebinarKind): string => (kind === 'class' ? m.webinars_kind_class() : m.webinars_kind_open());

export const roleWord = (role: RoomRole): string =>
	({
		'organiser': m.webinars_role_organiser, 'presenter': m.webinars_role_presenter, 'co-presenter': m.webinars_role_copresenter, 'moderator': m.webinars_role_moderator, 'attendee': m.webinars_role_attendee,
		'inspector': m.webinars_role_inspector
	})[role]();

type Life = Pick<WebinarCard, 'state' | 'live'>;

/** Where a webinar is in its life, in a word and a colour. */
export function stateOf({ state, live }: Life): { word: string; look: 'neutral' | 'primary' | 'success' | 'danger' } {
	if (state === 'cancelled') return { word: m.webinars_state_cancelled(), look: 'danger' };
	if (state === 'over') return { word: m.webinars_state_over(), look: 'neutral' };
	if (live) return { word: m.webinars_state_live(), look: 'success' };
	return state === 'doors-open' ? { word: m.webinars_state_doors(), look: 'success' } : { word: m.webinars_state_scheduled(), look: 'primary' };
}

/** 10 marzo 2027, dalle 10:00 alle 11:30 */
export const whenWord = ({ startsAt, endsAt }: Pick<WebinarCard, 'startsAt' | 'endsAt'>): string => m.webinars_when({ day: date(startsAt), from: time(startsAt), until: time(endsAt) });

/** A length of time as one says it: its two largest units. */
export function spanWord(seconds: number): string {
	const whole = Math.max(0, Math.floor(seconds));
	const parts = [
		[Math.floor(whole / 86_400), m.webinars_days],
		[Math.floor(whole / 3600) % 24, m.webinars_hours],
		[Math.floor(whole / 60) % 60, m.webinars_minutes],
		[whole % 60, m.webinars_seconds]
	] as const;
	const first = parts.findIndex(([count]) => count > 0);
	if (first < 0) return m.webinars_seconds({ count: 0 });
	const [one, two] = parts.slice(first, first + 2).filter(([count]) => count > 0).map(([count, word]) => word({ count }));
	return one && two ? m.webinars_and({ first: one, second: two }) : (one ?? '');
}

/** 1:05:09, for what runs. */
export function clockWord(seconds: number): string {
	const whole = Math.max(0, Math.floor(seconds));
	const two = (value: number) => String(value).padStart(2, '0');
	const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
	return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}
