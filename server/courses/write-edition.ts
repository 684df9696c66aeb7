import type { FieldError } from '../errors.ts';
import type { EditionFacts } from './edition-rules.ts';
import type { EditionRow } from './find-edition.ts';

/** The columns of what was given; what was not stays as it is. */
export function toColumns(facts: Partial<EditionFacts>): Record<string, string | number | null> {
  const columns: Record<string, string | number | null | undefined> = {
    starts_on: facts.startsOn, ends_on: facts.endsOn, enrol_from: facts.enrolFrom, enrol_until: facts.enrolUntil,
    modality: facts.modality, place: facts.place, seats: facts.seats, seats_per_member: facts.seatsPerMember, approval: facts.approval,
  };
  return Object.fromEntries(Object.entries(columns).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

export const toFacts = (row: EditionRow): EditionFacts => ({
  startsOn: row.starts_on, endsOn: row.ends_on, enrolFrom: row.enrol_from, enrolUntil: row.enrol_until,
  modality: row.modality, place: row.place, seats: row.seats, seatsPerMember: row.seats_per_member, approval: row.approval,
});

export const notATrainer = (strangers: string[], given: string[]): FieldError[] =>
  strangers.map((id) => ({ path: `body.trainerIds.${given.indexOf(id)}`, code: 'not-a-trainer', message: 'not-a-trainer' }));
