import { audit } from '../accounts/audit.ts';
import type { StaffRole, WebinarChange } from '../contract/webinars.ts';
import { transaction } from '../database/transaction.ts';
import { conflict, forbidden, invalid } from '../errors.ts';
import { record } from '../events.ts';
import { clock } from '../gateways/clock.ts';
import type { Actor } from '../http/actor.ts';
import { planWebinar } from './breaks.ts';
import { findWebinar } from './find-webinar.ts';
import { mayAppointInspectors } from './policy.ts';
import { romeFields } from './rome-time.ts';
import { checkSeats, checkStaff, mistake, readTimes, setStaff, type StaffOrder } from './schedule-facts.ts';
import { countTaken, lockWebinar, promoteSeats } from './seats.ts';
import { refuseEnded } from './take-seat.ts';
import type { Webinar } from './webinar.ts';

/**
 * Changes a webinar that is neither cancelled nor over; what is not given stays. Another date or title goes to everybody's calendar.
 * @throws AppError 404, 403; 409 `webinar-cancelled`, `webinar-over`, `webinar-begun`; 422 with every mistake.
 */
export async function changeWebinar(actor: Actor, number: number, given: WebinarChange): Promise<void> {
  await transaction(async (tx) => {
    const found = await findWebinar(actor, number);
    if (!found.standing.manages) throw forbidden();
    const before = await lockWebinar(tx, found.webinar.id);
    refuseEnded(before);
    const staffBefore = ((await tx('webinar_staff').where('webinar_id', before.id).select('person_id', 'role')) as { person_id: string; role: StaffRole }[]).map(({ person_id, role }) => ({ personId: person_id, role }));
    // Whoever does not see the inspectors does not take them away
    const inspectors = staffBefore.filter(({ role }) => role === 'inspector');
    const unseen = mayAppointInspectors(actor) ? [] : inspectors.filter(({ personId }) => !given.staff?.some((other) => other.personId === personId));
    const staff = given.staff && [...given.staff, ...unseen];
    const times = newTimes(before, given);
    const seats = { capacity: given.capacity === undefined ? before.capacity : given.capacity, seatsPerMember: given.seatsPerMember === undefined ? before.seats_per_member : given.seatsPerMember };
    const moved = movesStart(before, given);
    if (moved && before.starts_at <= clock.now()) throw conflict('webinar-begun');
    const mistakes = [
      ...(Array.isArray(times) ? times : times.endsAt <= clock.now() || (moved && times.startsAt <= clock.now()) ? [mistake(moved ? 'day' : 'until', 'webinar-in-the-past')] : []),
      ...checkSeats(seats, before.edition_id !== null, (await countTaken(tx, before.id, null)).taken),
      ...(staff ? await checkStaff(tx, actor, staff, staffBefore) : []),
    ];
    if (mistakes.length > 0 || Array.isArray(times)) throw invalid(mistakes);
    if (before.recorded && given.recorded === false && (await tx('recording_runs').where('webinar_id', before.id).whereNull('stopped_at').first('id'))) throw conflict('recording-on');
    const columns = {
      title: given.title ?? before.title, summary: given.summary ?? before.summary, starts_at: times.startsAt, ends_at: times.endsAt, capacity: seats.capacity, seats_per_member: seats.seatsPerMember,
      threshold_percent: given.thresholdPercent ?? before.threshold_percent, recorded: given.recorded ?? before.recorded, ...(moved ? { scheduled_at: clock.now() } : {}),
    };
    const inCalendars = moved || columns.ends_at.getTime() !== before.ends_at.getTime() || columns.title !== before.title;
    const [after] = (await tx('webinars').where('id', before.id).update({ ...columns, ...(inCalendars ? { calendar_sequence: before.calendar_sequence + 1 } : {}) }).returning('*')) as Webinar[];
    if (!after) throw conflict();
    if (staff) {
      await setStaff(tx, after, staff);
      await record(tx, 'webinar.staffed', { webinarId: after.id });
    }
    await planWebinar(tx, after);
    await promoteSeats(tx, after);
    if (inCalendars) await record(tx, 'webinar.changed', { webinarId: after.id, sequence: after.calendar_sequence });
    await audit(tx, actor, 'webinar.change', 'webinar', after.id, { details: { number, before: factsOf(before, staffBefore), after: factsOf(after, staff ?? staffBefore) } });
  });
}

function movesStart(before: Webinar, { day, from }: WebinarChange): boolean {
  const start = romeFields(before.starts_at);
  return (day ?? start.day) !== start.day || (from ?? start.time) !== start.time;
}

/** What the form shows and was not touched stays to the second. */
function newTimes(before: Webinar, given: WebinarChange): ReturnType<typeof readTimes> {
  const [start, end] = [romeFields(before.starts_at), romeFields(before.ends_at)];
  const [day, from, until] = [given.day ?? start.day, given.from ?? start.time, given.until ?? end.time];
  // Also where it goes on beyond midnight, which nobody could write in the form
  if (day === start.day && from === start.time && until === end.time) return { startsAt: before.starts_at, endsAt: before.ends_at };
  const times = readTimes({ day, from, until });
  if (Array.isArray(times)) return times;
  return { startsAt: day === start.day && from === start.time ? before.starts_at : times.startsAt, endsAt: day === end.day && until === end.time ? before.ends_at : times.endsAt };
}

const factsOf = ({ title, starts_at, ends_at, capacity, seats_per_member, recorded }: Webinar, staff: StaffOrder[]) => ({ title, starts_at, ends_at, capacity, seats_per_member, recorded, staff });
