import { lookAgain } from '$lib/look-again.ts';
import { listen } from '$lib/socket.ts';

/** `depends` key of every page that shows enrolments: the server's hint makes them look again. */
export const ENROLMENTS = 'pico:enrolments';

/** Looks again when an enrolment of this person changes; `only` narrows it to one. Call it in an `$effect`. */
export function followEnrolments(only?: string): () => void {
	const look = () => void lookAgain(ENROLMENTS);
	return listen('enrolment:changed', ({ enrolmentId }) => (only === undefined || only === enrolmentId) && look(), { refetch: look });
}
