import { createHash, randomUUID } from 'node:crypto';
import { audit } from '../accounts/audit.ts';
import type { RoomRole } from '../contract/webinars.ts';
import { database } from '../database/connection.ts';
import { transaction, type Tx } from '../database/transaction.ts';
import { clock } from '../gateways/clock.ts';
import { announceRegister } from './announce-register.ts';

/** One line of the log of who was there when. */
export interface PresenceEntry {
  webinar_id: string;
  sequence: number;
  person_id: string;
  /** Each socket has its own; a correction has that of its form. */
  connection: string;
  what: 'join' | 'leave' | 'alive' | 'correction';
  at: Date;
  role: RoomRole;
  minutes: number | null;
  by: string | null;
  reason: string | null;
  process: string | null;
  /** The hash of the line before; empty at the beginning. */
  previous: string;
  hash: string;
}

export interface PresenceInput {
  webinarId: string;
  personId: string;
  /** Each socket has its own: two devices are two connections. */
  connection: string;
  role: RoomRole;
  what: 'join' | 'leave';
  at: Date;
}

/** A process that has said nothing for so long is dead. */
export const SILENCE_MS = 15_000;

/** Why a connection was closed that nobody closed: the process that held it died. */
const ABANDONED = 'process-ended';

/** Who this process is in the log. */
let self: string = randomUUID();

/**
 * Notes that a connection came into a room or left it. Said twice, it happened once. What was left for dead and comes to its end after
 * all was there until then.
 */
export async function recordPresence(input: PresenceInput): Promise<void> {
  await recordPresences([input]);
}

/** The same, of many at once in one transaction: a room that closes, a crowd that comes. */
export async function recordPresences(inputs: PresenceInput[]): Promise<void> {
  if (inputs.length === 0) return;
  await transaction(async (tx) => {
    if (inputs.some(({ what }) => what === 'join')) await keepAlive(tx);
    for (const [webinarId, some] of byWebinar(inputs)) {
      await appendAll(tx, webinarId, some);
      announceRegister(tx, webinarId);
    }
  });
}

/** A join belongs to a process that is not counted as dead, and is not while it is written: whoever closes for a dead one finds all that it held. */
async function keepAlive(tx: Tx): Promise<void> {
  const declare = () => tx('presence_processes').insert({ id: self, seen_at: clock.now() }).onConflict('id').merge({ seen_at: clock.now() }).whereNull('presence_processes.ended_at');
  await declare();
  const row = (await tx('presence_processes').where({ id: self }).forShare().first('ended_at')) as { ended_at: Date | null } | undefined;
  if (row?.ended_at == null) return;
  self = randomUUID();
  await declare();
}

/** The lock order is that of the ids: two transactions with the same rooms do not wait for each other in a circle. */
function byWebinar(inputs: PresenceInput[]): [string, PresenceInput[]][] {
  const rooms = new Map<string, PresenceInput[]>();
  for (const input of inputs) rooms.set(input.webinarId, [...(rooms.get(input.webinarId) ?? []), input]);
  return [...rooms].sort(([a], [b]) => (a < b ? -1 : 1));
}

async function appendAll(tx: Tx, webinarId: string, inputs: PresenceInput[]): Promise<void> {
  const head = await lockHead(tx, webinarId);
  const known = (await tx('presence_log').where('webinar_id', webinarId).whereIn('connection', inputs.map(({ connection }) => connection)).select('connection', 'what', 'reason')) as Pick<PresenceEntry, 'connection' | 'what' | 'reason'>[];
  const said = new Map(known.map(({ connection, what, reason }) => [`${connection} ${what}`, reason]));
  const lines: Line[] = [];
  for (const { personId, connection, role, what, at } of inputs) {
    const before = said.get(`${connection} ${what}`);
    const late = what === 'leave' && before === ABANDONED && !said.has(`${connection} alive`);
    if (before !== undefined && !late) continue;
    const line: Line = { person_id: personId, connection, what: late ? 'alive' : what, at, role, process: what === 'join' ? self : null };
    lines.push(line);
    said.set(`${connection} ${line.what}`, null);
    if (what === 'join' && role === 'inspector') await audit(tx, { id: personId }, 'webinar.inspect', 'webinar', webinarId, { details: { connection } });
  }
  await append(tx, webinarId, head, lines);
}

interface Head {
  sequence: number;
  hash: string;
}

/** The end of a webinar's chain, locked: whoever adds to it does so one at a time. */
export async function lockHead(tx: Tx, webinarId: string): Promise<Head> {
  await tx('presence_heads').insert({ webinar_id: webinarId }).onConflict('webinar_id').ignore();
  return (await tx('presence_heads').where('webinar_id', webinarId).forUpdate().first('sequence', 'hash')) as Head;
}

