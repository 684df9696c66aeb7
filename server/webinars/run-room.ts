import { audit } from '../accounts/audit.ts';
import { transaction, type Tx } from '../database/transaction.ts';
import { conflict, forbidden } from '../errors.ts';
import { clock } from '../gateways/clock.ts';
import type { Actor } from '../http/actor.ts';
import { cutOff, roomOf } from '../sockets/publish.ts';
import { planWebinar } from './breaks.ts';
import { announceRegister } from './announce-register.ts';
import { emptyRoom } from './empty-room.ts';
import { findWebinar } from './find-webinar.ts';
import { leaveInPlace } from './in-place/scan.ts';
import { isOpen, mayRun } from './policy.ts';
import { lockWebinar } from './seats.ts';
import { endRecording } from './recording/run-recording.ts';
import type { Webinar } from './webinar.ts';

/** The lesson begins. Said twice, it began once. @throws AppError 404, 403; 409 `webinar-cancelled`, `webinar-over`, `webinar-doors-closed` */
export async function openRoom(actor: Actor, number: number): Promise<void> {
  await run(actor, number, async (tx, webinar) => {
    if (webinar.opened_at) return;
    await tx('webinars').where('id', webinar.id).update({ opened_at: clock.now() });
  });
}

/** The lesson is over, for good; the break that was on is, too. Said twice, it ended once. */
export async function closeRoom(actor: Actor, number: number): Promise<void> {
  await run(actor, number, async (tx, webinar) => {
    const now = clock.now();
    await tx('webinars').where('id', webinar.id).update({ closed_at: now, opened_at: webinar.opened_at ?? now });
    await endBreakOf(tx, webinar);
    await planWebinar(tx, { ...webinar, closed_at: now });
    await endRecording(tx, webinar.id);
    emptyRoom(tx, webinar);
  });
}

/** A break begins. @throws AppError 409 `webinar-not-begun` before the start */
export async function beginBreak(actor: Actor, number: number): Promise<void> {
  await run(actor, number, async (tx, webinar) => {
    if (clock.now() < webinar.starts_at) throw conflict('webinar-not-begun');
    if (await tx('webinar_breaks').where('webinar_id', webinar.id).whereNull('ends_at').first('id')) return;
    await tx('webinar_breaks').insert({ webinar_id: webinar.id, starts_at: clock.now() });
  });
}

/** The break is over. */
export async function endBreak(actor: Actor, number: number): Promise<void> {
  await run(actor, number, async (tx, webinar) => {
    await endBreakOf(tx, webinar);
    await planWebinar(tx, webinar);
  });
}

/** A break that ended in the moment in which it began was none. */
async function endBreakOf(tx: Tx, { id }: Pick<Webinar, 'id'>): Promise<void> {
  await tx('webinar_breaks').where('webinar_id', id).whereNull('ends_at').where('starts_at', '>=', clock.now()).delete();
  await tx('webinar_breaks').where('webinar_id', id).whereNull('ends_at').update({ ends_at: clock.now() });
}

async function run(actor: Actor, number: number, work: (tx: Tx, webinar: Webinar) => Promise<void>): Promise<void> {
  await transaction(async (tx) => {
    const found = await findWebinar(actor, number);
    if (!mayRun(found.standing)) throw forbidden();
    const webinar = await lockWebinar(tx, found.webinar.id);
    if (webinar.cancelled_at) throw conflict('webinar-cancelled');
    if (webinar.closed_at) return;
    if (!isOpen(webinar, clock.now())) throw conflict(clock.now() < webinar.starts_at ? 'webinar-doors-closed' : 'webinar-over');
    await work(tx, webinar);
    announceRegister(tx, webinar.id);
  });
}

/** Sends somebody out of the room, who may not come back: her connections are cut, and find the door shut. @throws AppError 404, 403; 409 `webinar-staff` */
export async function removeFromRoom(actor: Actor, number: number, personId: string, reason: string | null): Promise<void> {
  await transaction(async (tx) => {
    const webinar = await findToKeepDoor(actor, number);
    if (await tx('webinar_staff').where({ webinar_id: webinar.id, person_id: personId }).first('role')) throw conflict('webinar-staff');
    await tx('webinar_removals').insert({ webinar_id: webinar.id, person_id: personId, at: clock.now(), by: actor.id, reason }).onConflict(['webinar_id', 'person_id']).ignore();
    await leaveInPlace(tx, webinar.id, personId);
    await audit(tx, actor, 'webinar.remove', 'webinar', webinar.id, { details: { number, personId, reason } });
    cutOff(tx, roomOf.person(personId));
  });
}

/** Somebody who was sent out may come back. Said twice, it is done once. @throws AppError 404, 403 */
export async function readmit(actor: Actor, number: number, personId: string): Promise<void> {
  await transaction(async (tx) => {
    const webinar = await findToKeepDoor(actor, number);
    const [removal] = (await tx('webinar_removals').where({ webinar_id: webinar.id, person_id: personId }).delete().returning('reason')) as { reason: string | null }[];
    if (removal) await audit(tx, actor, 'webinar.readmit', 'webinar', webinar.id, { details: { number, personId, before: removal.reason } });
  });
}

async function findToKeepDoor(actor: Actor, number: number): Promise<Webinar> {
  const { webinar, standing } = await findWebinar(actor, number);
  if (!mayRun(standing) && standing.staff !== 'moderator') throw forbidden();
  return webinar;
}
