import { LONGEST_MINUTES, type StaffRole } from '../contract/webinars.ts';
import type { Tx } from '../database/transaction.ts';
import type { FieldError } from '../errors.ts';
import type { Actor } from '../http/actor.ts';
import { mayAppointInspectors } from './policy.ts';
import { romeMoment } from './rome-time.ts';
import { cutOff, roomOf } from '../sockets/publish.ts';

export const mistake = (field: string, code: string): FieldError => ({ path: `body.${field}`, code, message: code });

/** A day and two hours of Rome as two moments, or what is wrong with them. */
export function readTimes({ day, from, until }: { day: string; from: string; until: string }): { startsAt: Date; endsAt: Date } | FieldError[] {
  const [startsAt, endsAt] = [romeMoment(day, from), romeMoment(day, until)];
  const skipped = [...(startsAt ? [] : [mistake('from', 'hour-skipped')]), ...(endsAt ? [] : [mistake('until', 'hour-skipped')])];
  if (!startsAt || !endsAt) return skipped;
  const minutes = (endsAt.getTime() - startsAt.getTime()) / 60_000;
  if (minutes <= 0) return [mistake('until', 'webinar-ends-before-start')];
  return minutes > LONGEST_MINUTES ? [mistake('until', 'webinar-too-long')] : { startsAt, endsAt };
}

interface Seats {
  capacity: number | null;
  seatsPerMember: number | null;
}

/** What is wrong between the seats; `taken` are given already. */
export function checkSeats({ capacity, seatsPerMember }: Seats, ofEdition: boolean, taken: number): FieldError[] {
  if (ofEdition) return [...(capacity === null ? [] : [mistake('capacity', 'webinar-seats-of-edition')]), ...(seatsPerMember === null ? [] : [mistake('seatsPerMember', 'webinar-seats-of-edition')])];
  return [
    ...(capacity !== null && seatsPerMember !== null && seatsPerMember > capacity ? [mistake('seatsPerMember', 'more-seats-per-province-than-seats')] : []),
    ...(capacity !== null && capacity < taken ? [mistake('capacity', 'seats-below-taken')] : []),
  ];
}

export interface StaffOrder {
  personId: string;
  role: StaffRole;
}

/** Who cannot have the part that is meant for them: strangers, the same person twice, inspectors whom nobody but UPI appoints (who was one already stays). */
export async function checkStaff(tx: Tx, actor: Actor, staff: StaffOrder[], before: StaffOrder[] = []): Promise<FieldError[]> {
  const known = new Set((await tx('people').whereIn('id', staff.map(({ personId }) => personId)).whereNotNull('confirmed_at').whereNull('suspended_at').pluck('id')) as string[]);
  const inspectors = new Set(before.filter(({ role }) => role === 'inspector').map(({ personId }) => personId));
  return staff.flatMap(({ personId, role }, index) => {
    const field = `staff.${index}.personId`;
    if (!known.has(personId)) return [mistake(field, 'staff-unknown')];
    if (staff.findIndex((other) => other.personId === personId) !== index) return [mistake(field, 'staff-twice')];
    return role === 'inspector' && !inspectors.has(personId) && !mayAppointInspectors(actor) ? [mistake(field, 'inspector-by-upi')] : [];
  });
}

/** Makes these people, and nobody else, run the webinar; its organiser always does. */
export async function setStaff(tx: Tx, webinar: { id: string; organiser_id: string }, staff: StaffOrder[]): Promise<void> {
  const all = staff.some(({ personId }) => personId === webinar.organiser_id) ? staff : [{ personId: webinar.organiser_id, role: 'organiser' as const }, ...staff];
  const roles = new Map(all.map(({ personId, role }) => [personId, role]));
  const before = (await tx('webinar_staff').where('webinar_id', webinar.id).select('person_id', 'role')) as { person_id: string; role: string }[];
  // In the room she has another part now, or none: she comes in anew
  for (const { person_id, role } of before) if (roles.get(person_id) !== role) cutOff(tx, roomOf.person(person_id));
  await tx('webinar_staff').where('webinar_id', webinar.id).whereNotIn('person_id', all.map(({ personId }) => personId)).delete();
  await tx('webinar_staff').insert(all.map(({ personId, role }) => ({ webinar_id: webinar.id, person_id: personId, role }))).onConflict(['webinar_id', 'person_id']).merge(['role']);
}
