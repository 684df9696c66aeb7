import { transaction, type Tx } from '../database/transaction.ts';
import { conflict, type FieldError, invalid } from '../errors.ts';
import { record } from '../events.ts';
import { clock } from '../gateways/clock.ts';
import type { Actor } from '../http/actor.ts';
import { attributionOf } from '../territory/attribution.ts';
import { findWebinar } from './find-webinar.ts';
import { isToCome } from './policy.ts';
import { changeSeat, hasSeat, lockWebinar, promoteSeats, type Seat } from './seats.ts';
import type { Webinar } from './webinar.ts';

/**
 * Registers the actor: with a seat at once, or on the waiting list. Asked twice it changes nothing but her answers.
 * @throws AppError 404 for what she may not know of; 409 `no-body`, `webinar-by-edition`, `webinar-staff`, `webinar-cancelled`, `webinar-over`; 422 for answers that are missing.
 */
export async function takeSeat(actor: Actor, number: number, given: Record<string, string>): Promise<void> {
  await transaction(async (tx) => {
    const found = await findWebinar(actor, number);
    if (found.webinar.edition_id !== null) throw conflict('webinar-by-edition');
    if (found.standing.staff !== null) throw conflict('webinar-staff');
    // The person before the webinar, as whoever moves her does
    const person = (await tx('people').where('id', actor.id).forNoKeyUpdate().first('body_id')) as { body_id: string | null } | undefined;
    if (person?.body_id == null) throw conflict('no-body');
    const webinar = await lockWebinar(tx, found.webinar.id);
    refuseEnded(webinar);
    const answers = checkAnswers(webinar, given);
    const before = (await tx('webinar_seats').where({ webinar_id: webinar.id, person_id: actor.id }).first()) as Seat | undefined;
    if (before && before.status !== 'withdrawn') {
      await tx('webinar_seats').where('id', before.id).update({ answers: JSON.stringify(answers) });
      return;
    }
    const memberId = await attributionOf(tx, person.body_id);
    const status = (await hasSeat(tx, webinar, memberId)) ? 'registered' : 'waiting';
    await writeSeat(tx, webinar.id, actor.id, { status, body_id: person.body_id, member_id: memberId, answers: JSON.stringify(answers) });
  });
}

async function writeSeat(tx: Tx, webinarId: string, personId: string, columns: { status: string; body_id: string; member_id: string | null; answers: string }): Promise<void> {
  const [seat] = (await tx('webinar_seats').insert({ webinar_id: webinarId, person_id: personId, ...columns, at: clock.now() })
    .onConflict(['webinar_id', 'person_id']).merge({ ...columns, at: clock.now(), revision: tx.raw('webinar_seats.revision + 1') }).returning(['id', 'revision'])) as Pick<Seat, 'id' | 'revision'>[];
  if (seat) await record(tx, 'seat.changed', { seatId: seat.id, revision: seat.revision, why: 'asked' });
}

/** Gives the seat up; whoever waits longest gets it in the same moment. @throws AppError 404, 409 */
export async function giveSeatUp(actor: Actor, number: number): Promise<void> {
  await transaction(async (tx) => {
    const found = await findWebinar(actor, number);
    if (found.webinar.edition_id !== null) throw conflict('webinar-by-edition');
    const webinar = await lockWebinar(tx, found.webinar.id);
    const seat = (await tx('webinar_seats').where({ webinar_id: webinar.id, person_id: actor.id }).whereNot('status', 'withdrawn').first()) as Seat | undefined;
    if (!seat) return;
    refuseEnded(webinar);
    await changeSeat(tx, seat, 'withdrawn', 'asked');
    if (seat.status === 'registered') await promoteSeats(tx, webinar);
  });
}

export function refuseEnded(webinar: Webinar): void {
  if (webinar.cancelled_at) throw conflict('webinar-cancelled');
  if (!isToCome(webinar, clock.now())) throw conflict('webinar-over');
}

/** The answers to what is asked, and to nothing else. */
function checkAnswers({ questions }: Webinar, given: Record<string, string>): Record<string, string> {
  const missing: FieldError[] = questions.filter(({ key, required }) => required && !given[key]).map(({ key }) => ({ path: `body.answers.${key}`, code: 'answer-required', message: 'answer-required' }));
  if (missing.length > 0) throw invalid(missing);
  return Object.fromEntries(questions.flatMap(({ key }) => (given[key] ? [[key, given[key]]] : [])));
}
