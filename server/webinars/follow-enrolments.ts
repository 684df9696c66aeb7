import { database } from '../database/connection.ts';
import { transaction, type Tx } from '../database/transaction.ts';
import type { EventPayload } from '../events.ts';
import { record } from '../events.ts';
import { clock } from '../gateways/clock.ts';
import { attributionOf } from '../territory/attribution.ts';
import { isToCome } from './policy.ts';
import { changeSeat, lockWebinar, promoteSeats, type Seat } from './seats.ts';
import type { Webinar } from './webinar.ts';

interface EnrolmentRow {
  edition_id: string;
  person_id: string;
  body_id: string;
  member_id: string | null;
  status: string;
}

/** Who is enrolled in an edition is registered for its webinars, and no longer is when the enrolment ends. Asked twice it changes nothing. */
export async function followEnrolment({ enrolmentId }: Pick<EventPayload<'enrolment.changed'>, 'enrolmentId'>): Promise<void> {
  const enrolment = (await database()('enrolments').where('id', enrolmentId).first('edition_id')) as Pick<EnrolmentRow, 'edition_id'> | undefined;
  if (!enrolment) return;
  const webinars = (await database()('webinars').where('edition_id', enrolment.edition_id).whereNull('cancelled_at').where('ends_at', '>', clock.now()).orderBy('id').pluck('id')) as string[];
  for (const id of webinars) {
    await transaction(async (tx) => {
      const webinar = await lockWebinar(tx, id);
      const now = (await tx('enrolments').where('id', enrolmentId).first('edition_id', 'person_id', 'body_id', 'member_id', 'status')) as EnrolmentRow;
      if (isToCome(webinar, clock.now())) await seatEnrolled(tx, webinar, now);
    });
  }
}

/** A seat in a new webinar for everybody who is in its edition. The caller holds the edition's lock: whoever enrols meanwhile follows by event. */
export async function seatAllEnrolled(tx: Tx, webinar: Webinar): Promise<void> {
  if (webinar.edition_id === null) return;
  const enrolled = (await tx('enrolments').where('edition_id', webinar.edition_id).whereIn('status', ['active', 'completed']).orderBy('id').select('edition_id', 'person_id', 'body_id', 'member_id', 'status')) as EnrolmentRow[];
  for (const enrolment of enrolled) await seatEnrolled(tx, webinar, enrolment);
}

async function seatEnrolled(tx: Tx, webinar: Webinar, { person_id, body_id, member_id, status }: EnrolmentRow): Promise<void> {
  const wanted = status === 'active' || status === 'completed' ? 'registered' : 'withdrawn';
  const before = (await tx('webinar_seats').where({ webinar_id: webinar.id, person_id }).first('id', 'status')) as Pick<Seat, 'id' | 'status'> | undefined;
  if (before?.status === wanted) return;
  if (before) return changeSeat(tx, before, wanted, 'edition');
  if (wanted === 'withdrawn') return;
  const [seat] = (await tx('webinar_seats').insert({ webinar_id: webinar.id, person_id, status: wanted, body_id, member_id, at: clock.now() }).returning(['id', 'revision'])) as Pick<Seat, 'id' | 'revision'>[];
  if (seat) await record(tx, 'seat.changed', { seatId: seat.id, revision: seat.revision, why: 'edition' });
}

/** A person now works elsewhere: her seats to come follow; her old Province may have one again. */
export async function moveSeats({ personId, toBodyId }: Pick<EventPayload<'person.moved'>, 'personId' | 'toBodyId'>): Promise<void> {
  await transaction(async (tx) => {
    const person = (await tx('people').where('id', personId).forShare().first('body_id')) as { body_id: string | null } | undefined;
    if (person?.body_id !== toBodyId) return;
    const memberId = await attributionOf(tx, toBodyId);
    const seats = (await tx('webinar_seats as s').join('webinars as w', 'w.id', 's.webinar_id').where('s.person_id', personId).whereNot('s.status', 'withdrawn').whereNot('s.body_id', toBodyId).where('w.ends_at', '>', clock.now())
      .orderBy('w.id').select('s.id', 's.webinar_id')) as Pick<Seat, 'id' | 'webinar_id'>[];
    for (const seat of seats) {
      const webinar = await lockWebinar(tx, seat.webinar_id);
      await tx('webinar_seats').where('id', seat.id).update({ body_id: toBodyId, member_id: memberId });
      await promoteSeats(tx, webinar);
    }
  });
}
