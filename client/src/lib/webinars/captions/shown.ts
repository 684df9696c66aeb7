/** Whether this browser wants to see what is said, written along: yes, until somebody hides it. */
const KEY = 'pico-captions';

export function captionsWanted(): boolean {
	try {
		return localStorage.getItem(KEY) !== 'no';
	} catch {
		// A browser that keeps nothing
		return true;
	}
}

export function keepCaptionsWanted(wanted: boolean): void {
	try {
		localStorage.setItem(KEY, wanted ? 'yes' : 'no');
	} catch {
		// It holds for this page, then
	}
}
