import type { AuditEntry } from '$contract/accounts.ts';
import { m } from '$lib/paraglide/messages.js';
import { isRoleName, roleName } from './names.ts';

const ACTS: Record<string, () => string> = {
	'affiliation.approve': m.accounts_act_affiliation_approve,
	'affiliation.refuse': m.accounts_act_affiliation_refuse,
	'certificate.revoke': m.accounts_act_certificate_revoke,
	'domain.declare': m.accounts_act_domain_declare,
	'domain.withdraw': m.accounts_act_domain_withdraw,
	'edition.create': m.accounts_act_edition_create,
	'edition.change': m.accounts_act_edition_change,
	'edition.publish': m.accounts_act_edition_publish,
	'edition.cancel': m.accounts_act_edition_cancel,
	'enrolment.enrol': m.accounts_act_enrolment_enrol,
	'enrolment.approved': m.accounts_act_enrolment_approve,
	'enrolment.refused': m.accounts_act_enrolment_refuse,
	'webinar.schedule': m.accounts_act_webinar_schedule,
	'webinar.change': m.accounts_act_webinar_change,
	'webinar.cancel': m.accounts_act_webinar_cancel,
	'webinar.correct': m.accounts_act_webinar_correct,
	'webinar.lock': m.accounts_act_webinar_lock,
	'webinar.inspect': m.accounts_act_webinar_inspect,
	'webinar.remove': m.accounts_act_webinar_remove,
	'webinar.readmit': m.accounts_act_webinar_readmit,
	'webinar.break': m.accounts_act_webinar_break,
	'webinar.silence': m.accounts_act_webinar_silence,
	'webinar.message.hide': m.accounts_act_webinar_message_hide,
	'webinar.slow': m.accounts_act_webinar_slow,
	'webinar.lock-chat': m.accounts_act_webinar_lock_chat,
	'webinar.recording.start': m.accounts_act_webinar_recording_start,
	'webinar.recording.stop': m.accounts_act_webinar_recording_stop,
	'webinar.recording.change': m.accounts_act_webinar_recording_change,
	'webinar.recording.delete': m.accounts_act_webinar_recording_delete,
	'network.create': m.accounts_act_network_create,
	'network.change': m.accounts_act_network_change,
	'membership.approved': m.accounts_act_membership_approved,
	'membership.refused': m.accounts_act_membership_refused,
	'membership.removed': m.accounts_act_membership_removed,
	'membership.bring': m.accounts_act_membership_bring,
	'post.remove': m.accounts_act_post_remove,
	'flag.upheld': m.accounts_act_flag_upheld,
	'flag.dismissed': m.accounts_act_flag_dismissed,
	'held.approved': m.accounts_act_held_approved,
	'held.refused': m.accounts_act_held_refused,
	'appeal.rejected': m.accounts_act_appeal_rejected,
	'measure.lift': m.accounts_act_measure_lift,
	'person.warn': m.accounts_act_person_warn,
	'person.silence': m.accounts_act_person_silence,
	'trust.grant': m.accounts_act_trust_grant,
	'thread.change': m.accounts_act_thread_change,
	'thread.close': m.accounts_act_thread_close,
	'thread.reopen': m.accounts_act_thread_reopen,
	'thread.move': m.accounts_act_thread_move,
	'thread.split': m.accounts_act_thread_split,
	'thread.merge': m.accounts_act_thread_merge,
	'thread.pin': m.accounts_act_thread_pin,
	'thread.unpin': m.accounts_act_thread_unpin,
	'document.change': m.accounts_act_document_change,
	'document.remove': m.accounts_act_document_remove,
	'thread.remove': m.accounts_act_thread_remove,
	'practice.return': m.accounts_act_practice_return,
	'practice.publish': m.accounts_act_practice_publish,
	'practice.supersede': m.accounts_act_practice_supersede,
	'practice.restore': m.accounts_act_practice_restore,
	'practice.take-over': m.accounts_act_practice_take_over,
	'practice.remove': m.accounts_act_practice_remove,
	'person.rename': m.accounts_act_person_rename,
	'message.disclose': m.accounts_act_message_disclose,
	'message.upheld': m.accounts_act_message_upheld,
	'message.dismissed': m.accounts_act_message_dismissed,
	'person.close': m.accounts_act_person_close,
	'person.suspend': m.accounts_act_person_suspend,
	'person.reinstate': m.accounts_act_person_reinstate,
	'role.grant': m.accounts_act_role_grant,
	'role.revoke': m.accounts_act_role_revoke
};

/** What was done, in words; an act that has none yet shows its stable name. */
export const actName = (act: string) => ACTS[act]?.() ?? act;

/** What the details add, as sentences. */
export function auditDetails({ details }: Pick<AuditEntry, 'details'>): string[] {
	const text = (name: string) => (typeof details[name] === 'string' && details[name] !== '' ? details[name] : undefined);
	const [role, domain, reason, before, after, code] = [text('role'), text('domain'), text('reason'), text('before'), text('after'), text('code')];
	return [
		role && m.accounts_audit_role({ role: isRoleName(role) ? roleName(role) : role }),
		domain && m.accounts_audit_domain({ domain }),
		before && after && m.accounts_audit_renamed({ before, after }),
		code,
		reason && m.accounts_audit_reason({ reason })
	].filter((sentence) => sentence !== undefined && sentence !== '') as string[];
}
