import { audit } from '../accounts/audit.ts';
import type { CorrectionInput, RoomRole } from '../contract/webinars.ts';
import { transaction, type Tx } from '../database/transaction.ts';
import { conflict, forbidden, invalid } from '../errors.ts';
import { clock, romeDay } from '../gateways/clock.ts';
import { type Actor, holds } from '../http/actor.ts';
import { creditAttendance } from '../learning/attend-sessions.ts';
import { announceRegister } from './announce-register.ts';
import { planWebinar } from './breaks.ts';
import { findWebinar } from './find-webinar.ts';
import { isEnded, maySign } from './policy.ts';
import { composeRegister, type ReadRegister } from './read-register.ts';
import { append, closeAbandoned, lockHead } from './record-presence.ts';
import { mistake } from './schedule-facts.ts';
import { lockWebinar } from './seats.ts';
import type { Webinar } from './webinar.ts';

/**
 * Adds minutes to somebody's presence, or takes some away, signed and with its reason; the log keeps what it said. In a locked register the
 * difference goes to the ledger at once. Sent twice, it is one.
 * @throws AppError 404, 403; 409 `correction-own`, `correction-of-another`, `webinar-not-begun`, `webinar-cancelled`; 422 for who is not in the register
 */
export async function correctPresence(actor: Actor, number: number, { personId, minutes, reason, clientId }: CorrectionInput): Promise<void> {
  await transaction(async (tx) => {
    const webinar = await lockSigned(tx, actor, number);
    // Nobody signs her own presence but UPI
    if (personId === actor.id && !holds(actor, 'admin')) throw conflict('correction-own');
    if (webinar.cancelled_at) throw conflict('webinar-cancelled');
    if (clock.now() < webinar.starts_at) throw conflict('webinar-not-begun');
    const role = await roleIn(tx, webinar, personId);
    if (!role) throw invalid([mistake('personId', 'not-in-register')]);
    const head = await lockHead(tx, webinar.id);
    const before = (await tx('presence_log').where({ webinar_id: webinar.id, connection: clientId, what: 'correction' }).first('person_id')) as { person_id: string } | undefined;
    // Under another's name it is not the same one
    if (before && before.person_id !== personId) throw conflict('correction-of-another');
    if (before) return;
    await append(tx, webinar.id, head, [{ person_id: personId, connection: clientId, what: 'correction', at: clock.now(), role, minutes, by: actor.id, reason }]);
    await audit(tx, actor, 'webinar.correct', 'webinar', webinar.id, { details: { number, personId, minutes, reason } });
    if (webinar.register_locked_at) await credit(tx, await composeRegister(tx, webinar), personId);
    announceRegister(tx, webinar.id);
  });
}

async function roleIn(tx: Tx, { id }: Webinar, personId: string): Promise<RoomRole | undefined> {
  const { rows: [row] } = await tx.raw<{ rows: { role: RoomRole | null }[] }>(
    `select coalesce((select role from webinar_staff where webinar_id = :id and person_id = :person), (select 'attendee' from webinar_seats where webinar_id = :id and person_id = :person and status = 'registered'),
      (select role from presence_log where webinar_id = :id and person_id = :person order by sequence desc limit 1)) as role`, { id, person: personId });
  return row?.role ?? undefined;
}

/**
 * Locks the register: what it says is what counts from now on, and the minutes enter the ledger of who is in the edition. Said twice, it is
 * locked once. @throws AppError 404, 403; 409 `register-none`, `webinar-not-ended`, `presence-log-broken`
 */
export async function lockRegister(actor: Actor, number: number): Promise<void> {
  await closeAbandoned();
  await transaction(async (tx) => {
    const webinar = await lockSigned(tx, actor, number);
    if (webinar.kind !== 'class' || webinar.cancelled_at) throw conflict('register-none');
    if (!isEnded(webinar, clock.now())) throw conflict('webinar-not-ended');
    if (webinar.register_locked_at) return;
    await tx('webinar_breaks').where('webinar_id', webinar.id).whereNull('ends_at').update({ ends_at: tx.raw('greatest(starts_at + interval \'1 second\', ?::timestamptz)', [webinar.closed_at ?? webinar.ends_at]) });
    const head = await lockHead(tx, webinar.id);
    const columns = { register_locked_at: clock.now(), register_locked_by: actor.id, register_sequence: head.sequence };
    await tx('webinars').where('id', webinar.id).update(columns);
    const locked = { ...webinar, ...columns };
    await planWebinar(tx, locked);
    const register = await composeRegister(tx, locked);
    if (!register.log.whole) throw conflict('presence-log-broken');
    await credit(tx, register);
    await audit(tx, actor, 'webinar.lock', 'webinar', webinar.id, { details: { number, seal: register.log.seal, entries: register.log.entries } });
    announceRegister(tx, webinar.id);
  });
}

/** The webinar whose register she may sign, locked. @throws AppError 404, 403 */
export async function lockSigned(tx: Tx, actor: Actor, number: number): Promise<Webinar> {
  const { webinar, standing } = await findWebinar(actor, number);
  if (!maySign(standing)) throw forbidden();
  return lockWebinar(tx, webinar.id);
}

/** The minutes of everybody (or of one) who learns in the edition go to the ledger. */
async function credit(tx: Tx, { webinar, people }: Omit<ReadRegister, 'standing'>, only?: string): Promise<void> {
  if (webinar.edition_id === null) return;
  const enrolments = (await tx('enrolments').where('edition_id', webinar.edition_id).whereIn('status', ['active', 'completed']).orderBy('id').select('id', 'person_id')) as { id: string; person_id: string }[];
  const minutesOf = new Map(people.map(({ personId, minutes }) => [personId, minutes]));
  for (const { id, person_id } of enrolments) {
    if (only !== undefined && only !== person_id) continue;
    await creditAttendance(tx, { enrolmentId: id, sourceKey: `attendance:${webinar.id}:${person_id}`, minutes: minutesOf.get(person_id) ?? 0, day: romeDay(webinar.starts_at), note: webinar.title });
  }
}
