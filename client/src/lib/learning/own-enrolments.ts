import type { EnrolmentSummary } from '$contract/learning.ts';

/** Neither refused nor given up. */
export const isCurrent = ({ status }: EnrolmentSummary): boolean => status !== 'refused' && status !== 'withdrawn';

/** A place had or awaited in an edition that is not over: one edition of a course at a time. */
export const isBinding = (enrolment: EnrolmentSummary): boolean =>
	isCurrent(enrolment) && enrolment.status !== 'completed' && enrolment.edition.state !== 'over' && enrolment.edition.state !== 'cancelled';
