import { database } from '../database/connection.ts';
import { transaction } from '../database/transaction.ts';
import { clock } from '../gateways/clock.ts';
import { changeSeat, lockWebinar, promoteSeats, type Seat } from './seats.ts';

/** Who leaves gives up her seats in what is to come; whoever waits longest gets them. Asked twice it changes nothing. */
export async function giveSeatsUpOf(personId: string): Promise<void> {
  const seats = (await database()('webinar_seats as s').join('webinars as w', 'w.id', 's.webinar_id').where('s.person_id', personId).whereNot('s.status', 'withdrawn').where('w.ends_at', '>', clock.now()).whereNull('w.closed_at')
    .orderBy('w.id').select('s.id', 's.webinar_id')) as Pick<Seat, 'id' | 'webinar_id'>[];
  for (const { id, webinar_id } of seats) {
    await transaction(async (tx) => {
      const webinar = await lockWebinar(tx, webinar_id);
      const seat = (await tx('webinar_seats').where({ id }).whereNot('status', 'withdrawn').first()) as Seat | undefined;
      if (!seat) return;
      await changeSeat(tx, seat, 'withdrawn', 'asked');
      if (seat.status === 'registered') await promoteSeats(tx, webinar);
    });
  }
}
