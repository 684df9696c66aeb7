import { randomUUID } from 'node:crypto';
import type { OwnScan, ScanInput } from '../../contract/presence-code.ts';
import { database } from '../../database/connection.ts';
import { transaction, type Tx } from '../../database/transaction.ts';
import { conflict, invalidField } from '../../errors.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import { announceRegister } from '../announce-register.ts';
import { findRoom } from '../find-room.ts';
import { append, lockHead } from '../record-presence.ts';
import { isCodeAt } from './code.ts';
import { secretOf } from './show-code.ts';

/** Why a line has no process: a code in a physical room was seen, and no connection can break. */
const IN_PLACE = 'in-place';

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
 * themselves. Said twice it happened once. Who never goes out was there until the end: who runs the lesson sees it and corrects it where it was not so.
 * @throws AppError 404; 403 as for the room's door; 409 `presence-not-in`; 422 `presence-code-wrong`
 */
export async function scan(actor: Actor, number: number, { code, what }: ScanInput): Promise<OwnScan> {
  const { webinar, role } = await findRoom(actor, number);
  const now = clock.now();
  if (!isCodeAt(await secretOf(webinar.id), code, now)) throw invalidField('body.code', 'presence-code-wrong', 'presence-code-wrong');
  return transaction(async (tx) => {
    const head = await lockHead(tx, webinar.id);
    const open = await openEntry(tx, webinar.id, actor.id);
    if (what === 'leave' && !open) throw conflict('presence-not-in');
    if (what === 'join' && open) return { since: open.at.toISOString() };
    const line = { person_id: actor.id, connection: open?.connection ?? randomUUID(), what, at: now, role, reason: IN_PLACE };
    await append(tx, webinar.id, head, [line]);
    announceRegister(tx, webinar.id);
    return { since: what === 'join' ? now.toISOString() : null };
  });
}

/** @throws AppError 404; 403 as for the room's door */
export async function readOwnScan(actor: Actor, number: number): Promise<OwnScan> {
  const { webinar } = await findRoom(actor, number);
  const open = await openEntry(database(), webinar.id, actor.id);
  return { since: open?.at.toISOString() ?? null };
}
