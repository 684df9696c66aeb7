import type { CaseKind, FlagReason, MeasureKind, Trust } from '$contract/moderation.ts';
import { m } from '$lib/paraglide/messages.js';
import { date } from '$lib/ui/format.ts';

// Written out, so that the page does not carry the contract's checks to the browser
export const FLAG_REASONS: readonly FlagReason[] = ['off-topic', 'personal-data', 'offensive', 'misleading', 'spam', 'other'];

export const flagReasonWord = (reason: FlagReason): string =>
	({
		'off-topic': m.moderation_reason_off_topic,
		'personal-data': m.moderation_reason_personal_data,
		offensive: m.moderation_reason_offensive,
		misleading: m.moderation_reason_misleading,
		spam: m.moderation_reason_spam,
		other: m.moderation_reason_other
	})[reason]();

export const caseKindWord = (kind: CaseKind): string => ({ flagged: m.moderation_kind_flagged, held: m.moderation_kind_held, appeal: m.moderation_kind_appeal, message: m.moderation_kind_message })[kind]();

export const caseTitle = (kind: CaseKind, name: string): string => ({ flagged: m.moderation_case_flagged, held: m.moderation_case_held, appeal: m.moderation_case_appeal, message: m.moderation_case_message })[kind]({ name });

export const measureWord = (kind: MeasureKind): string => ({ hidden: m.moderation_measure_hidden, warned: m.moderation_measure_warned, suspended: m.moderation_measure_suspended })[kind]();

export const trustWord = (trust: Trust): string => ({ new: m.moderation_trust_new, member: m.moderation_trust_member, expert: m.moderation_trust_expert })[trust]();

/** A suspension ends with its last day: the moment is the first one after it. */
export const lastDay = (until: string): string => date(new Date(new Date(until).getTime() - 1).toISOString());
