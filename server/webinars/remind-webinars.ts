import { database } from '../database/connection.ts';
import { transaction } from '../database/transaction.ts';
import { clock } from '../gateways/clock.ts';
import { enqueue } from '../jobs.ts';

export const REMINDERS = ['week', 'day', 'hour'] as const;
export type ReminderKind = (typeof REMINDERS)[number];

/** How long before the start each is due, and when the next one takes its place: who is late by more gets the later one alone. */
const DUE: Record<ReminderKind, { lead: string; until: string }> = {
  week: { lead: '7 days', until: '1 day' },
  day: { lead: '1 day', until: '1 hour' },
  hour: { lead: '1 hour', until: '0 hours' },
};

/**
 * Every reminder that is due now, once for each date of a webinar: moved, it is reminded of anew; scheduled after a reminder was due, it is
 * not reminded of by that one.
 */
export async function remindWebinars(): Promise<void> {
  for (const kind of REMINDERS) {
    const { rows } = await database().raw<{ rows: { id: string; starts_at: Date }[] }>(
      `select w.id, w.starts_at from webinars w
        where w.starts_at > :now::timestamptz and w.starts_at <= :now::timestamptz + :lead::interval and w.starts_at > :now::timestamptz + :until::interval
          and w.cancelled_at is null and w.closed_at is null and w.scheduled_at < w.starts_at - :lead::interval
          and not exists (select from webinar_reminders r where r.webinar_id = w.id and r.kind = :kind and r.starts_at = w.starts_at)
        order by w.starts_at`, { now: clock.now(), kind, ...DUE[kind] });
    for (const { id, starts_at } of rows) {
      await transaction(async (tx) => {
        const [marked] = await tx('webinar_reminders').insert({ webinar_id: id, kind, starts_at, at: clock.now() }).onConflict(['webinar_id', 'kind', 'starts_at']).ignore().returning('webinar_id');
        if (marked) await enqueue(tx, 'remind-webinar', { webinarId: id, kind, startsAt: starts_at.toISOString() });
      });
    }
  }
}
