import { transaction } from '../../database/transaction.ts';
import { romeDay } from '../../gateways/clock.ts';
import { enqueue } from '../../jobs.ts';

/** Whether what is wanted weekly is due on this day. */
export const isWeekly = (day: string): boolean => new Date(`${day}T12:00:00Z`).getUTCDay() === 1;

/** Finds whom a digest of today may concern: something waits for it, or she is in a network and wants to know what she could answer. */
export async function writeDigests(): Promise<void> {
  const day = romeDay();
  const due = isWeekly(day) ? ['daily', 'weekly'] : ['daily'];
  await transaction(async (tx) => {
    const { rows } = await tx.raw<{ rows: { person_id: string }[] }>(
      `select p.id as person_id from people p left join notification_settings s on s.person_id = p.id
        where p.confirmed_at is not null and p.suspended_at is null and coalesce(s.mails, true)
          and not exists (select from mails x where x.key = 'digest:' || ? || ':' || p.id)
          and (exists (select from notices n where n.person_id = p.id and n.digest = any(?) and n.digested_at is null and n.read_at is null)
               or (coalesce(s.ways ->> 'suggestion', 'weekly') = any(?) and exists (select from network_members m where m.person_id = p.id and m.status = 'active')))`,
      [day, due, due],
    );
    for (const { person_id } of rows) await enqueue(tx, 'write-digest', { personId: person_id, day });
  });
}
