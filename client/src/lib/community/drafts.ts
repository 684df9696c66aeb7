import type { Attachment } from '$contract/files.ts';

/** What was being written, kept in this tab at every stroke: a reload or a lost connection takes nothing away. The server has it a moment later (draft-keeper.svelte.ts). */
export interface Draft {
	html: string;
	/** Under which it is sent, at every attempt: what arrived and was not answered is not written twice. */
	clientId?: string;
	/** What was sent and may have arrived or not. */
	unsent?: { clientId: string; html: string; named?: string[]; attachments?: Attachment[]; draft?: number | undefined }[];
	title?: string;
	/** Whom the text names. */
	named?: { id: string; name: string }[];
	tags?: string[];
	/** Which save on the server it goes on from, and whether that one has all of it. */
	kept?: { version: number; saved: boolean };
}

/** Where somebody writes: on a shared computer another person's draft is not hers to see. */
export const draftPlace = (personId: string, what: string): string => `${personId}:${what}`;

const keyOf = (place: string) => `pico:draft:${place}`;

export function readDraft(place: string): Draft | undefined {
	try {
		const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(place)) ?? 'null');
		return isDraft(kept) ? kept : undefined;
	} catch {
		return undefined; // a browser that keeps nothing, or what is kept is not ours
	}
}

export function keepDraft(place: string, draft: Draft | undefined): void {
	try {
		if (draft === undefined) sessionStorage.removeItem(keyOf(place));
		else sessionStorage.setItem(keyOf(place), JSON.stringify(draft));
	} catch {
		// No room or no permission: what is typed is still on the page
	}
}

function isDraft(value: unknown): value is Draft {
	return typeof value === 'object' && value !== null && 'html' in value && typeof value.html === 'string';
}

/** An id of our own making, also on an intranet without TLS, where browsers have no `randomUUID`. */
export function newId(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	const hex = [...bytes].map((byte, index) => (index === 6 ? (byte & 0x0f) | 0x40 : index === 8 ? (byte & 0x3f) | 0x80 : byte).toString(16).padStart(2, '0')).join('');
	return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
