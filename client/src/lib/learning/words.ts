import type { ColleaguesOutcome, EnrolmentStatus, LessonState } from '$contract/learning.ts';
import { ApiProblem } from '$lib/api.ts';
import { m } from '$lib/paraglide/messages.js';
import type { IconName } from '$lib/ui/icons.ts';

type Look = 'neutral' | 'primary' | 'success' | 'warning' | 'danger';

export const STATUSES: readonly EnrolmentStatus[] = ['requested', 'waiting', 'active', 'completed', 'refused', 'withdrawn'];

/** A status out of an address; null for anything else. */
export const statusFrom = (text: string | null): EnrolmentStatus | null => STATUSES.find((status) => status === text) ?? null;

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

export const statusLook: Readonly<Record<EnrolmentStatus, Look>> = { requested: 'warning', waiting: 'warning', active: 'primary', completed: 'success', refused: 'danger', withdrawn: 'neutral' };

/** What a lesson is made of. */
export const lessonKind = (kind: LessonState['kind']): string => ({ page: m.learning_kind_page, video: m.learning_kind_video, document: m.learning_kind_document })[kind]();

export const lessonIcon: Readonly<Record<LessonState['kind'], IconName>> = { page: 'file', video: 'video', document: 'file-pdf' };

/** What became of a colleague whom her coordinator enrolled. */
export function colleagueOutcome({ status, code }: ColleaguesOutcome['items'][number]): string {
	switch (status) {
		case 'active':
			return m.learning_colleague_active();
		case 'waiting':
			return m.learning_colleague_waiting();
		case 'requested':
			return m.learning_colleague_requested();
		case 'completed':
			return m.learning_colleague_completed();
	}
	switch (code) {
		case 'enrolment-completed':
			return m.learning_colleague_completed();
		case 'enrolled-elsewhere':
			return m.learning_colleague_elsewhere();
		case 'enrolment-closed':
			return m.learning_colleague_closed();
		case 'colleague-not-yours':
			return m.learning_colleague_not_yours();
		default:
			return m.learning_colleague_failed();
	}
}

/** What to tell of a refusal, whatever was thrown. */
export const problemText = (problem: unknown): string => (problem instanceof ApiProblem ? problem.message : m.ui_error_unexpected());
