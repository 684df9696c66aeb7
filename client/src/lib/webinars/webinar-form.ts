import type { StaffRole, WebinarKind, WebinarSheet } from '$contract/webinars.ts';

export interface StaffDraft {
	personId: string;
	name: string;
	role: StaffRole;
}

/** What the form holds: every field as text, as it was typed. */
export interface WebinarDraft {
	kind: string;
	/** `alone`, `edition:<id>` or `network:<key>`. */
	place: string;
	lessonKey: string;
	title: string;
	summary: string;
	day: string;
	from: string;
	until: string;
	weeks: string;
	capacity: string;
	seatsPerMember: string;
	thresholdPercent: string;
	recorded: boolean;
	staff: StaffDraft[];
	questions: { text: string; required: boolean }[];
}

export const emptyDraft = (place: string, kind: WebinarKind): WebinarDraft => ({
	kind, place, lessonKey: '', title: '', summary: '', day: '', from: '', until: '', weeks: '1', capacity: '', seatsPerMember: '', thresholdPercent: '80', recorded: false, staff: [], questions: []
});

const ROME_DAY = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Rome' });
const ROME_TIME = new Intl.DateTimeFormat('it-IT', { timeZone: 'Europe/Rome', hour: '2-digit', minute: '2-digit' });

export const draftOf = (webinar: WebinarSheet): WebinarDraft => ({
	...emptyDraft('', webinar.kind),
	place: webinar.edition ? `edition:${webinar.edition.id}` : 'alone',
	title: webinar.title,
	summary: webinar.summary,
	day: ROME_DAY.format(new Date(webinar.startsAt)),
	from: ROME_TIME.format(new Date(webinar.startsAt)),
	until: ROME_TIME.format(new Date(webinar.endsAt)),
	capacity: webinar.capacity?.toString() ?? '',
	seatsPerMember: webinar.seatsPerMember?.toString() ?? '',
	thresholdPercent: String(webinar.thresholdPercent),
	recorded: webinar.recorded,
	staff: webinar.people.map(({ id, name, role }) => ({ personId: id, name, role }))
});

const placeOf = (draft: WebinarDraft, kind: string): string | null => (draft.place.startsWith(`${kind}:`) ? draft.place.slice(kind.length + 1) : null);
export const editionOf = (draft: WebinarDraft): string | null => placeOf(draft, 'edition');

const count = (text: string) => (text.trim() === '' ? null : Number(text));

/** What can be changed, as the API wants it; what is no number or no day it says itself, beside the field. */
export function toChange(draft: WebinarDraft) {
	const ofEdition = editionOf(draft) !== null;
	const { title, summary, day, from, until, staff, recorded } = draft;
	return {
		title, summary, day, from, until, recorded, capacity: ofEdition ? null : count(draft.capacity), seatsPerMember: ofEdition ? null : count(draft.seatsPerMember), thresholdPercent: Number(draft.thresholdPercent),
		staff: staff.map(({ personId, role }) => ({ personId, role }))
	};
}

export function toNew(draft: WebinarDraft, clientId: string) {
	const editionId = editionOf(draft);
	return {
		...toChange(draft), clientId, kind: draft.kind, editionId, network: placeOf(draft, 'network'), lessonKey: editionId && draft.lessonKey ? draft.lessonKey : null, weeks: Number(draft.weeks),
		questions: editionId ? [] : draft.questions.filter(({ text }) => text.trim() !== '').map(({ text, required }, index) => ({ key: `domanda-${index + 1}`, text, required }))
	};
}
