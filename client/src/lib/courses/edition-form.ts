import type { EditionChange, EditionDetail, EditionState, Modality } from '$contract/courses.ts';

export const EDITION_STATES: readonly EditionState[] = ['draft', 'scheduled', 'open', 'closed', 'over', 'cancelled'];

/** A state as an address has it; anything else is none. */
export const editionStateOf = (value: string): EditionState | '' => EDITION_STATES.find((state) => state === value) ?? '';

/** What the form holds: every field as text, as it was typed. */
export interface EditionDraft {
	startsOn: string;
	endsOn: string;
	enrolFrom: string;
	enrolUntil: string;
	modality: string;
	place: string;
	seats: string;
	seatsPerMember: string;
	approval: string;
	trainerIds: string[];
}

export const emptyDraft = (modality: Modality): EditionDraft => ({
	startsOn: '', endsOn: '', enrolFrom: '', enrolUntil: '', modality, place: '', seats: '', seatsPerMember: '', approval: 'automatic', trainerIds: []
});

export const draftOf = (edition: EditionDetail): EditionDraft => ({
	startsOn: edition.startsOn,
	endsOn: edition.endsOn,
	enrolFrom: edition.enrolFrom,
	enrolUntil: edition.enrolUntil,
	modality: edition.modality,
	place: edition.place ?? '',
	seats: edition.seats?.toString() ?? '',
	seatsPerMember: edition.seatsPerMember?.toString() ?? '',
	approval: edition.approval,
	trainerIds: edition.trainers.map(({ id }) => id)
});

type Sent = { [K in keyof EditionChange]-?: Exclude<EditionChange[K], undefined> | string };

/** As the API wants it; what is no number or no day it says itself, beside the field. */
export function toRequest(draft: EditionDraft): Sent {
	const count = (text: string) => (text.trim() === '' ? null : Number(text));
	return { ...draft, place: draft.place.trim() === '' ? null : draft.place, seats: count(draft.seats), seatsPerMember: count(draft.seatsPerMember) };
}
