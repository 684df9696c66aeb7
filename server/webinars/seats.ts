import type { SeatStatus } from '../contract/webinars.ts';
import type { Tx } from '../database/transaction.ts';
import { record } from '../events.ts';
import { clock } from '../gateways/clock.ts';
import { isToCome } from './policy.ts';
import type { Webinar } from './webinar.ts';
import { cutOff, roomOf } from '../sockets/publish.ts';

export interface Seat {
  id: string;
  webinar_id: string;
  person_id: string;
  status: SeatStatus;
  body_id: string;
  member_id: string | null;
  answers: Record<string, string>;
  at: Date;
  revision: number;
}

/** Locks a webinar: who takes, gives or counts its seats, or changes it, does so one at a time. */
export async function lockWebinar(tx: Tx, id: string): Promise<Webinar> {
  return (await tx('webinars').where({ id }).forUpdate().first()) as Webinar;
}

/** Whether there is a seat for somebody of this member of the programme (null: of none). The caller holds the webinar's lock. */
export async function hasSeat(tx: Tx, webinar: Pick<Webinar, 'id' | 'capacity' | 'seats_per_member'>, memberId: string | null): Promise<boolean> {
  if (webinar.capacity === null && webinar.seats_per_member === null) return true;
  const { taken, byMember } = await countTaken(tx, webinar.id, memberId);
  return (webinar.capacity === null || taken < webinar.capacity) && (webinar.seats_per_member === null || memberId === null || byMember < webinar.seats_per_member);
}

export async function countTaken(tx: Tx, webinarId: string, memberId: string | null): Promise<{ taken: number; byMember: number }> {
  const { rows: [count] } = await tx.raw<{ rows: { taken: number; by_member: number }[] }>(
    "select count(*)::int as taken, count(*) filter (where member_id = ?)::int as by_member from webinar_seats where webinar_id = ? and status = 'registered'", [memberId, webinarId]);
  return { taken: count?.taken ?? 0, byMember: count?.by_member ?? 0 };
}

/** Changes a seat and says so. The caller holds the webinar's lock. */
export async function changeSeat(tx: Tx, seat: Pick<Seat, 'id'>, status: SeatStatus, why: 'asked' | 'edition' | 'promoted'): Promise<void> {
  const [{ revision, person_id } = { revision: 1, person_id: '' }] = (await tx('webinar_seats').where('id', seat.id).update({ status, at: clock.now(), revision: tx.raw('revision + 1') }).returning(['revision', 'person_id'])) as { revision: number; person_id: string }[];
  await record(tx, 'seat.changed', { seatId: seat.id, revision, why });
  // Who has no seat any more sits in no room
  if (status === 'withdrawn') cutOff(tx, roomOf.person(person_id));
}

/** Gives free seats to those who wait, in the order in which they came; who does not fit her Province's seats lets the next one pass. */
export async function promoteSeats(tx: Tx, webinar: Webinar): Promise<void> {
  if (!isToCome(webinar, clock.now())) return;
  const waiting = (await tx('webinar_seats').where({ webinar_id: webinar.id, status: 'waiting' }).orderBy([{ column: 'at' }, { column: 'id' }])) as Seat[];
  for (const seat of waiting) if (await hasSeat(tx, webinar, seat.member_id)) await changeSeat(tx, seat, 'registered', 'promoted');
}
