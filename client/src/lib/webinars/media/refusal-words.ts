import { m } from '$lib/paraglide/messages.js';

/** Why one may not be in a room, by the server's code. */
export function refusalWords(code: string): string {
	switch (code) {
		case 'not-signed-in':
			return m.live_refused_signed_out();
		case 'webinar-not-registered':
			return m.live_refused_not_registered();
		case 'webinar-doors-closed':
			return m.live_refused_doors();
		case 'webinar-over':
			return m.live_refused_over();
		case 'webinar-cancelled':
			return m.live_refused_cancelled();
		case 'webinar-removed':
			return m.live_refused_removed();
		default:
			return m.live_refused();
	}
}
