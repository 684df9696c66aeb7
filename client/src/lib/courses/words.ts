import type { CourseSheet, EditionState, Level, Modality } from '$contract/courses.ts';
import type { AreaCode } from '$contract/common.ts';
import { m } from '$lib/paraglide/messages.js';
import type { IconName } from '$lib/ui/icons.ts';

/** The words of the domain, as people read them. */
export const areaWord = (area: AreaCode): string =>
	({ appalti: m.courses_area_appalti, europa: m.courses_area_europa, innovazione: m.courses_area_innovazione, personale: m.courses_area_personale })[area]();

export const levelWord = (level: Level): string => ({ base: m.courses_level_base, intermedio: m.courses_level_intermedio, avanzato: m.courses_level_avanzato })[level]();

export const modalityWord = (modality: Modality): string => ({ online: m.courses_modality_online, aula: m.courses_modality_aula, misto: m.courses_modality_misto })[modality]();

export const stateWord = (state: EditionState): string =>
	({
		draft: m.courses_state_draft,
		cancelled: m.courses_state_cancelled,
		scheduled: m.courses_state_scheduled,
		open: m.courses_state_open,
		closed: m.courses_state_closed,
		over: m.courses_state_over
	})[state]();

export const stateLook: Record<EditionState, 'neutral' | 'primary' | 'success' | 'warning' | 'danger'> = {
	draft: 'warning',
	cancelled: 'danger',
	scheduled: 'neutral',
	open: 'success',
	closed: 'primary',
	over: 'neutral'
};

type LessonKind = CourseSheet['modules'][number]['lessons'][number]['kind'];
export const kindWord = (kind: LessonKind): string => ({ page: m.courses_kind_page, video: m.courses_kind_video, document: m.courses_kind_document })[kind]();
export const kindIcon: Record<LessonKind, IconName> = { page: 'file', video: 'video', document: 'file-pdf' };

/** How many right answers pass a test: 2/3 of 30 are 20. */
export const rightAnswers = ({ draw, pass: [numerator, denominator] }: Pick<CourseSheet['quizzes'][number], 'draw' | 'pass'>): number => Math.ceil((draw * numerator) / denominator);
