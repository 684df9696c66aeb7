import type { ColleaguesOutcome, EnrolmentStatus, EnrolmentSummary, LessonState } from '$contract/learning.ts';
import type { IconName } from '$lib/ui/icons.ts';
import { m } from '$lib/paraglide/messages.js';

type Look = 'neutral' | 'primary' | 'success' | 'warning' | 'danger';

/** An enrolment's status as people say it. */
export const statusWord = (status: EnrolmentStatus): string =>
	({
		requested: m.learning_status_requested,
		waiting: m.learning_status_waiting,
		active: m.learning_status_active,
		completed: m.learning_status_completed,
		refused: m.learning_status_refused,
		withdrawn: m.learning_status_withdrawn
	})[status]();

export const statusLook: Record<EnrolmentStatus, Look> = { requested: 'warning', waiting: 'warning', active: 'primary', completed: 'success', refused: 'danger', withdrawn: 'neutral' };

export const lessonKind = (kind: LessonState['kind']): string =>
	({ page: m.learning_kind_page, video: m.learning_kind_video, document: m.learning_kind_document })[kind]();

export const lessonIcon: Record<LessonState['kind'], IconName> = { page: 'file', video: 'video', document: 'file-pdf' };

/** Where an enrolment leads to: the lesson to go on with, or its home. */
export const continueHref = ({ id, next, abilities }: EnrolmentSummary): string => (abilities.learn && next ? `/percorso/${id}/lezioni/${next.key}` : `/percorso/${id}`);

/** Seconds as a clock shows them: 2:05, 1:02:05. */
export function clockTime(seconds: number): string {
	const whole = Math.max(0, Math.floor(seconds));
	const two = (value: number) => String(value).padStart(2, '0');
	const hours = Math.floor(whole / 3600);
	const rest = `${two(Math.floor((whole % 3600) / 60))}:${two(whole % 60)}`;
	return hours > 0 ? `${hours}:${rest}` : rest;
}

/** `depends` key of a page about an enrolment: `invalidate(ENROLMENTS)` when one changed. */
export const ENROLMENTS = 'pico:enrolments';

export const STATUSES: readonly EnrolmentStatus[] = ['requested', 'waiting', 'active', 'completed', 'refused', 'withdrawn'];

/** What became of a colleague whom her coordinator enrolled. */
export function colleagueOutcome({ status, code }: ColleaguesOutcome['items'][number]): string {
	if (status !== null) return statusWord(status);
	switch (code) {
		case 'enrolment-completed':
			return m.learning_colleague_completed();
		case 'enrolment-closed':
			return m.learning_colleague_closed();
		case 'colleague-not-yours':
			return m.learning_colleague_not_yours();
		default:
			return m.learning_colleague_failed();
	}
}
