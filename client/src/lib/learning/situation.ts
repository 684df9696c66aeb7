import type { EnrolmentSummary } from '$contract/learning.ts';
import { m } from '$lib/paraglide/messages.js';
import { date } from '$lib/ui/format.ts';

/** What a person must know of her enrolment beyond its status; empty where there is nothing to add. */
export function situation({ status, edition, waitingPosition, reason, abilities }: EnrolmentSummary): string {
	switch (status) {
		case 'requested':
			return m.learning_situation_requested();
		case 'waiting':
			return waitingPosition === null ? m.learning_situation_waiting() : m.learning_situation_waiting_at({ position: waitingPosition });
		case 'refused':
			return reason ? m.learning_situation_refused({ reason }) : m.learning_situation_refused_bare();
		case 'withdrawn':
			if (edition.state === 'cancelled') return reason ? m.learning_situation_cancelled_because({ reason }) : m.learning_situation_cancelled();
			return reason ? m.learning_situation_withdrawn({ reason }) : m.learning_situation_withdrawn_bare();
		case 'active':
			if (edition.state === 'cancelled') return m.learning_situation_cancelled();
			if (abilities.learn) return m.learning_situation_until({ date: date(edition.endsOn) });
			if (edition.state === 'over') return m.learning_situation_over({ date: date(edition.endsOn) });
			return m.learning_situation_before({ date: date(edition.startsOn) });
		case 'completed':
			return '';
	}
}