type Line = Pick<PresenceEntry, 'person_id' | 'connection' | 'what' | 'at' | 'role'> & Partial<PresenceEntry>;

/** Adds lines after `head`, in one statement however many there are. The caller holds the chain. */
export async function append(tx: Tx, webinarId: string, head: Head, lines: Line[]): Promise<void> {
  if (lines.length === 0) return;
  const entries: PresenceEntry[] = [];
  let { sequence, hash } = head;
  for (const line of lines) {
    const entry: Omit<PresenceEntry, 'hash'> = { minutes: null, by: null, reason: null, process: null, ...line, webinar_id: webinarId, sequence: (sequence += 1), previous: hash };
    hash = hashOf(entry);
    entries.push({ ...entry, hash });
  }
  await tx('presence_log').insert(entries);
  await tx('presence_heads').where('webinar_id', webinarId).update({ sequence, hash });
}

/** The seal of a line: over all that it says and the seal before it. */
export function hashOf(entry: Omit<PresenceEntry, 'hash'>): string {
  const { webinar_id, sequence, person_id, connection, what, at, role, minutes, by, reason, process, previous } = entry;
  return createHash('sha256').update(JSON.stringify([previous, webinar_id, sequence, person_id, connection, what, at.toISOString(), role, minutes, by, reason, process])).digest('hex');
}

/** The first line of a chain that does not fit what was sealed; undefined: it is whole. */
export function brokenAt(entries: PresenceEntry[]): number | undefined {
  let previous = '';
  for (const [index, entry] of entries.entries()) {
    if (entry.sequence !== index + 1 || entry.previous !== previous || entry.hash !== hashOf(entry)) return index + 1;
    previous = entry.hash;
  }
  return undefined;
}

/**
 * This process lives: to be called about every second while it serves a room. One row is written, however many rooms and people there are.
 * Found dead meanwhile (it slept, or the database was gone), it goes on under a new name; its connections' ends still count as they come.
 */
export async function giveSignOfLife(): Promise<void> {
  const { rowCount } = await database().raw<{ rowCount: number }>(
    'insert into presence_processes (id, seen_at) values (:self, :now) on conflict (id) do update set seen_at = excluded.seen_at where presence_processes.ended_at is null', { self, now: clock.now() });
  if (rowCount > 0) return;
  self = randomUUID();
  await database()('presence_processes').insert({ id: self, seen_at: clock.now() });
}

/** The connections of processes that have been silent for too long end at their last sign of life. Run twice, or by two at once, it closes them once. */
export async function closeAbandoned(): Promise<void> {
  const dead = (await database()('presence_processes').whereNull('ended_at').where('seen_at', '<', new Date(clock.now().getTime() - SILENCE_MS)).pluck('id')) as string[];
  for (const id of dead) await transaction((tx) => closeProcess(tx, id));
}

async function closeProcess(tx: Tx, id: string): Promise<void> {
  const process = (await tx('presence_processes').where({ id }).whereNull('ended_at').forNoKeyUpdate().first('seen_at')) as { seen_at: Date } | undefined;
  if (!process || process.seen_at.getTime() >= clock.now().getTime() - SILENCE_MS) return;
  const { rows } = await tx.raw<{ rows: Pick<PresenceEntry, 'webinar_id' | 'person_id' | 'connection' | 'role' | 'at'>[] }>(
    `select j.webinar_id, j.person_id, j.connection, j.role, j.at from presence_log j where j.process = ? and j.what = 'join'
        and not exists (select from presence_log l where l.webinar_id = j.webinar_id and l.connection = j.connection and l.what = 'leave') order by j.webinar_id, j.sequence`, [id]);
  const rooms = new Map<string, typeof rows>();
  for (const row of rows) rooms.set(row.webinar_id, [...(rooms.get(row.webinar_id) ?? []), row]);
  for (const [webinarId, left] of rooms) {
    const head = await lockHead(tx, webinarId);
    // A leave may have come while we waited for the chain
    const gone = new Set((await tx('presence_log').where({ webinar_id: webinarId, what: 'leave' }).whereIn('connection', left.map(({ connection }) => connection)).pluck('connection')) as string[]);
    await append(tx, webinarId, head, left.filter(({ connection }) => !gone.has(connection))
      .map(({ person_id, connection, role, at }) => ({ person_id, connection, role, what: 'leave', at: process.seen_at > at ? process.seen_at : at, reason: ABANDONED })));
    announceRegister(tx, webinarId);
  }
  await tx('presence_processes').where({ id }).update({ ended_at: clock.now() });
}
