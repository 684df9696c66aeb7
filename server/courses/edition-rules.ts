import type { NewEdition } from '../contract/courses.ts';
import type { FieldError } from '../errors.ts';

export type EditionFacts = Omit<NewEdition, 'course' | 'trainerIds'>;

/** Everything that is wrong between the fields of an edition, each beside the field that mends it. */
export function checkEdition(facts: EditionFacts, today: string): FieldError[] {
  const mistakes: FieldError[] = [];
  const report = (field: keyof EditionFacts, code: string) => mistakes.push({ path: `body.${field}`, code, message: code });
  if (facts.endsOn < facts.startsOn) report('endsOn', 'ends-before-start');
  else if (facts.endsOn < today) report('endsOn', 'edition-in-the-past');
  if (facts.enrolUntil < facts.enrolFrom) report('enrolUntil', 'enrolment-ends-before-start');
  else if (facts.enrolUntil > facts.endsOn) report('enrolUntil', 'enrolment-after-the-end');
  if (facts.modality !== 'online' && !facts.place) report('place', 'place-required');
  if (facts.seats !== null && facts.seatsPerMember !== null && facts.seatsPerMember > facts.seats) report('seatsPerMember', 'more-seats-per-province-than-seats');
  return mistakes;
}
