import type { OwnScan, ScanInput } from '../../contract/presence-code.ts';
import { database } from '../../database/connection.ts';
import { transaction, type Tx } from '../../database/transaction.ts';
import { conflict, forbidden, invalidField } from '../../errors.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import { IN_PLACE } from '../attendance.ts';
import { announceRegister } from '../announce-register.ts';
import { findRoom } from '../find-room.ts';
import { append, lockHead } from '../record-presence.ts';
import { isCodeAt } from './code.ts';
import { secretOf } from './show-code.ts';

interface Entry {
  connection: string;
  at: Date;
}

const OPEN = `select j.connection, j.at from presence_log j where j.webinar_id = :webinar and j.person_id = :person and j.what = 'join' and j.reason = '${IN_PLACE}'
  and not exists (select from presence_log l where l.webinar_id = j.webinar_id and l.connection = j.connection and l.what = 'leave') order by j.sequence desc limit 1`;

async function openEntry(on: Pick<Tx, 'raw'>, webinar: string, person: string): Promise<Entry | undefined> {
  const { rows: [row] } = await on.raw<{ rows: Entry[] }>(OPEN, { webinar, person });
  return row;
}

/**
 * Comes into a physical room, or goes out of it, by the code that is shown there. It is a line of the register like every other: union, breaks and the official time follow by
 * themselves. Sent twice it happened once, also when it comes again after what came next. Who never goes out was there until the end: the register marks her.
 * @throws AppError 404; 403 as for the room's door, and for an inspector, who is in no register; 409 `presence-not-in`, `register-none`; 422 `presence-code-wrong`
 */
export async function scan(actor: Actor, number: number, { clientId, code, what }: ScanInput): Promise<OwnScan> {
  const { webinar, role } = await findRoom(actor, number);
  if (role === 'inspector') throw forbidden();
  if (webinar.kind !== 'class') throw conflict('register-none');
  const now = clock.now();
  if (!isCodeAt(await secretOf(webinar.id), code, now)) throw invalidField('body.code', 'presence-code-wrong', 'presence-code-wrong');
  return transaction(async (tx) => {
    const head = await lockHead(tx, webinar.id);
    const open = await openEntry(tx, webinar.id, actor.id);
    if (what === 'leave' ? !open : open) {
      if (what === 'leave' && !(await tx('presence_log').where({ webinar_id: webinar.id, person_id: actor.id, what: 'leave', reason: IN_PLACE }).first('sequence'))) throw conflict('presence-not-in');
      return { since: open?.at.toISOString() ?? null };
    }
    // An entry that comes again after she has gone out
    if (what === 'join' && (await tx('presence_log').where({ webinar_id: webinar.id, connection: clientId }).first('sequence'))) return { since: null };
    await append(tx, webinar.id, head, [{ person_id: actor.id, connection: open?.connection ?? clientId, what, at: now, role, reason: IN_PLACE }]);
    announceRegister(tx, webinar.id);
    return { since: what === 'join' ? now.toISOString() : null };
  });
}

/** Whoever is sent out of a lesson is out of its physical room, too. */
export async function leaveInPlace(tx: Tx, webinarId: string, personId: string): Promise<void> {
  const head = await lockHead(tx, webinarId);
  const open = await openEntry(tx, webinarId, personId);
  if (!open) return;
  await append(tx, webinarId, head, [{ person_id: personId, connection: open.connection, what: 'leave', at: clock.now(), role: 'attendee', reason: IN_PLACE }]);
  announceRegister(tx, webinarId);
}

/** @throws AppError 404; 403 as for the room's door */
export async function readOwnScan(actor: Actor, number: number): Promise<OwnScan> {
  const { webinar } = await findRoom(actor, number);
  const open = await openEntry(database(), webinar.id, actor.id);
  return { since: open?.at.toISOString() ?? null };
}
